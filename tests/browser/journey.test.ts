/** A new company's first hour in a real browser: set up, install, import, an order with lines, and a rep who sees only own customers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const password = 'correct horse battery staple'
const customers =
  'number,name,type,phone,email,tags\nACME,Acme Lighting 客户,company,+49 30 12345,info@acme.example,lamps;retail\nBETA,Beta Hardware,company,,,\nGAMMA,丙公司,company,,,\n'
const products =
  'sku,name,type,unit,list_price\nHNG-4,Stainless hinge,goods,pcs,27.50\nSLD-5,Soft-close slide,goods,pcs,61.25\n'
const orders =
  'number,customer,order_date,lines.product,lines.quantity,lines.price\nSO-OLD-1,ACME,2026-10-01,HNG-4,10,27.50\nSO-OLD-1,,,SLD-5,2,60\nSO-OLD-2,BETA,2026-10-02,SLD-5,4,61.25\n'

let folder = ''
let program: Program
let browser: Browser
let context: BrowserContext
let page: Page
const errors: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-browser-'))
  program = await startProgram({ folder: join(folder, 'data') })
  browser = await launchBrowser()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' })
  page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.setDefaultTimeout(15_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('sets up an empty workspace with the printed code', async () => {
  await page.goto(program.address)
  await page.getByLabel('Setup code').fill(program.setupCode)
  await page.getByLabel('Name of your company').fill('Northquay Trading')
  await page.getByLabel('Your name').fill('Ada')
  await page.getByLabel('Login').fill('ada@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await page.waitForURL('**/templates')
  await noSeriousFaults()
}, 60_000)

it('installs a template', async () => {
  await page.getByRole('button', { name: /^ERP and CRM/ }).click()
  await page.getByRole('switch', { name: 'With demo data' }).click()
  await page.getByRole('button', { name: 'Install', exact: true }).click()
  await page
    .getByRole('navigation', { name: 'Main menu' })
    .getByRole('link', { name: /customers/i })
    .first()
    .waitFor({ timeout: 90_000 })
}, 120_000)

it.each([
  ['customer', customers, '3 created'],
  ['product', products, '2 created'],
  ['order', orders, '2 created'],
])(
  'imports a spreadsheet of %s records',
  async (form, text, result) => {
    const file = join(folder, `${form}.csv`)
    await writeFile(file, text)
    await page.goto(`${program.address}/import?form=${form}`)
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: /^Import \d+ records$/ }).click()
    await page.getByText(result).waitFor()
  },
  60_000,
)

it('takes an order with lines, its amounts live', async () => {
  await page.goto(`${program.address}/f/order`)
  await page.getByRole('link', { name: 'New order' }).click()
  await page.getByLabel('Customer', { exact: true }).fill('Acme')
  await page.getByRole('option', { name: /Acme Lighting/ }).click()
  await fillCell('lines/0/product', 'HNG', /Stainless hinge/)
  await typeCell('lines/0/quantity', '3')
  await page.getByRole('button', { name: 'Add a line' }).click()
  await fillCell('lines/1/product', 'SLD', /Soft-close/)
  await typeCell('lines/1/quantity', '2')
  await page.getByText('205.00').first().waitFor()
  await page.keyboard.press('Control+s')
  await page.waitForURL(/\/f\/order\/[0-9a-f-]{36}/)
  const admin = new Client(program.address)
  await admin.signIn()
  const { records } = (await admin.get('/api/forms/order/records?sort=-created_at&limit=1')).body
  expect(records[0].net).toBe('205.00')
  expect(records[0].lines.map((line: Record<string, string>) => line['net'])).toEqual(['82.50', '122.50'])
  await noSeriousFaults()
}, 90_000)

it('names every problem of a refused record and puts the focus there', async () => {
  await page.goto(`${program.address}/f/order/new`)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page
    .getByRole('alert')
    .getByText(/Customer/)
    .waitFor()
}, 60_000)

it('shows a sales rep own customers only', async () => {
  await page.goto(`${program.address}/users`)
  await page.getByRole('button', { name: 'New user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Name/).fill('Li Wei')
  await dialog.getByLabel('Login').fill('li@example.com')
  await dialog.getByLabel('Password').fill(password)
  await dialog.getByRole('checkbox', { name: 'Sales rep', exact: true }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('li@example.com').waitFor()
  const rep = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' })).newPage()
  rep.setDefaultTimeout(15_000)
  await rep.goto(program.address)
  await rep.getByLabel('Login').fill('li@example.com')
  await rep.getByLabel('Password').fill(password)
  await rep.getByRole('button', { name: 'Sign in' }).click()
  await rep.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await rep.goto(`${program.address}/f/customer`)
  await rep
    .getByText(/No customers? yet/i)
    .first()
    .waitFor()
  expect(await rep.getByText('Beta Hardware').count()).toBe(0)
  await rep.goto(`${program.address}/f/customer/new`)
  await rep.getByRole('textbox', { name: 'Name', exact: true }).fill('Own customer')
  await rep.getByRole('button', { name: 'Save', exact: true }).click()
  await rep.waitForURL(/\/f\/customer\/[0-9a-f-]{36}/)
  await rep.goto(`${program.address}/f/customer`)
  await rep.getByText('Own customer').first().waitFor()
  expect(await rep.getByText('Beta Hardware').count()).toBe(0)
}, 90_000)

it('speaks Chinese when asked', async () => {
  await page.goto(`${program.address}/f/customer`)
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByText('客户').first().waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
}, 30_000)

it('wrote nothing to the console that a person should not see', () => {
  expect(errors).toEqual([])
})

/** `lines/0/quantity`: the cell of a column in a row of the table. */
function cellAt(cell: string): Locator {
  const [table, row, column] = cell.split('/')
  return page.locator(`[data-cell^="${table}/"][data-cell$="/${column}"]`).nth(Number(row))
}

async function typeCell(cell: string, text: string): Promise<void> {
  await cellAt(cell).click()
  await page.keyboard.type(text)
  await page.keyboard.press('Tab')
}

async function fillCell(cell: string, text: string, option: RegExp): Promise<void> {
  await cellAt(cell).click()
  await page.keyboard.type(text)
  await page.getByRole('option', { name: option }).click()
}

async function noSeriousFaults(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.html)
          .slice(0, 3)
          .join(' | ')}`,
    ),
  ).toEqual([])
}
