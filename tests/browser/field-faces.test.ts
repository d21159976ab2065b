/** Every field kind's input in a real browser: typed, chosen, by keyboard; what axe says of them all. */
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'

let browser: Browser
let document: string
const root = fileURLToPath(new URL('../..', import.meta.url))

beforeAll(async () => {
  const made = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: `${root}/tests/browser/pages/field-faces.tsx`, output: { codeSplitting: false } },
    },
  })
  const { output } = (Array.isArray(made) ? made[0] : made) as Rolldown.RolldownOutput
  const script = output.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])).join('\n')
  const style = output
    .flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : []))
    .join('\n')
  document = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fields</title><style>${style}</style></head><body><div id="root"></div><script type="module">${script.replaceAll('</script', '<\\/script')}</script></body></html>`
  browser = await launchBrowser()
})

afterAll(() => browser.close())

async function open(locale: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 900, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(5000)
  await page.route('http://fields.test/**', (route) => route.fulfill({ contentType: 'text/html', body: document }))
  await page.goto(`http://fields.test/#${locale}`)
  await page.locator('h1').waitFor()
  return page
}

async function value(page: Page, kind: string): Promise<unknown> {
  return JSON.parse((await page.locator(`#${kind}-value`).textContent()) ?? '')
}

describe('the inputs of the field kinds', () => {
  it('are named and sound for axe, empty and filled', async () => {
    const page = await open('en')
    await page.locator('#tags').fill('one')
    await page.locator('#tags').press('Enter')
    await page.locator('#rating input').nth(2).check({ force: true })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`)).toEqual([])
  })

  it.each([
    ['en', 'decimal', '1234.5', '"1234.50"', '1,234.5'],
    ['de', 'decimal', '1234,5', '"1234.50"', '1.234,5'],
    ['en', 'money', '-1234.5', '"-1234.50"', 'CNY −1,234.50'],
    ['zh-CN', 'money', '￥１２３', '"123.00"', 'CNY 123.00'],
    ['en', 'percent', '12.5', '"12.50"', '12.5 %'],
    ['en', 'integer', '12', '12', '12'],
    ['en', 'date', '2026/10/7', '"2026-10-07"', '7 Oct 2026'],
    ['zh-CN', 'date', '2026年10月7日', '"2026-10-07"', '2026-10-07'],
    ['en', 'datetime', '2026-10-07 17:00', '"2026-10-07T09:00:00.000Z"', '7 Oct 2026 17:00'],
    ['en', 'time', '5:30 pm', '"17:30"', '17:30'],
    ['zh-CN', 'duration', '1小时20分钟', '"PT1H20M"', '1 小时 20 分'],
    ['en', 'email', 'Li@Example.com', '"li@example.com"', 'li@example.com'],
    ['en', 'color', '#abc', '"#aabbcc"', '#aabbcc'],
  ])('%s: %s takes %s as %s and shows %s when left', async (locale, kind, typed, wire, shown) => {
    const page = await open(locale)
    await page.locator(`#${kind}`).fill(typed)
    expect(JSON.stringify(await value(page, kind))).toBe(wire)
    await page.locator(`#${kind}`).blur()
    expect(await page.locator(`#${kind}`).inputValue()).toBe(shown)
  })

  it('edit a number without its grouping', async () => {
    const page = await open('de')
    await page.locator('#money').fill('128340,5')
    await page.locator('#money').blur()
    expect(await page.locator('#money').inputValue()).toBe('CNY 128.340,50')
    await page.locator('#money').focus()
    expect(await page.locator('#money').inputValue()).toBe('128340,50')
  })

  it('keep text that does not parse, say so, and change no value', async () => {
    const page = await open('en')
    await page.locator('#date').fill('27/10/2026')
    await page.locator('#date').blur()
    expect(await page.locator('#date').inputValue()).toBe('27/10/2026')
    expect(await page.locator('#date').getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('#date-problem').textContent()).toBe('not-a-date')
    expect(await value(page, 'date')).toBeNull()
  })

  it('choose a date in the calendar by keyboard', async () => {
    const page = await open('en')
    await page.locator('#date').fill('2026-10-27')
    await page.getByRole('button', { name: 'Open the calendar: date', exact: true }).press('Enter')
    const day = page.getByRole('button', { name: '27 Oct 2026', exact: true })
    await day.waitFor()
    await expect.poll(() => day.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true)
    const box = await page.locator('.fl-calendar').boundingBox()
    expect((box?.x ?? 0) + (box?.width ?? 1000)).toBeLessThanOrEqual(900)
    for (const [key, name] of [
      ['ArrowDown', '3 Nov 2026'],
      ['ArrowRight', '4 Nov 2026'],
      ['PageDown', '4 Dec 2026'],
    ] as const) {
      await page.keyboard.press(key)
      const next = page.getByRole('button', { name, exact: true })
      await expect.poll(() => next.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true)
    }
    await page.keyboard.press('Enter')
    await expect.poll(() => value(page, 'date')).toBe('2026-12-04')
    expect(await page.locator('#date').inputValue()).toBe('4 Dec 2026')
    await page.getByRole('button', { name: 'Open the calendar: date', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Next month' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('button', { name: 'Next month' }).count()).toBe(0)
  })

  it('search a linked record by keyboard, show its title, keep its id, clear it', async () => {
    const page = await open('en')
    const input = page.getByRole('combobox', { name: 'link', exact: true })
    await input.focus()
    await page.keyboard.type('an')
    await page.locator('[role=option]').nth(1).waitFor()
    expect(await page.locator('[role=option]').allTextContents()).toEqual(['Anna MeierC-00000', 'Bruno AndersC-00002'])
    await page.keyboard.press('ArrowDown')
    expect(await input.getAttribute('aria-activedescendant')).toBe(
      await page.locator('[role=option]').nth(1).getAttribute('id'),
    )
    const { violations } = await new AxeBuilder({ page }).include('#link').include('[role=listbox]').analyze()
    expect(violations.map((each) => each.id)).toEqual([])
    await page.keyboard.press('Enter')
    expect(await value(page, 'link')).toBe('01900000-0000-7000-8000-000000000002')
    expect(await input.inputValue()).toBe('Bruno Anders')
    await page.keyboard.type('x')
    await page.getByText('Nothing found').waitFor()
    await page.keyboard.press('Escape')
    expect(await input.inputValue()).toBe('Bruno Anders')
    await page.getByRole('button', { name: 'Clear link', exact: true }).click()
    expect(await value(page, 'link')).toBeNull()
  })

  it('choose several linked records, and take one away', async () => {
    const page = await open('en')
    for (const name of ['Anna', 'Li']) {
      await page.locator('#links').fill(name)
      await page.locator('[role=option]').first().click()
    }
    expect(await value(page, 'links')).toHaveLength(2)
    await page.getByRole('button', { name: 'Remove Anna Meier' }).click()
    expect(await value(page, 'links')).toEqual(['01900000-0000-7000-8000-000000000001'])
  })

  it('choose a record of another form', async () => {
    const page = await open('en')
    await page.getByLabel('any_link: Form').selectOption('order')
    await page.locator('#any_link').fill('Li')
    await page.locator('[role=option]').first().click()
    expect(await value(page, 'any_link')).toBe('order/01900000-0000-7000-8000-000000000001')
  })

  it('choose, check, rate and tag', async () => {
    const page = await open('zh-CN')
    await page.locator('#choice').selectOption({ label: '赊销' })
    expect(await value(page, 'choice')).toBe('credit')
    await page.getByLabel('Beta').check()
    await page.getByLabel('Alpha').check()
    expect(await value(page, 'multi_choice')).toEqual(['a', 'b'])
    await page.locator('#boolean').press('Space')
    expect(await value(page, 'boolean')).toBe(true)
    await page.getByRole('radio', { name: '3 星，共 5 星' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    expect(await value(page, 'rating')).toBe(4)
    await page.locator('#tags').fill('新客户')
    await page.locator('#tags').press('Enter')
    await page.locator('#tags').fill('展会')
    await page.locator('#tags').blur()
    expect(await value(page, 'tags')).toEqual(['新客户', '展会'])
    await page.locator('#tags').press('Backspace')
    expect(await value(page, 'tags')).toEqual(['新客户'])
  })

  it('draw a signature, or type a name', async () => {
    const page = await open('en')
    const pad = page.getByRole('img', { name: 'Draw the signature here' })
    await pad.scrollIntoViewIfNeeded()
    const box = await pad.boundingBox()
    if (box === null) throw new Error('no pad')
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 80, box.y + 60, { steps: 4 })
    await page.mouse.up()
    expect(await value(page, 'signature')).toMatchObject({ width: 400, height: 120, strokes: [expect.any(Array)] })
    await page.getByLabel('signature: Or type your name').fill('Li Wei')
    expect(await value(page, 'signature')).toMatchObject({ name: 'Li Wei' })
  })

  it('fill a region from the widest part to the narrowest', async () => {
    const page = await open('en')
    expect(await page.getByLabel('region: City').isDisabled()).toBe(true)
    await page.getByLabel('region: Country').fill('France')
    await page.getByLabel('region: City').fill('Le Mans')
    expect(await value(page, 'region')).toEqual({ country: 'France', city: 'Le Mans' })
  })

  it('format text with the tool bar', async () => {
    const page = await open('en')
    await page.locator('#rich_text').fill('big words')
    await page.locator('#rich_text').selectText()
    await page.getByRole('button', { name: 'Bold' }).click()
    expect(await value(page, 'rich_text')).toBe('<p><strong>big words</strong></p>')
    expect(await page.locator('#rich_text-display strong').textContent()).toBe('big words')
  })
})
