/** Work on records in a real browser: the grid by keyboard and clipboard, two people at once, and nothing lost when the session or the server goes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

const password = 'correct horse battery staple'
const products = ['Hinge', 'Slide', 'Handle', 'Lamp', 'Rail']

let folder = ''
let program: Program
let admin: Client
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-record-'))
  program = await startProgram({ folder: join(folder, 'data') })
  admin = new Client(program.address)
  await admin.setup(program.setupCode)
  await admin.signIn()
  expect((await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })).status).toBe(200)
  await admin.post('/api/forms/customer/records', { name: 'Acme Lighting', code: 'ACME' })
  for (const [index, name] of products.entries())
    await admin.post('/api/forms/product/records', {
      sku: `P-${index + 1}`,
      name,
      list_price: `${(index + 1) * 10}.00`,
    })
  browser = await launchBrowser()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  page = await signedIn(context)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('takes an order of five lines by keyboard alone', async () => {
  await page.goto(`${program.address}/f/order/new`)
  await page.getByLabel('customer', { exact: true }).focus()
  await page.keyboard.type('Acme')
  await page.keyboard.press('Tab')
  await cell(page, 0, 'product').focus()
  for (const [index, name] of products.entries()) {
    await page.keyboard.type(name)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type(String(index + 1))
    await page.keyboard.press('Enter')
    await page.keyboard.press('Home')
  }
  await expect
    .poll(() => page.locator('[data-cell$="/amount"]').allInnerTexts())
    .toEqual(['10.00', '40.00', '90.00', '160.00', '250.00', ''])
  await page.keyboard.press('Control+s')
  await page.waitForURL(/\/f\/order\/[0-9a-f-]{36}/)
  const order = await newest()
  expect([order.customer.title, order.total, order.lines.length]).toEqual(['Acme Lighting', '550.00', 5])
}, 60_000)

it('takes a corrected pick with the price of the right product, and Escape puts a cell back', async () => {
  await open(page, await someOrder())
  await type(page, [0, 'product'], 'Lamp')
  await expect.poll(() => cell(page, 0, 'price').innerText()).toBe('40.00')
  await cell(page, 0, 'quantity').click()
  await page.keyboard.type('99')
  await page.keyboard.press('Escape')
  expect(await cell(page, 0, 'quantity').innerText()).toBe('1')
  await page.getByRole('button', { name: 'Discard' }).click()
}, 30_000)

it('pastes twenty rows from a spreadsheet, and shows what does not fit where it does not', async () => {
  await page.goto(`${program.address}/f/order/new`)
  const rows = Array.from({ length: 20 }, (_, index) => `${products[index % 5]}\t\t${index === 3 ? 'many' : index + 1}`)
  await page.evaluate((text) => navigator.clipboard.writeText(text), rows.join('\n'))
  await cell(page, 0, 'product').click()
  await page.keyboard.press('Control+v')
  await expect.poll(() => page.locator('[data-cell$="/product"]').count()).toBe(20)
  await expect.poll(() => cell(page, 19, 'amount').innerText()).toBe('1,000.00')
  expect(await cell(page, 3, 'quantity').innerText()).toBe('many')
  await page.getByLabel('customer', { exact: true }).fill('Acme')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+s')
  await page
    .getByRole('alert')
    .getByRole('button', { name: /Row 4, quantity/ })
    .click()
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+s')
  await page.waitForURL(/\/f\/order\/[0-9a-f-]{36}/)
  expect((await newest()).lines).toHaveLength(20)
}, 60_000)

it('merges what two people change in different rows, and asks where they meet', async () => {
  const id = await someOrder()
  const other = await signedIn(await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' }))
  await Promise.all([open(page, id), open(other, id)])
  await type(page, [0, 'quantity'], '11')
  await type(other, [1, 'quantity'], '22')
  await save(page)
  await save(other)
  expect(await quantities(id)).toEqual(['11.000', '22.000', '3.000'])
  await Promise.all([open(page, id), open(other, id)])
  await type(page, [0, 'quantity'], '12')
  await type(other, [0, 'quantity'], '13')
  await type(other, [2, 'quantity'], '33')
  await save(page)
  await other.keyboard.press('Control+s')
  const dialog = other.getByRole('dialog', { name: 'Somebody else changed this' })
  await dialog
    .getByText('Row 1, quantity: 12')
    .or(dialog.getByText('12', { exact: true }))
    .first()
    .waitFor()
  await noSeriousFaults(other)
  await dialog.getByRole('button', { name: 'Save these' }).click()
  await other.getByText('Saved', { exact: true }).waitFor()
  expect(await quantities(id)).toEqual(['13.000', '22.000', '33.000'])
  await other.context().close()
}, 60_000)

it('offers unsaved changes again after a reload', async () => {
  const id = await someOrder()
  await open(page, id)
  await type(page, [1, 'quantity'], '7')
  await page.reload()
  await page.getByRole('button', { name: 'Restore them' }).click()
  expect(await cell(page, 1, 'quantity').innerText()).toBe('7')
  await save(page)
  expect(await quantities(id)).toEqual(['1.000', '7.000', '3.000'])
}, 30_000)

it('loses nothing when the session ends in the middle of an edit', async () => {
  const id = await someOrder()
  await open(page, id)
  await type(page, [0, 'quantity'], '8')
  await context.clearCookies()
  await page.keyboard.press('Control+s')
  await page.waitForURL(/\/sign-in/)
  await fillSignIn(page)
  await page.waitForURL(new RegExp(id))
  await page.getByRole('button', { name: 'Restore them' }).click()
  await save(page)
  expect(await quantities(id)).toEqual(['8.000', '2.000', '3.000'])
}, 30_000)

it('keeps what was typed while the server is away, and saves when it is back', async () => {
  const id = await someOrder()
  await open(page, id)
  await type(page, [0, 'quantity'], '9')
  await context.setOffline(true)
  await page.keyboard.press('Control+s')
  await page.getByRole('alert').getByText('Could not save').waitFor()
  expect(await cell(page, 0, 'quantity').innerText()).toBe('9')
  await context.setOffline(false)
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Saved', { exact: true }).waitFor()
  expect(await quantities(id)).toEqual(['9.000', '2.000', '3.000'])
}, 30_000)

it('leads back to changes that were left behind', async () => {
  const id = await someOrder()
  await open(page, id)
  await type(page, [0, 'quantity'], '5')
  await page
    .getByRole('navigation', { name: 'Breadcrumb' })
    .or(page.locator('.crumbs nav'))
    .getByRole('link')
    .first()
    .click()
  await page.getByRole('button', { name: 'Go back' }).click()
  await page.getByRole('button', { name: 'Restore them' }).click()
  expect(await cell(page, 0, 'quantity').innerText()).toBe('5')
  await page.getByRole('button', { name: 'Discard' }).click()
}, 30_000)

it('has no serious fault of access in a record', async () => {
  await open(page, await someOrder())
  await noSeriousFaults(page)
}, 30_000)

async function signedIn(of: BrowserContext): Promise<Page> {
  const opened = await of.newPage()
  opened.setDefaultTimeout(10_000)
  await opened.goto(`${program.address}/sign-in`)
  await fillSignIn(opened)
  await opened.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return opened
}

async function fillSignIn(on: Page): Promise<void> {
  await on.getByLabel('Login').fill('ada@example.com')
  await on.getByLabel('Password').fill(password)
  await on.getByRole('button', { name: 'Sign in' }).click()
}

/** An order of three lines, 1, 2 and 3 pieces. */
async function someOrder(): Promise<string> {
  const [customer] = (await admin.get('/api/forms/customer/records?fields=name')).body.records
  const found = (await admin.get('/api/forms/product/records?fields=name&sort=sku')).body.records
  const lines = [0, 1, 2].map((index) => ({ product: found[index].id, quantity: index + 1 }))
  return (await admin.post('/api/forms/order/records', { customer: customer.id, lines })).body.id
}

async function newest() {
  return (await admin.get('/api/forms/order/records?sort=-created_at&limit=1')).body.records[0]
}

async function quantities(id: string): Promise<readonly string[]> {
  const { lines } = (await admin.get(`/api/forms/order/records/${id}`)).body
  return lines.map((line: Record<string, string>) => line['quantity'])
}

async function open(on: Page, id: string): Promise<void> {
  await on.goto(`${program.address}/f/order/${id}`)
  await cell(on, 0, 'quantity').waitFor()
}

function cell(on: Page, row: number, column: string): Locator {
  return on.locator(`[data-cell^="lines/"][data-cell$="/${column}"]`).nth(row)
}

async function type(on: Page, [row, column]: readonly [number, string], text: string): Promise<void> {
  await cell(on, row, column).click()
  await on.keyboard.type(text)
  await on.keyboard.press('Tab')
}

async function save(on: Page): Promise<void> {
  await on.keyboard.press('Control+s')
  await on.getByText('Saved', { exact: true }).last().waitFor()
  await expect.poll(() => on.locator('.fl-savebar').count()).toBe(0)
}

async function noSeriousFaults(on: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: on }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
}
