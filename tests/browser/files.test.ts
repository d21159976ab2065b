/** Files in a real browser: chosen, dropped, refused, saved, shown, downloaded; by keyboard, in Chinese and on a phone. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { samples } from '#tests/support/multipart.ts'
import { greyPng } from '#tests/support/pictures.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const definitions = [
  {
    kind: 'form',
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '商机' },
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' } },
      { name: 'papers', type: 'attachment', label: { en: 'Papers', 'zh-CN': '资料' }, max_files: 2 },
      { name: 'photo', type: 'image', label: { en: 'Photo', 'zh-CN': '照片' } },
    ],
  },
]

let folder = ''
let program: Program
let browser: Browser
let context: BrowserContext
let page: Page
let client: Client
const errors: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-browser-'))
  program = await startProgram({ folder: join(folder, 'data') })
  client = new Client(program.address)
  await client.setup(program.setupCode)
  const published = await client.post('/api/definitions', { definitions })
  expect(published.status, JSON.stringify(published.body)).toBe(200)
  browser = await launchBrowser()
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en' })
  const [name = '', value = ''] = client.cookie.split('=')
  await context.addCookies([{ name, value, url: program.address }])
  page = await context.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
  page.setDefaultTimeout(15_000)
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const group = (label: string) => page.getByRole('group', { name: label, exact: true })

it('adds files by keyboard and by drop, takes one away, saves and shows them', async () => {
  await page.goto(`${program.address}/f/deal/new`)
  await page.getByLabel('Name', { exact: true }).fill('Big one')
  const add = page.getByRole('button', { name: 'Papers: Add files' })
  await add.focus()
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
  expect(chooser.isMultiple()).toBe(true)
  await chooser.setFiles([await fileOf('报价.pdf', samples.pdf), await fileOf('list.csv', samples.csv)])
  await group('Papers').getByRole('link', { name: '报价.pdf' }).waitFor()
  await group('Papers').getByRole('link', { name: 'list.csv' }).waitFor()
  expect(await add.count()).toBe(0)
  await page.getByRole('button', { name: 'Remove list.csv' }).press('Enter')
  await expect.poll(() => group('Papers').getByRole('link').count()).toBe(1)
  await drop('Photo', 'dot.png', samples.png)
  await group('Photo').getByRole('img', { name: 'Open dot.png' }).waitFor()
  await noSeriousFaults()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/f\/deal\/[0-9a-f-]{36}/)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '报价.pdf' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('报价.pdf')
  expect(await readFile(await download.path())).toEqual(samples.pdf)
  const shown = page.getByRole('img', { name: 'Open dot.png' })
  await expect.poll(() => shown.evaluate((picture) => (picture as HTMLImageElement).naturalWidth)).toBe(1)
}, 60_000)

it('shows pictures small in lists, and a sign where there is none to show', async () => {
  const send = async (name: string, content: Buffer) => {
    const body = new FormData()
    body.append('file', new Blob([new Uint8Array(content)]), name)
    const headers = { origin: program.address, cookie: client.cookie }
    return (await fetch(`${program.address}/api/files`, { method: 'POST', body, headers })).json()
  }
  const wide = await send('wide.png', greyPng(1200, 300))
  const bomb = await send('bomb.png', greyPng(4, 4, { width: 60_000, height: 60_000 }))
  for (const [name, photo] of [
    ['Shown', wide],
    ['Hidden', bomb],
  ])
    expect((await client.post('/api/forms/deal/records', { name, photo: [photo] })).status).toBe(201)
  await page.goto(`${program.address}/f/deal`)
  const small = page.locator('img[alt="wide.png"]')
  await small.waitFor()
  await expect.poll(() => small.evaluate((picture) => (picture as HTMLImageElement).naturalWidth)).toBe(320)
  await page.locator('span[role=img][aria-label="bomb.png"]').waitFor()
}, 60_000)

it('says of each file why it was not taken, and keeps the others', async () => {
  await page.goto(`${program.address}/f/deal/new`)
  await drop('Photo', 'page.png', samples.html)
  await group('Photo')
    .getByRole('alert')
    .getByText(/text\/html/)
    .waitFor()
  await drop('Papers', 'empty.txt', Buffer.alloc(0))
  await group('Papers').getByRole('alert').getByText('The file is empty').waitFor()
  await group('Papers')
    .locator('input[type=file]')
    .setInputFiles(await Promise.all(['a', 'b', 'c'].map((name) => fileOf(`${name}.txt`, `text of ${name}`))))
  await group('Papers').getByRole('alert').getByText('At most 2 files').waitFor()
  await group('Papers').getByRole('link', { name: 'b.txt' }).waitFor()
  await noSeriousFaults()
  await page.getByRole('button', { name: 'Dismiss: c.txt' }).click()
  await page.getByRole('button', { name: 'Dismiss: empty.txt' }).click()
  await page.getByRole('button', { name: 'Dismiss: page.png' }).click()
  expect(await page.getByRole('alert').count()).toBe(0)
}, 60_000)

it('does not save while a file is on its way, and can be told to stop', async () => {
  await page.goto(`${program.address}/f/deal/new`)
  await page.getByLabel('Name', { exact: true }).fill('Slow')
  let arrive: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route('**/api/files', async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  await drop('Papers', 'one.txt', Buffer.from('one'))
  await drop('Papers', 'two.txt', Buffer.from('two'))
  await page.getByRole('progressbar', { name: 'Uploading one.txt' }).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Still uploading').first().waitFor()
  expect(page.url()).toMatch(/new$/)
  await page.getByRole('button', { name: 'Cancel the upload of two.txt' }).click()
  arrive()
  await group('Papers').getByRole('link', { name: 'one.txt' }).waitFor()
  await page.unroute('**/api/files')
  await expect.poll(() => page.getByText('Still uploading').count()).toBe(0)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/f\/deal\/[0-9a-f-]{36}/)
  expect(await page.getByText('two.txt').count()).toBe(0)
}, 60_000)

it('fits a phone, in Chinese', async () => {
  const long = await fileOf(`${'很长的文件名'.repeat(12)}.txt`, 'text')
  await page.goto(`${program.address}/f/deal/new`)
  await page.getByRole('button', { name: 'Language' }).click()
  await page.setViewportSize({ width: 390, height: 800 })
  await group('资料').locator('input[type=file]').setInputFiles(long)
  await group('资料').getByRole('link').waitFor()
  await drop('照片', 'x.png', samples.html)
  await group('照片').getByRole('alert').getByText('不接受').waitFor()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(390)
  await noSeriousFaults()
  expect(errors).toEqual([])
}, 60_000)

async function drop(label: string, name: string, content: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([text, called]) => {
      const data = new DataTransfer()
      const bytes = Uint8Array.from(atob(String(text)), (character) => character.charCodeAt(0))
      data.items.add(new File([bytes], String(called)))
      return data
    },
    [content.toString('base64'), name],
  )
  await group(label).dispatchEvent('dragover', { dataTransfer: transfer })
  await group(label).dispatchEvent('drop', { dataTransfer: transfer })
}

async function noSeriousFaults(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.fl-files').analyze()
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}
