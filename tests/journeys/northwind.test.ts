/** Real spreadsheets through the public importer: every record arrives, and the sums are right to the last decimal, in the API and in SQL. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenDatabase, onEachDatabase } from '#tests/support/databases.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'
import { root } from '#tests/support/sources.ts'

const data = join(root, '..', 'shared', 'data', 'northwind')
const example = join(root, 'examples', 'northwind')
const here = existsSync(data)
const read = (name: string) => readFileSync(join(data, `${name}.csv`), 'utf8')

onEachDatabase('Northwind', (database) =>
  describe.skipIf(!here)(here ? 'through the importer' : 'skipped: ../shared/data is absent', () => {
    let opened: OpenDatabase
    let program: Program
    let admin: Client

    beforeAll(async () => {
      opened = await database.open()
      program = await startProgram({ folder: opened.folder, url: opened.url })
      admin = new Client(program.address)
      await admin.setup(program.setupCode)
      const definitions = readdirSync(join(example, 'forms')).map((file) =>
        JSON.parse(readFileSync(join(example, 'forms', file), 'utf8')),
      )
      const published = await admin.post('/api/definitions', { definitions })
      expect(published.body).toMatchObject({ revision: 1 })
      for (const name of ['categories', 'suppliers', 'shippers', 'employees', 'customers', 'products'])
        await importSheet(name, read(name))
      await importSheet('orders', joinDetails())
    }, 300_000)
    afterAll(async () => {
      await program?.stop()
      await opened.close()
    })

    async function importSheet(name: string, content: string): Promise<void> {
      const { form, mapping } = JSON.parse(readFileSync(join(example, 'imports', `${name}.json`), 'utf8'))
      const started = await admin.post(`/api/forms/${form}/import`, { name: `${name}.csv`, content, mapping })
      expect([name, started.status, started.body.report?.errorCount]).toEqual([name, 201, 0])
      const committed = await admin.post(`/api/imports/${started.body.id}/commit`, {})
      expect([name, committed.status, committed.body.report?.errorCount]).toEqual([name, 200, 0])
    }

    const count = async (form: string, filter?: unknown) =>
      (
        await admin.get(
          `/api/forms/${form}/records?limit=1&count=exact${filter ? `&filter=${encodeURIComponent(JSON.stringify(filter))}` : ''}`,
        )
      ).body.count
    const sums = async (measures: unknown, more = '') =>
      (await admin.get(`/api/forms/order/aggregate?measures=${encodeURIComponent(JSON.stringify(measures))}${more}`))
        .body.rows

    it('brings every record', async () => {
      expect([await count('customer'), await count('order'), await count('product'), await count('employee')]).toEqual([
        91, 830, 77, 9,
      ])
    })

    it('sums the lines to the cent and exactly', async () => {
      expect(
        await sums([
          { op: 'sum', field: 'net' },
          { op: 'sum', field: 'net_exact' },
          { op: 'sum', field: 'freight' },
        ]),
      ).toEqual([{ count: 830, sum_net: '1265793.29', sum_net_exact: '1265793.0395', sum_freight: '64942.69' }])
    })

    it('gives the same sums in SQL', async () => {
      expect(await sumsInSql(opened)).toEqual({ rows: 2155, net: '1265793.29', exact: '1265793.0395' })
    })

    it('groups by year, and rolls up per customer', async () => {
      const years = await sums(
        [{ op: 'sum', field: 'net_exact' }],
        `&group=${encodeURIComponent(JSON.stringify(['order_date:year']))}`,
      )
      expect(years.map((row: { sum_net_exact: string }) => row.sum_net_exact)).toEqual([
        '208083.9700',
        '617085.2035',
        '440623.8660',
      ])
      const best = (await admin.get('/api/forms/customer/records?limit=3&sort=-net_sales_exact')).body.records
      expect(best.map((record: Record<string, string>) => [record['code'], record['net_sales_exact']])).toEqual([
        ['QUICK', '110277.3050'],
        ['ERNSH', '104874.9785'],
        ['SAVEA', '104361.9500'],
      ])
      expect(best[0].net_sales).toBe('110277.32')
      expect(
        (
          await admin.get(
            `/api/forms/customer/records?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'order_count' }, 0] }))}&sort=code`,
          )
        ).body.records.map((record: Record<string, string>) => record['code']),
      ).toEqual(['FISSA', 'PARIS'])
    })

    it('answers the known filters', async () => {
      expect(await count('order', { empty: [{ var: 'shipped_date' }] })).toBe(21)
      expect(await count('order', { '==': [{ var: 'late' }, true] })).toBe(37)
      expect(await count('product', { '==': [{ var: 'discontinued' }, true] })).toBe(10)
      expect(
        (
          await admin.get(
            `/api/forms/product/records?sort=name&filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'to_reorder' }, true] }))}`,
          )
        ).body.records.map((record: Record<string, string>) => record['name']),
      ).toEqual(['Nord-Ost Matjeshering', 'Outback Lager'])
      expect((await admin.get('/api/forms/employee/records?sort=code')).body.records[0].reports_to.title).toBe(
        'Andrew Fuller',
      )
    })
  }),
)

/** Straight from the table of lines: SQLite holds scaled integers, PostgreSQL numeric. */
async function sumsInSql({ url, folder }: OpenDatabase): Promise<{ rows: number; net: string; exact: string }> {
  if (url === null) {
    const db = new Database(join(folder, 'formloom.sqlite'), { readonly: true })
    const row = db
      .prepare('select count(*) as rows, sum(net) as cents, sum(net_exact) as fine from "r_order$lines"')
      .get() as { rows: number; cents: number; fine: number }
    db.close()
    return { rows: row.rows, net: scaled(row.cents, 2), exact: scaled(row.fine, 4) }
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    'select count(*)::int as rows, sum(net)::text as net, sum(net_exact)::text as exact from "r_order$lines"',
  )
  await client.end()
  return rows[0]
}

function scaled(value: number, scale: number): string {
  const digits = String(value)
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Orders and their details as one sheet, one row per line: what a person exports from a query. */
function joinDetails(): string {
  const [orderHead, ...orders] = lines(read('orders'))
  const [detailHead, ...details] = lines(read('order_details'))
  const byOrder = new Map(orders.map((line) => [line.slice(0, line.indexOf(',')), line]))
  const rows = details.map(
    (line) => `${byOrder.get(line.slice(0, line.indexOf(',')))},${line.slice(line.indexOf(',') + 1)}`,
  )
  return [`${orderHead},${detailHead?.slice(detailHead.indexOf(',') + 1)}`, ...rows].join('\n')
}

function lines(text: string): string[] {
  return text.trimEnd().split('\n')
}
