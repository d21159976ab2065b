/** The history of publications and the update of a template in a real browser: wide in English, narrow in Chinese. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { templatesFolder } from '#publish/packs-folder.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { formloom } from '#tests/support/command-line.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const view = JSON.parse(readFileSync(join(templatesFolder(), 'base', 'views', 'all_companies.json'), 'utf8'))
let folder = ''
let program: Program
let browser: Browser
let context: BrowserContext
let page: Page
let client: Client
const errors: string[] = []

/** An older base is installed: the one of the program is its update. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'formloom-publications-'))
  cpSync(join(templatesFolder(), 'base'), join(folder, 'packs', 'base'), { recursive: true })
  change('pack.json', { version: '0.9.0' })
  change('views/all_companies.json', { label: { en: 'Firms', 'zh-CN': '商号' } })
  const env = { FORMLOOM_DATA: join(folder, 'data') }
  expect((await formloom(env, 'pack', 'install', 'base', '--from', join(folder, 'packs'))).code).toBe(0)
  program = await startProgram({ folder: env.FORMLOOM_DATA })
  client = new Client(program.address)
  await client.setup(program.setupCode)
  const label = { en: 'Our companies', 'zh-CN': '我们的公司' }
  await client.post('/api/definitions', { definitions: [{ ...view, label }], note: 'other words' })
  browser = await launchBrowser()
  await open({ width: 1440, height: 900 })
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await program?.stop()
  rmSync(folder, { recursive: true, force: true })
})

function change(file: string, more: object): void {
  const path = join(folder, 'packs', 'base', file)
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...more }))
}

async function open(viewport: { width: number; height: number }, locale = 'en'): Promise<void> {
  await context?.close()
  context = await browser.newContext({ viewport, locale })
  const [name = '', value = ''] = client.cookie.split('=')
  await context.addCookies([{ name, value, url: program.address }])
  page = await context.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
  page.setDefaultTimeout(15_000)
}

const revision = async () => (await client.get('/api/revisions')).body.current

it('updates a template: what both changed is decided first', async () => {
  await page.goto(`${program.address}/templates`)
  await page.getByRole('button', { name: /^Base.*Update to 1\.0\.0/s }).click()
  const dialog = page.getByRole('dialog', { name: 'Update Base to version 1.0.0' })
  await dialog.getByText('/view/all_companies/label/en').waitFor()
  const update = dialog.getByRole('button', { name: 'Update', exact: true })
  expect(await update.isDisabled()).toBe(true)
  await dialog.getByRole('radio', { name: 'Keep yours: Our companies' }).check()
  await dialog
    .getByRole('radio', { name: /^Take the new one/ })
    .nth(1)
    .check()
  await noSeriousFaults()
  await picture('update-en')
  await update.click()
  await page.getByText('Base is up to date').waitFor()
  const { body } = await client.get('/api/definitions/view/all_companies')
  expect(body.definition.label).toEqual({ en: 'Our companies', 'zh-CN': view.label['zh-CN'] })
  await page.getByRole('button', { name: /^Base.*Installed, version 1\.0\.0/s }).waitFor()
}, 90_000)

it('shows every publication, and rolls back after showing what changes', async () => {
  await page.getByRole('link', { name: 'Revisions' }).click()
  await page.getByRole('cell', { name: 'other words' }).waitFor()
  expect(await page.getByRole('row').count()).toBe(4)
  await noSeriousFaults()
  await picture('publications-en')
  await page.getByRole('button', { name: 'Roll back to revision 1' }).click()
  const dialog = page.getByRole('dialog', { name: 'Roll back to revision 1' })
  await dialog.getByText(/View Firms/).waitFor()
  await noSeriousFaults()
  await picture('rollback-en')
  await dialog.getByRole('button', { name: 'Roll back' }).click()
  await page.getByText('Published as revision 4').waitFor()
  await page.getByRole('cell', { name: 'rollback to 1' }).waitFor()
  expect(await revision()).toBe(4)
}, 90_000)

it('does the same on a phone, in Chinese, and says why it cannot when another publication came between', async () => {
  await open({ width: 390, height: 844 }, 'zh-CN')
  await page.goto(`${program.address}/revisions`)
  await page.getByRole('heading', { name: '版本记录' }).waitFor()
  await picture('publications-zh')
  await page.getByRole('button', { name: '回滚到版本 3' }).click()
  const dialog = page.getByRole('dialog', { name: '回滚到版本 3' })
  await dialog.getByText('将发生的变化').waitFor()
  await noSeriousFaults()
  await picture('rollback-zh')
  await client.post('/api/definitions', { definitions: [{ ...view, label: { en: 'Third', 'zh-CN': '第三' } }] })
  await dialog.getByRole('button', { name: '回滚' }).click()
  await dialog.getByRole('alert').waitFor()
  expect(await revision()).toBe(5)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await page.goto(`${program.address}/templates`)
  await page.getByRole('button', { name: /可更新到 1\.0\.0/ }).click()
  await page
    .getByRole('dialog')
    .getByText(/^保留你的/)
    .first()
    .waitFor()
  await noSeriousFaults()
  await picture('update-zh')
}, 90_000)

it('wrote no error to the page', () => {
  expect(errors).toEqual([])
})

/** Kept only where somebody wants to look: FORMLOOM_PICTURES names a folder. */
async function picture(name: string): Promise<void> {
  const target = process.env['FORMLOOM_PICTURES']
  if (target) await page.screenshot({ path: join(target, `${name}.png`) })
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
