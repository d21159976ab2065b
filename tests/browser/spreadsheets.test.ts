/** Spreadsheets in a real browser: a workbook in, its refused lines back, the import undone, the list out as a file. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { writeXlsx } from 'hucre/xlsx'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'
import { workbookRows } from '#tests/support/sheets.ts'

const harbour: Definition = {
  kind: 'form',
  name: 'harbour',
  label: 'Harbour',
  title: { var: 'name' },
  fields: [{ name: 'name', type: 'text', label: 'Name' }],
}
const form: Definition = {
  kind: 'form',
  name: 'boat',
  label: 'Boat',
  title: { var: 'name' },
  fields: [
    { name: 'name', type: 'text', label: 'Name' },
    { name: 'built', type: 'date', label: 'Built' },
    { name: 'price', type: 'money', label: 'Price' },
    { name: 'harbour', type: 'link', to: 'harbour', label: { en: 'Harbour', 'zh-CN': '港口' } },
  ],
}

let folder = ''
let program: Program
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-sheets-'))
  program = await startProgram({ folder: join(folder, 'data') })
  const admin = new Client(program.address)
  await admin.setup(program.setupCode)
  expect((await admin.post('/api/definitions', { definitions: [harbour, form] })).status).toBe(200)
  browser = await launchBrowser()
  const context = await browser.newContext({ locale: 'en', acceptDownloads: true })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(program.address)
  await page.getByLabel('Login').fill('ada@example.com')
  await page.getByLabel('Password').fill('correct horse battery staple')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main menu' }).waitFor()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function downloaded(press: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return readFile(await file.path())
}

async function exportAs(entry: string): Promise<Buffer> {
  await page.goto(`${program.address}/f/boat`)
  await page.getByRole('button', { name: 'More' }).click()
  return downloaded(() => page.getByRole('menuitem', { name: entry }).click())
}

it('imports a workbook, gives the refused lines back as a file, and undoes it', async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Boats',
        rows: [
          ['Name', 'Built', 'Price'],
          ['Albatross', new Date('1998-05-01T00:00:00Z'), 12500.5],
          ['Bittern', 'never', 1],
        ],
      },
    ],
  })
  const file = join(folder, 'boats.xlsx')
  await writeFile(file, bytes)
  await page.goto(`${program.address}/import?form=boat`)
  await page.locator('input[type=file]').setInputFiles(file)
  const errors = await downloaded(() => page.getByRole('link', { name: 'Refused lines as a file' }).click())
  expect(errors.toString('utf8')).toContain('Bittern,never,1,')
  await page.getByRole('button', { name: /^Import the 1 that fits?$/ }).click()
  await page.getByText('1 created').waitFor()
  const rows = await workbookRows(await exportAs('Export for Excel'))
  expect(rows[1]?.slice(0, 3)).toEqual(['Albatross', new Date('1998-05-01T00:00:00.000Z'), 12500.5])
  await page.goto(`${program.address}/import?form=boat`)
  await writeFile(join(folder, 'more.csv'), 'Name\nCormorant\n')
  await page.locator('input[type=file]').setInputFiles(join(folder, 'more.csv'))
  await page.getByRole('button', { name: 'Import 1 record' }).click()
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await page.getByText('Undone: 1 to the bin, 0 as before.').waitFor()
  expect((await exportAs('Export as CSV')).toString('utf8')).not.toContain('Cormorant')
}, 90_000)

it('creates what is missing where a column asks for it, finds the import again, and undoes it with what it created', async () => {
  const file = join(folder, 'fleet.csv')
  await writeFile(file, 'Name,Harbour\nDunlin,Dover\nEider,Cowes\nFulmar,Dover\n')
  await page.goto(`${program.address}/import?form=boat`)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('3 cells do not fit').first().waitFor()
  await page
    .getByRole('row', { name: /^Harbour/ })
    .getByLabel('Create what is missing')
    .check()
  await page.getByRole('button', { name: 'Check again' }).click()
  await page.getByText('2 linked records that are missing would be created.').waitFor()
  await page.getByText('Every cell fits.').waitFor()
  await noSeriousFaults()
  await page.getByRole('button', { name: 'Import 3 records' }).click()
  await page.getByText('3 created, 0 changed. 2 linked records that were missing created.').waitFor()
  await page.goto(`${program.address}/import?form=harbour`)
  const latest = page.getByRole('region', { name: 'Your latest imports' })
  await latest.getByText('fleet.csv').waitFor()
  await noSeriousFaults()
  await latest.getByRole('button', { name: 'Open the import of fleet.csv' }).click()
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await page.getByText('Undone: 5 to the bin, 0 as before.').waitFor()
}, 90_000)

it('shows on a phone how far a long import is, and takes it back when it is cancelled', async () => {
  const file = join(folder, 'many.csv')
  await writeFile(file, `Name\n${Array.from({ length: 20_000 }, (_, index) => `Boat ${index}\n`).join('')}`)
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(`${program.address}/import?form=boat`)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Import 20000 records' }).click({ timeout: 60_000 })
  await page.getByRole('progressbar', { name: 'Writing records…' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await noSeriousFaults()
  await page.getByRole('button', { name: 'Cancel and undo' }).click()
  await page.getByText(/^Undone: \d+ to the bin, 0 as before.$/).waitFor({ timeout: 60_000 })
  await page.setViewportSize({ width: 1280, height: 720 })
}, 180_000)

it('exports what the list shows: its filter goes along', async () => {
  await page.goto(`${program.address}/f/boat?q=Nothing`)
  await page.getByRole('button', { name: 'More' }).click()
  const text = await downloaded(() => page.getByRole('menuitem', { name: 'Export as CSV' }).click())
  expect(text.toString('utf8').trim().split('\r\n')).toHaveLength(1)
}, 60_000)

async function noSeriousFaults(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.fl-page').analyze()
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}
