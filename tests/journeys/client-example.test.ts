/** The example of a typed client: its types are those of the workspace, and its program runs against a real server. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { databases } from '#tests/support/databases.ts'
import { root } from '#tests/support/sources.ts'
import { FormloomClient, ProblemError } from '../../examples/client/client.ts'
import { typesOf } from '../../examples/client/generate.ts'
import { main, syncCustomers } from '../../examples/client/sync-customers.ts'

const example = join(root, 'examples', 'client')

describe('the example of a client', () => {
  let app: TestApp
  let admin: TestClient
  let address = ''
  let key = ''
  let folder = ''
  const keyOf = async (client: TestClient) => (await client.post('/api/keys', { name: 'sync' })).body.key

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'formloom-client-'))
    app = await openApp(databases[0] as (typeof databases)[number])
    admin = await app.admin()
    await admin.post('/api/packs/sales/install')
    key = await keyOf(admin)
    address = `http://127.0.0.1:${await app.listen()}`
  }, 120_000)
  afterAll(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has the types that its generator makes of the packs today', async () => {
    const document = (await admin.get('/api/openapi.json')).body
    const types = typesOf(document)
    if (process.env.UPDATE_EXAMPLES) writeFileSync(join(example, 'workspace.ts'), types)
    expect(readFileSync(join(example, 'workspace.ts'), 'utf8')).toBe(types)
  })

  it('brings customers of a spreadsheet, once, and changes only what differs', async () => {
    const said: string[] = []
    const run = () => main([join(example, 'customers.csv'), address], { key, say: (line) => said.push(line) })
    expect(await run()).toBe(0)
    expect(said.splice(0)).toEqual(['3 created, 0 changed, 0 as they were, 0 refused', '0 open orders'])
    const client = new FormloomClient({ address, key })
    const sheet =
      'name,email,source\n"Lantern & Sons, Ltd.",new@lantern.example,fair\nHarbour Café,not an address,web\n'
    expect(await syncCustomers(client, sheet)).toEqual({
      created: 0,
      changed: 1,
      unchanged: 0,
      refused: [expect.stringMatching(/^Harbour Café: .*\/email /)],
    })
    expect(await run()).toBe(0)
    expect(said[0]).toBe('0 created, 1 changed, 2 as they were, 0 refused')
    const names: string[] = []
    for await (const customer of client.list('customer', { sort: ['name'], limit: 1 }))
      names.push(String(customer.name))
    expect(names).toEqual(['Harbour Café', 'Lantern & Sons, Ltd.', '蓝天贸易有限公司'])
  })

  it('lists open orders with their customers and exact amounts, reads, and deletes', async () => {
    const client = new FormloomClient({ address, key })
    const { value: customer } = await client.list('customer', { filter: { '==': [{ var: 'source' }, 'fair'] } }).next()
    const unit = await client.create('unit', { name: 'Piece', code: 'pc' })
    const product = await client.create('product', { sku: 'L-1', name: 'Lamp', unit: unit.id, list_price: '19.90' })
    const lines = [{ product: product.id, unit: unit.id, quantity: 2, price: '19.90' }]
    const order = await client.create('order', { customer: String(customer?.id), currency: 'CNY', lines })
    expect(await client.read('order', order.id)).toMatchObject({ state: 'draft', customer: { title: customer?.title } })
    const said: string[] = []
    expect(await main([join(example, 'customers.csv'), address], { key, say: (line) => said.push(line) })).toBe(0)
    expect(said.slice(1)).toEqual(['1 open orders', expect.stringMatching(/Lantern & Sons, Ltd\. {2}39\.80 CNY$/)])
    await client.delete('order', order)
    const gone = await client.read('order', order.id).catch((error: unknown) => error)
    expect(gone).toBeInstanceOf(ProblemError)
    expect(gone).toMatchObject({ code: 'not-found', status: 404, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  })

  it('tells a stale change from a merged one', async () => {
    const client = new FormloomClient({ address, key })
    const made = await client.create('customer', { name: 'Stale', source: 'fair' })
    await client.change('customer', made, { source: 'web' })
    expect(await client.change('customer', made, { website: 'https://stale.example' })).toMatchObject({ version: 3 })
    const refused = await client.change('customer', made, { source: 'call' }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'conflict', status: 409 })
  })

  it('is a program of its own, and another key sees and makes other types', async () => {
    const rep = await keyOf(await app.user('rep@example.com', ['sales_rep']))
    const done = await run(['generate.ts', address], rep)
    expect(done.code).toBe(0)
    expect(done.out).toMatch(/^\/\*\* Types of a workspace/)
    expect(done.out).not.toBe(readFileSync(join(example, 'workspace.ts'), 'utf8'))
    writeFileSync(join(folder, 'one.csv'), 'name\nBy a process\n')
    const synced = await run(['sync-customers.ts', join(folder, 'one.csv'), address], key)
    expect(synced).toMatchObject({ code: 0, out: expect.stringContaining('1 created') })
    const refused = await run(['sync-customers.ts', join(folder, 'one.csv'), address], 'fl_wrong')
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('1 refused') })
  })
})

function run([file = '', ...words]: readonly string[], key: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(example, file), ...words], {
    cwd: root,
    env: { ...process.env, FORMLOOM_KEY: key },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8')
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })))
}
