/** Search everywhere in a real browser: by keyboard and by touch, in both languages, and said aloud. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const password = 'correct horse battery staple'
let folder = ''
let program: Program
let browser: Browser
let page: Page

async function signedIn(locale: 'en' | 'zh-CN', width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 844 }, locale })
  const made = await context.newPage()
  made.setDefaultTimeout(15_000)
  await made.goto(program.address)
  await made.locator('input').first().fill(`${locale}@example.com`.toLowerCase())
  await made.locator('input[type=password]').fill(password)
  await made.keyboard.press('Enter')
  await made.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await made.goto(`${program.address}/f/order`)
  await made.getByRole('link', { name: /SO-202611-00001/ }).waitFor()
  return made
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-search-'))
  program = await startProgram({ folder: join(folder, 'data') })
  const ada = new Client(program.address)
  expect((await ada.setup(program.setupCode)).status).toBe(201)
  const label = (en: string, zh: string) => ({ en, 'zh-CN': zh })
  const definitions = [
    {
      kind: 'form',
      name: 'customer',
      label: label('Customer', '客户'),
      plural: label('Customers', '客户'),
      title: { var: 'name' },
      fields: [
        { name: 'name', type: 'text', label: label('Name', '名称'), search: true },
        { name: 'phone', type: 'phone', label: label('Phone', '电话'), search: true },
        { name: 'notes', type: 'long_text', label: label('Notes', '备注'), search: true },
      ],
    },
    {
      kind: 'form',
      name: 'order',
      label: label('Order', '订单'),
      plural: label('Orders', '订单'),
      title: { cat: [{ var: 'number' }, ' · ', { var: 'customer.title' }] },
      fields: [
        { name: 'number', type: 'sequence', pattern: 'SO-202611-{#####}', label: label('Number', '编号') },
        { name: 'customer', type: 'link', to: 'customer', label: label('Customer', '客户') },
      ],
    },
  ]
  expect((await ada.post('/api/definitions', { definitions })).status).toBe(200)
  const notes = 'Asks for a quote on pumps every spring.'
  const pudong = { name: '上海浦东机械有限公司', phone: '+8613800138000', notes }
  const customer = (await ada.post('/api/forms/customer/records', pudong)).body
  for (let count = 0; count < 7; count += 1) await ada.post('/api/forms/order/records', { customer: customer.id })
  for (const locale of ['en', 'zh-CN']) {
    const user = { login: `${locale}@example.com`.toLowerCase(), name: locale, password, roles: ['admin'], locale }
    expect((await ada.post('/api/admin/users', user)).status).toBe(201)
  }
  browser = await launchBrowser()
  page = await signedIn('en', 1440)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(folder, { recursive: true, force: true })
})

const box = (on: Page, name = 'Search everywhere') => on.getByRole('combobox', { name })
const option = (on: Page, name: string | RegExp) => on.getByRole('option', { name })

it('opens by Ctrl K and by slash, finds as one types, and Enter opens what the arrows chose', async () => {
  await page.keyboard.press('Control+k')
  await box(page).fill('浦东')
  await option(page, '上海浦东机械有限公司').first().waitFor()
  expect(await page.getByRole('group', { name: 'Customers' }).getByRole('option').count()).toBe(1)
  expect(await page.getByRole('group', { name: 'Orders' }).getByRole('option').count()).toBe(6)
  expect(await page.locator('mark').first().textContent()).toBe('浦东')
  const active = () =>
    page.evaluate(() => {
      const id = document.querySelector('[role=combobox]')?.getAttribute('aria-activedescendant') ?? ''
      return document.getElementById(id)?.textContent
    })
  expect(await active()).toBe('上海浦东机械有限公司')
  await page.keyboard.press('ArrowUp')
  expect(await active()).toBe('Show all in Orders')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await active()).toBe('SO-202611-00007 · 上海浦东机械有限公司')
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/f\/order\/[0-9a-f-]{36}$/)
  await page.getByRole('heading', { name: /SO-202611-00007/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('body').click({ position: { x: 700, y: 800 } })
  await page.keyboard.press('/')
  await box(page).fill('0013-8000')
  await option(page, /上海浦东机械有限公司/).waitFor()
  expect(await option(page, /上海浦东机械有限公司/).textContent()).toContain('Phone')
  await page.keyboard.press('Escape')
  await box(page).waitFor({ state: 'detached' })
}, 60_000)

it('shows the field that answers, says that nothing does, and leads to the whole list', async () => {
  await page.keyboard.press('Control+k')
  await box(page).fill('pumps')
  await option(page, /Notes Asks for a quote on pumps every spring/).waitFor()
  await box(page).fill('zebra')
  await page.getByRole('status').filter({ hasText: 'Nothing found for “zebra”.' }).waitFor()
  await box(page).fill('x')
  await page.getByRole('status').filter({ hasText: 'Type at least two characters.' }).waitFor()
  await box(page).fill('so-2026')
  await option(page, 'Show all in Orders').click()
  await page.waitForURL(/\/f\/order\?.*q=so-2026/)
  await page.getByRole('link', { name: /SO-202611-00001/ }).waitFor()
  expect(await page.getByRole('link', { name: /^SO-202611-/ }).count()).toBeGreaterThanOrEqual(7)
}, 60_000)

it('says when the server does not answer, and asks again', async () => {
  await page.route('**/api/search?*', (route) => route.abort())
  await page.keyboard.press('Control+k')
  await box(page).fill('浦东')
  await page.getByText('The server does not answer. Nothing is lost; try again.').waitFor()
  await page.unroute('**/api/search?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await option(page, '上海浦东机械有限公司').first().waitFor()
  await page.keyboard.press('Escape')
}, 60_000)

it('asks once for what was typed in one go, and gives up what nobody waits for', async () => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/search')) asked.push(new URL(request.url()).searchParams.get('q') ?? '')
  })
  await page.keyboard.press('Control+k')
  await box(page).pressSequentially('pumps', { delay: 5 })
  await option(page, /pumps every spring/).waitFor()
  expect(asked).toEqual(['pumps'])
  await page.keyboard.press('Escape')
}, 60_000)

it('opens by touch on a phone, in Chinese, over the whole screen', async () => {
  const phone = await signedIn('zh-CN', 390)
  await phone.getByRole('button', { name: '搜索或跳转' }).click()
  await box(phone, '全局搜索').fill('浦东')
  await option(phone, '上海浦东机械有限公司').first().waitFor()
  const width = await phone.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect(width[0]).toBe(width[1])
  expect((await new AxeBuilder({ page: phone }).include('dialog').analyze()).violations.map(({ id }) => id)).toEqual([])
  await option(phone, '在订单中显示全部').click()
  await phone.waitForURL(/\/f\/order\?/)
  await phone.context().close()
}, 60_000)
