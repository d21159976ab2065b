/** The form designer in a real browser: a builder drags a new field into the customer form, publishes, a user fills it in; then the same by keyboard. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'
import { countRenders, watchRenders } from './pages/render-counter.ts'

const password = 'correct horse battery staple'
let folder = ''
let program: Program
let browser: Browser
let admin: Client
let page: Page
const errors: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-designer-'))
  program = await startProgram({ folder: join(folder, 'data') })
  admin = new Client(program.address)
  await admin.setup(program.setupCode)
  await admin.post('/api/packs/crm/install', { demo: false })
  await admin.post('/api/admin/users', {
    login: 'bo@example.com',
    name: 'Bo',
    password,
    locale: 'en',
    roles: ['builder'],
  })
  await admin.post('/api/admin/users', {
    login: 'li@example.com',
    name: 'Li Wei',
    password,
    locale: 'en',
    roles: ['sales_rep'],
  })
  browser = await launchBrowser()
  page = await pageOf('bo@example.com', { width: 1440, height: 900 })
  await watchRenders(page)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('by pointer', () => {
  it('shows the forms, and one of them on the canvas with sample data', async () => {
    await page.goto(`${program.address}/designer`)
    await page
      .getByRole('link', { name: /^Customer/ })
      .first()
      .waitFor()
    await noSeriousFaults(page)
    await page
      .getByRole('link', { name: /\bcustomer$/ })
      .first()
      .click()
    await item('Name').waitFor()
    expect(await changes()).toBe('0')
    await noSeriousFaults(page)
  }, 60_000)

  it('a drag of 100 moves renders no field', async () => {
    const kind = page.getByRole('button', { name: 'Rating', exact: true }).last()
    const [from, over] = [await boxOf(kind), await boxOf(item('Name'))]
    await page.mouse.move(from.x + 20, from.y + 10)
    await page.mouse.down()
    await page.mouse.move(from.x + 40, from.y + 30, { steps: 5 })
    await page.locator('.fd-ghost').waitFor()
    const renders = await countRenders(page, async () => {
      for (let step = 0; step < 100; step += 1)
        await page.mouse.move(over.x + ((step * 7) % 500), over.y + ((step * 13) % 300))
    })
    expect(await page.locator('[data-drop-line]').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.mouse.up()
    expect(renders.commits).toBeGreaterThan(0)
    expect(renders.onCanvas).toEqual([])
    expect(await changes()).toBe('0')
  }, 60_000)

  it('drags a new field beside another, and names it after its label', async () => {
    await drag(page.getByRole('button', { name: 'Money', exact: true }).last(), item('Name'), { x: 0.97, y: 0.5 })
    await item('Money').waitFor()
    expect(await spoken()).toMatch(/^Money added to section .*, position \d+ of \d+$/)
    await page.getByLabel('Label in English').fill('Credit ceiling')
    await page.getByLabel('Label in Chinese').fill('信用上限')
    await item('Credit ceiling').waitFor()
    await page.getByText('x_credit_ceiling').first().waitFor()
    expect(await changes()).toBe('3')
  }, 60_000)

  it('moves a field to another section by drag; a drop outside changes nothing', async () => {
    const before = await changes()
    await drag(item('Phone'), page.locator('.fd-prophead'), { x: 0.5, y: 0.5 })
    expect(await changes()).toBe(before)
    await drag(item('Credit ceiling'), item('Phone'), { x: 0.5, y: 0.95 })
    expect(await spoken()).toMatch(/^Credit ceiling moved to section How to reach, position \d of 5$/)
  }, 60_000)

  it('a rule is typed as a formula; what it cannot read is named at its place', async () => {
    await item('Credit ceiling').click({ position: { x: 20, y: 8 } })
    await page.getByRole('button', { name: 'Use a condition for Visible' }).click()
    await page.getByLabel('Visible', { exact: true }).fill('tpye == "company"')
    await page.getByText('tpye', { exact: true }).waitFor()
    await page.getByLabel('Visible', { exact: true }).fill('type == "company"')
    await page.locator('.fd-span').waitFor({ state: 'detached' })
    await noSeriousFaults(page)
  }, 60_000)

  it('a reload keeps the draft; undo and redo go through it', async () => {
    const before = await changes()
    await page.reload()
    await item('Credit ceiling').waitFor()
    expect(await changes()).toBe(before)
    await page.keyboard.press('Control+z')
    expect(await changes()).toBe(String(Number(before) - 1))
    await page.keyboard.press('Control+Shift+Z')
    expect(await changes()).toBe(before)
  }, 60_000)

  it('publishes after showing what changes', async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('New field Credit ceiling (Money)').waitFor()
    await noSeriousFaults(page)
    await dialog.getByRole('button', { name: 'Publish changes' }).click()
    await page.getByText(/^Customer published, revision \d+$/).waitFor()
    await expect.poll(changes).toBe('0')
  }, 60_000)

  it('leaves the pack’s definition as it was and puts an extension beside it', async () => {
    const { sources } = (await admin.get('/api/definitions/form/customer')).body
    const [pack, own] = [
      sources.find(
        (one: { pack: string | null; extends: string | null }) => one.pack === 'crm' && one.extends === null,
      ),
      sources.find((one: { pack: string | null }) => one.pack === null),
    ]
    const shipped = JSON.parse(
      await readFile(new URL('../../templates/crm/forms/customer.json', import.meta.url), 'utf8'),
    )
    expect(pack.definition).toEqual(shipped)
    expect(own.definition).toMatchObject({ extends: 'customer', fields: [{ name: 'x_credit_ceiling', type: 'money' }] })
    expect(Object.keys(own.definition.replaces)).toEqual(['layout'])
  }, 30_000)

  it('a user fills the new field in', async () => {
    const rep = await pageOf('li@example.com', { width: 1280, height: 900 })
    await rep.goto(`${program.address}/f/customer/new`)
    await rep.getByLabel('Name', { exact: true }).fill('Acme Lighting')
    await rep.getByLabel('Credit ceiling').fill('1500')
    await rep.getByRole('button', { name: 'Save', exact: true }).click()
    await rep.waitForURL(/\/f\/customer\/[0-9a-f-]{36}/)
    const { records } = (await admin.get('/api/forms/customer/records?limit=1')).body
    expect(records[0]).toMatchObject({ name: 'Acme Lighting', x_credit_ceiling: '1500.00' })
    await rep.context().close()
  }, 60_000)
})

describe('by keyboard alone', () => {
  it('adds, names, moves, duplicates, removes and undoes; the focus stays where the work is', async () => {
    await page.goto(`${program.address}/designer/forms/customer`)
    await item('Email').waitFor()
    await item('Email').focus()
    await page.keyboard.press('Insert')
    await page.keyboard.type('whole')
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('Whole number')
    await page.keyboard.press('F2')
    await page.keyboard.type('Loyalty points')
    await page.keyboard.press('Enter')
    expect(await focused()).toBe('Loyalty points')
    await page.keyboard.press('Alt+ArrowUp')
    expect(await spoken()).toBe('Loyalty points moved to section How to reach, position 2 of 6')
    expect(await focused()).toBe('Loyalty points')
    await page.keyboard.press('Alt+ArrowLeft')
    expect(await spoken()).toMatch(/^Loyalty points moved to section .+, position (\d+) of \1$/)
    await page.keyboard.press('Control+d')
    expect(await focused()).toBe('Loyalty points copy')
    await page.keyboard.press('Delete')
    expect(await focused()).not.toBe('Loyalty points copy')
    expect(await item('Loyalty points copy').count()).toBe(0)
    await page.keyboard.press('Control+z')
    expect(await focused()).toBe('Loyalty points copy')
    await page.keyboard.press('Control+Shift+Z')
    expect(await item('Loyalty points copy').count()).toBe(0)
  }, 60_000)

  it('arrows walk the canvas and the outline, Escape lets go', async () => {
    await item('Name').focus()
    await page.keyboard.press('ArrowDown')
    const second = await focused()
    expect(second).not.toBe('Name')
    await page.keyboard.press('Enter')
    expect(await page.locator('[aria-current="true"]').getAttribute('aria-label')).toBe(second)
    await page.keyboard.press('Escape')
    expect(await page.locator('[aria-current="true"]').count()).toBe(0)
    await page.getByRole('treeitem', { name: 'Loyalty points' }).focus()
    await page.keyboard.press('Alt+ArrowUp')
    expect(await spoken()).toMatch(/position \d+ of \d+$/)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('treeitem')
  }, 60_000)

  it('“Move to…” is a searchable list of places', async () => {
    await item('Loyalty points').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('toolbar').getByRole('button', { name: 'Move to…' }).press('Enter')
    await page.getByRole('dialog').getByLabel('Find a place').fill('After Email')
    await page.keyboard.press('Enter')
    expect(await spoken()).toMatch(/^Loyalty points moved to section How to reach, position \d of 6$/)
    expect(await focused()).toBe('Loyalty points')
  }, 60_000)

  it('publishes, and the field is there', async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Publish changes', disabled: false }).press('Enter')
    await page
      .getByText(/^Customer published, revision \d+$/)
      .last()
      .waitFor()
    const { definition } = (await admin.get('/api/definitions/form/customer')).body
    expect(definition.fields.map((field: { name: string }) => field.name)).toEqual(
      expect.arrayContaining(['x_credit_ceiling', 'x_loyalty_points']),
    )
  }, 60_000)

  it('makes a new form, in Chinese', async () => {
    await page.goto(`${program.address}/designer`)
    await page.getByRole('button', { name: 'Language' }).press('Enter')
    await page.getByRole('button', { name: '新建表单' }).press('Enter')
    await page.getByLabel('一条记录叫什么？').fill('样品')
    await page.keyboard.press('Enter')
    await item('名称').waitFor()
    await page.getByRole('treeitem', { name: '名称' }).focus()
    await page.keyboard.press('Insert')
    await page.keyboard.type('日期')
    await page.keyboard.press('Enter')
    expect(await spoken()).toMatch(/^“日期”已添加到分区“.+”，第 2 位，共 2 位$/)
    await noSeriousFaults(page)
    await page.getByRole('button', { name: '发布', exact: true }).press('Enter')
    await page.getByRole('button', { name: '发布改动', disabled: false }).press('Enter')
    await page.getByText(/^“样品”已发布/).waitFor()
    const { definition } = (await admin.get('/api/definitions/form/form_1')).body
    expect(definition.fields.map((field: { name: string; type: string }) => [field.name, field.type])).toEqual([
      ['name', 'text'],
      ['date_1', 'date'],
    ])
    await page.getByRole('button', { name: '语言' }).press('Enter')
  }, 90_000)
})

it('by touch a press of 250 ms picks a field up; a swipe scrolls', async () => {
  const touch = await pageOf('bo@example.com', { width: 1280, height: 900 }, { hasTouch: true })
  await touch.goto(`${program.address}/designer/forms/contact`)
  const kind = touch.getByRole('button', { name: 'Rating', exact: true }).last()
  const over = touch.locator('[data-node-type="item"]').first()
  await over.waitFor()
  const finger = await touch.context().newCDPSession(touch)
  const [from, to] = [await boxOf(kind), await boxOf(over)]
  const put = (type: 'touchStart' | 'touchMove', x: number, y: number) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] })
  const swipe = async (pressMs: number) => {
    await put('touchStart', from.x + 20, from.y + 10)
    // The press itself is the gesture.
    await touch.waitForTimeout(pressMs)
    for (let step = 1; step <= 10; step += 1)
      await put(
        'touchMove',
        from.x + ((to.x + 60 - from.x) * step) / 10,
        from.y + ((to.y + to.height - 3 - from.y) * step) / 10,
      )
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  await swipe(0)
  expect(await touch.locator('[data-changes]').first().getAttribute('data-changes')).toBe('0')
  await swipe(350)
  await touch.locator('[data-node-type="item"][aria-label="Rating"]').waitFor()
  await touch.context().close()
}, 60_000)

it('below 1024 px the canvas can be looked at, and says so', async () => {
  await page.setViewportSize({ width: 900, height: 800 })
  await page.goto(`${program.address}/designer/forms/customer`)
  await page.getByText('The designer needs a window of at least 1024 px.').waitFor()
  expect(await page.locator('.fd-palette').count()).toBe(0)
  await noSeriousFaults(page)
}, 60_000)

it('is closed to those who may not build', async () => {
  const rep = await pageOf('li@example.com', { width: 1280, height: 900 })
  await rep.goto(`${program.address}/designer`)
  await rep.getByText('Only a builder or an admin may change forms.').waitFor()
  await rep.context().close()
}, 60_000)

it('wrote nothing to the console that a person should not see', () => {
  expect(errors).toEqual([])
})

async function pageOf(
  login: string,
  viewport: { readonly width: number; readonly height: number },
  more: { readonly hasTouch?: boolean } = {},
): Promise<Page> {
  const client = new Client(program.address)
  await client.signIn(login, password)
  const context: BrowserContext = await browser.newContext({ viewport, locale: 'en', ...more })
  const [name = '', value = ''] = client.cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value, url: program.address }])
  const made = await context.newPage()
  made.setDefaultTimeout(15_000)
  made.on('pageerror', (error) => errors.push(error.message))
  made.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text())
  })
  return made
}

function item(label: string): Locator {
  return page.locator(`[data-node-type="item"][aria-label="${label}"]`)
}

async function boxOf(
  locator: Locator,
): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
  await locator.scrollIntoViewIfNeeded()
  const box = await locator.boundingBox()
  if (!box) throw new Error('not on the page')
  return box
}

/** By real mouse events: press, move in steps, release over a share of the target's box. */
async function drag(from: Locator, to: Locator, share: { readonly x: number; readonly y: number }): Promise<void> {
  const [start, end] = [await boxOf(from), await boxOf(to)]
  await page.mouse.move(start.x + 20, start.y + 10)
  await page.mouse.down()
  await page.mouse.move(start.x + 30, start.y + 20, { steps: 4 })
  await page.mouse.move(end.x + end.width * share.x, end.y + end.height * share.y, { steps: 15 })
  await page.mouse.up()
}

async function changes(): Promise<string | null> {
  return page.locator('[data-changes]').first().getAttribute('data-changes')
}

async function spoken(): Promise<string | null> {
  return page.locator('[data-spoken]').textContent()
}

/** What the focused thing is called. */
async function focused(): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null)
}

async function noSeriousFaults(on: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: on }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
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
