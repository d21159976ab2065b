/** Spreadsheets in a real browser: a workbook in, its refused lines back, the import undone, the list out as a file. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'
import { workbookRows } from '#tests/support/sheets.ts'

const form: Definition = {
  kind: 'form',
  name: 'boat',
  label: 'Boat',
  title: { var: 'name' },
  fields: [
    { name: 'name', type: 'text', label: 'Name' },
    { name: 'built', type: 'date', label: 'Built' },
    { name: 'price', type: 'money', label: 'Price' },
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
  expect((await admin.post('/api/definitions', { definitions: [form] })).status).toBe(200)
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

it('exports what the list shows: its filter goes along', async () => {
  await page.goto(`${program.address}/f/boat?q=Nothing`)
  await page.getByRole('button', { name: 'More' }).click()
  const text = await downloaded(() => page.getByRole('menuitem', { name: 'Export as CSV' }).click())
  expect(text.toString('utf8').trim().split('\r\n')).toHaveLength(1)
}, 60_000)
