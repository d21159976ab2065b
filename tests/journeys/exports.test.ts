/** Lists as files, on both databases: what is in them, who gets what, what no spreadsheet runs, and how little memory it takes. */
import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import { exportRecords } from '#records/export/run.ts'
import { createRecord } from '#records/write.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { fixedNow, openRecords, type RecordsUnderTest, refusalOf, testIds } from '#tests/support/records.ts'
import { exported, sheetForms, workbookRows } from '#tests/support/sheets.ts'

onEachDatabase('export', (database) => {
  let test: RecordsUnderTest
  let harbour = ''
  const make = async (form: string, body: JsonObject) =>
    (await createRecord(test.admin, { verb: 'create', form, body })).id
  const csv = async (query: object = {}, context = test.admin) =>
    (await exported(context, 'thing', { format: 'csv', ...query })).toString('utf8')

  beforeAll(async () => {
    test = await openRecords(database, sheetForms)
    harbour = await make('place', { name: 'Harbour' })
    await make('thing', {
      code: 'T-1',
      name: 'Anchor',
      price: '-1234.50',
      weight: '12.125',
      count: 7,
      share: '12.5',
      seen: '2026-11-01',
      at: '2026-11-01T16:30:00.000Z',
      good: true,
      grade: 'b',
      place: harbour,
      account: '6222020200112233',
      secret: 'hush',
      parts: [
        { part: 'ring', pieces: 1, from: harbour },
        { part: 'chain', pieces: 40 },
      ],
    })
    await make('thing', { code: 'T-2', name: '=HYPERLINK("http://x","y")', note: '+1 and\n"more"', tags: ['@home'] })
  })
  afterAll(() => test.close())

  const audit = async () =>
    test.workspace.db.read(async (db) =>
      (
        await db.selectFrom('fl_audit').selectAll().where('event', '=', 'records.exported').orderBy('seq').execute()
      ).map((row) => ({ ...row, data: JSON.parse(String(row['data'])) })),
    )

  it('writes what people read: labels in their language, links by title, rows of tables as lines with the record repeated', async () => {
    const fields = ['code', 'name', 'price', 'share', 'seen', 'at', 'good', 'grade', 'place', 'parts', 'twice']
    expect(await csv({ fields, sort: ['code'], filter: { '==': [{ var: 'code' }, 'T-1'] } })).toBe(
      [
        'Code,Name,Price,share,seen,at,good,grade,place,Parts Part,Parts pieces,Parts from,twice',
        'T-1,Anchor,-1234.50,12.50,2026-11-01,2026-11-02 00:30:00,Yes,Beta,Harbour,ring,1,Harbour,-2469.00',
        'T-1,Anchor,-1234.50,12.50,2026-11-01,2026-11-02 00:30:00,Yes,Beta,Harbour,chain,40,,-2469.00',
        '',
      ].join('\r\n'),
    )
    const chinese = { ...test.admin, actor: { ...test.admin.actor, locale: 'zh-CN' } }
    expect(
      await csv({ fields: ['code', 'good', 'grade', 'parts', 'created_at'], search: 'Anchor', bom: true }, chinese),
    ).toMatch(
      /^\uFEFF编码,good,grade,部件 部件名,部件 pieces,部件 from,创建时间\r\nT-1,是,乙,ring,1,Harbour,2026-11-22 09:00:00\r\n/,
    )
  })

  it('runs nothing in a spreadsheet: texts that look like formulas are quoted, numbers are not', async () => {
    const text = await csv({ fields: ['code', 'name', 'note', 'tags', 'price'], sort: ['-code'] })
    expect(text).toContain('T-2,"\'=HYPERLINK(""http://x"",""y"")","\'+1 and\n""more""",\'@home,')
    expect(text).toContain(',-1234.50')
    const rows = await workbookRows(
      await exported(test.admin, 'thing', { format: 'xlsx', fields: ['code', 'name'], sort: ['-code'] }),
    )
    expect(rows[1]).toEqual(['T-2', '=HYPERLINK("http://x","y")'])
  })

  it('writes typed cells into a workbook', async () => {
    const fields = ['code', 'price', 'weight', 'count', 'seen', 'at', 'good', 'grade']
    const bytes = await exported(test.admin, 'thing', {
      format: 'xlsx',
      fields,
      filter: { '==': [{ var: 'code' }, 'T-1'] },
    })
    expect(await workbookRows(bytes)).toEqual([
      ['Code', 'Price', 'weight', 'count', 'seen', 'at', 'good', 'grade'],
      [
        'T-1',
        -1234.5,
        12.125,
        7,
        new Date('2026-11-01T00:00:00.000Z'),
        new Date('2026-11-02T00:30:00.000Z'),
        true,
        'Beta',
      ],
    ])
  })

  it('gives who may export only the rows and fields that they may both read and export', async () => {
    const rep = await test.as(['rep'])
    const own = await createRecord(test.admin, {
      verb: 'create',
      form: 'thing',
      body: { code: 'R-1', name: 'Mine', price: '5', secret: 'hush', account: '6222020200112233', owner: rep.userId },
    })
    const text = await csv({ header: 'names' }, rep)
    const [header = '', line = '', ...rest] = text.trim().split('\r\n')
    expect(rest).toEqual([])
    expect(line).toContain(own.id)
    expect(line).toContain('Mine')
    expect(line).toContain('••••2233')
    expect(text).not.toContain('hush')
    expect(header.split(',')).not.toEqual(expect.arrayContaining(['secret']))
    expect(header.split(',')).not.toEqual(expect.arrayContaining(['price']))
    const unknown = await refusalOf(csv({ fields: ['nothing'] }, rep))
    const hidden = await refusalOf(csv({ fields: ['secret'] }, rep))
    const kept = await refusalOf(csv({ fields: ['price'] }, rep))
    const plain = (problem: unknown) => JSON.stringify(problem).replaceAll(/nothing|secret|price/g, 'x')
    expect(plain(hidden)).toBe(plain(unknown))
    expect(plain(kept)).toBe(plain(unknown))
    expect(await refusalOf(csv({ filter: { '==': [{ var: 'secret' }, 'hush'] } }, rep))).toMatchObject({
      code: 'query-invalid',
    })
    expect(await refusalOf(csv({ sort: ['secret'] }, rep))).toMatchObject({ code: 'query-invalid' })
  })

  it('needs both rights, and a form without any is not found', async () => {
    expect(await refusalOf(csv({}, await test.as(['reader'])))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(csv({}, await test.as(['blind'])))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(csv({}, await test.as([])))).toMatchObject({ code: 'not-found' })
  })

  it('records who took what, with the fingerprint of the bytes, also when the reader goes away', async () => {
    const filter = { '==': [{ var: 'code' }, 'T-1'] }
    const bytes = await exported(test.admin, 'thing', { format: 'csv', filter })
    expect((await audit()).at(-1)).toMatchObject({
      actor: null,
      data: {
        form: 'thing',
        format: 'csv',
        filter,
        rows: 1,
        lines: 2,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        complete: true,
      },
    })
    const { bytes: broken } = await exportRecords(test.admin, 'thing', { format: 'csv' })
    for await (const _chunk of broken) break
    expect((await audit()).at(-1)).toMatchObject({ data: { complete: false } })
  })

  it('exports 50,000 records in one order within 60 MB of memory', async () => {
    const many = 50_000
    await fill(test, many)
    const collect = collector()
    for (const format of ['csv', 'xlsx'] as const) {
      collect()
      const before = process.memoryUsage().heapUsed
      let most = 0
      let size = 0
      const { bytes } = await exportRecords(test.admin, 'place', { format, sort: ['name'] })
      let count = 0
      for await (const chunk of bytes) {
        size += chunk.byteLength
        if (count++ % 10 === 0) {
          collect()
          most = Math.max(most, process.memoryUsage().heapUsed - before)
        }
      }
      expect(size).toBeGreaterThan(500_000)
      expect(most).toBeLessThan(60 * 1024 * 1024)
    }
    expect((await audit()).slice(-2).map(({ data }) => data.rows)).toEqual([many + 1, many + 1])
  }, 300_000)
})

/** What is still held counts, not what waits to be collected. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

/** Straight into the store: the write line is not what is measured. */
async function fill(test: RecordsUnderTest, count: number): Promise<void> {
  const at = new Date(fixedNow).toISOString()
  for (let start = 0; start < count; start += 5_000)
    await test.workspace.db.write(async (db) => {
      for (let index = start; index < start + 5_000; index += 1) {
        const name = `Place ${String(index).padStart(6, '0')}`
        await test.admin.store.insert(db, 'place', {
          id: testIds.next(),
          version: 1,
          title: name,
          owner: null,
          state: null,
          created_at: at,
          created_by: null,
          updated_at: at,
          updated_by: null,
          deleted_at: null,
          values: { name },
        })
      }
    })
}
