/** Two people at one company in real browsers: what one does, the other sees without asking, and loses nothing of what was typed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '#tests/support/browser.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const password = 'correct horse battery staple'
const customers = '/api/forms/customer/records'
let folder = ''
let program: Program
let browser: Browser
let ada: Client
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-live-'))
  program = await startProgram({ folder: join(folder, 'data') })
  ada = new Client(program.address)
  expect((await ada.setup(program.setupCode)).status).toBe(201)
  const fields = [
    { name: 'name', type: 'text', label: 'Name', required: true },
    { name: 'city', type: 'text', label: 'City' },
  ]
  const definitions = [{ kind: 'form', name: 'customer', label: 'Customer', title: { var: 'name' }, fields }]
  expect((await ada.post('/api/definitions', { definitions })).status).toBe(200)
  const bob = { login: 'bob@example.com', name: 'Bob', password, roles: ['admin'], locale: 'en' }
  expect((await ada.post('/api/admin/users', bob)).status).toBe(201)
  browser = await launchBrowser()
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' })).newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(program.address)
  await page.getByLabel('Login').fill('bob@example.com')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await program?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('a list shows what somebody else creates and deletes', async () => {
  await ada.post(customers, { name: 'First' })
  await page.goto(`${program.address}/f/customer`)
  await page.getByRole('link', { name: 'First' }).waitFor()
  const { body } = await ada.post(customers, { name: 'Made elsewhere' })
  await page.getByRole('link', { name: 'Made elsewhere' }).waitFor()
  await ada.request('DELETE', `${customers}/${body.id}`, undefined, { 'if-match': '"1"' })
  await page.getByRole('link', { name: 'Made elsewhere' }).waitFor({ state: 'detached' })
}, 60_000)

it('an open record follows; one with changes says so and keeps them; saving puts both together', async () => {
  const { body } = await ada.post(customers, { name: 'Shared', city: 'Berlin' })
  await page.goto(`${program.address}/f/customer/${body.id}`)
  await page.getByText('Berlin').first().waitFor()
  await ada.patch(`${customers}/${body.id}`, { city: 'Hamburg' }, 1)
  await page.getByText('Hamburg').first().waitFor()
  await page.getByText('Shared', { exact: true }).last().click()
  await page.getByLabel('Name', { exact: true }).fill('Shared and typed')
  await ada.patch(`${customers}/${body.id}`, { city: 'Bremen' }, 2)
  await page.getByText('Changed by somebody else.').waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Shared and typed')
  await page.keyboard.press('Control+s')
  await page.getByText('Changed by somebody else.').waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await ada.get(`${customers}/${body.id}`)).body)
    .toMatchObject({ name: 'Shared and typed', city: 'Bremen' })
}, 60_000)

it('a selection is given to another owner', async () => {
  await page.goto(`${program.address}/f/customer`)
  await page.getByRole('checkbox', { name: 'Select First' }).check()
  await page.getByRole('button', { name: 'Change owner' }).click()
  await page.getByRole('combobox', { name: 'New owner' }).fill('Bob')
  await page.getByRole('option', { name: 'Bob' }).click()
  await page.getByRole('button', { name: 'Give 1 record' }).click()
  await page.getByText('1 record has a new owner').waitFor()
  const list = (await ada.get(`${customers}?search=First`)).body.records
  expect(list[0].owner.title).toBe('Bob')
}, 60_000)
