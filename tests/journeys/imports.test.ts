/** Spreadsheets in and out again, on both databases: round trips, encodings, workbooks that are too much, refused lines, undo. */

import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import type { RecordContext } from '#records/context.ts'
import { fileText } from '#records/import/file-text.ts'
import { importCsv } from '#records/import/run.ts'
import { readSheet } from '#records/import/sheet.ts'
import { listRecords } from '#records/read.ts'
import { deleteRecord } from '#records/remove.ts'
import { createRecord } from '#records/write.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { multipart } from '#tests/support/multipart.ts'
import { openRecords, type RecordsUnderTest, refusalOf } from '#tests/support/records.ts'
import { exported, sheetForms } from '#tests/support/sheets.ts'

onEachDatabase('import', (database) => {
  let test: RecordsUnderTest

  beforeAll(async () => {
    test = await openRecords(database, sheetForms)
  })
  afterAll(() => test.close())

  it.each(['csv', 'xlsx'] as const)(
    'an export with names as %s, imported again, gives the same records',
    async (format) => {
      await fill(test.admin, format)
      const before = await contents(test.admin, format)
      expect(before).toHaveLength(3)
      const file = await exported(test.admin, 'thing', { format, header: 'names', search: format })
      await empty(test.admin, format)
      const report = await importCsv(test.admin, { form: 'thing', text: await fileText(file), placing: true })
      expect(report.errors).toEqual([])
      expect(report).toMatchObject({ records: 3, created: 3, updated: 0 })
      expect(await contents(test.admin, format)).toEqual(before)
    },
  )

  it('an export with names, matched by its key, changes nothing', async () => {
    const file = await exported(test.admin, 'thing', {
      format: 'csv',
      header: 'names',
      fields: ['code', 'name', 'price', 'at', 'place'],
    })
    const columns = ['code', 'name', 'price', 'at', 'place'].map((name) => ({ column: name, field: name }))
    const versions = async () =>
      (await listRecords(test.admin, 'thing', { sort: ['code'] })).records.map(({ version }) => version)
    const before = await versions()
    const report = await importCsv(test.admin, {
      form: 'thing',
      text: await fileText(file),
      mapping: { columns, match: 'code' },
    })
    expect(report).toMatchObject({ created: 0, errorCount: 0, updated: before.length })
    expect(await versions()).toEqual(before)
  })

  it('reads UTF-8, UTF-16 of both orders, GBK and GB 18030, by what the bytes are', async () => {
    const text = 'code,名称\n编1,中文，名字\n'
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
    const gbk = Buffer.from([
      ...Buffer.from('code,'),
      0xc3,
      0xfb,
      0xb3,
      0xc6,
      0x0a,
      0xb1,
      0xe0,
      ...Buffer.from('1,'),
      0xd6,
      0xd0,
      0xce,
      0xc4,
      0xa3,
      0xac,
      0xc3,
      0xfb,
      0xd7,
      0xd6,
      0x0a,
    ])
    const four = Buffer.from([0x61, 0x0a, 0x95, 0x32, 0x82, 0x36, 0x0a])
    expect(await fileText(Buffer.from(text))).toBe(text)
    expect(await fileText(Buffer.from(`\uFEFF${text}`))).toBe(text)
    expect(await fileText(utf16)).toBe(text)
    expect(await fileText(Buffer.from(utf16).swap16())).toBe(text)
    expect(await fileText(gbk)).toBe(text)
    expect(await fileText(four)).toBe('a\n\u{20000}\n')
    expect(await refusalOf(fileText(Buffer.from([0x61, 0xff, 0xff])))).toMatchObject({
      issues: [{ code: 'not-a-text-file' }],
    })
  })

  it('reads dates, numbers and truths of a workbook as what they are, and keeps the numbers of its lines', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'One',
          rows: [
            ['code', 'name', 'price', 'seen', 'at', 'good', 'count'],
            ['X-1', "'=quoted", 1234.5, new Date('2026-02-28T00:00:00Z'), new Date('2026-02-28T08:30:00Z'), true, 3],
            [],
            ['X-2', '=1+1', 1e-7, null, null, false, 'many'],
          ],
        },
        { name: 'Two', rows: [['other'], ['sheet']] },
      ],
    })
    const report = await importCsv(test.admin, { form: 'thing', text: await fileText(bytes) })
    expect(report.errors.map(({ line, column }) => `${line} ${column}`)).toEqual(['4 count'])
    const [made] = await named(test.admin, 'X-1')
    expect(made).toMatchObject({
      name: "'=quoted",
      price: '1234.50',
      seen: '2026-02-28',
      at: '2026-02-28T00:30:00.000Z',
      good: true,
      count: 3,
    })
  })

  it('refuses a workbook with too many rows or columns, and reads one of 100,000 rows', async () => {
    const sheet = async (rows: readonly (readonly (string | number)[])[]) =>
      writeXlsx({ sheets: [{ name: 'Many', rows: rows.map((row) => [...row]) }] })
    const most = await sheet([['name'], ...Array.from({ length: 100_000 }, (_, index) => [index])])
    expect(readSheet(await fileText(most)).rows).toHaveLength(100_000)
    const more = await sheet([['name'], ...Array.from({ length: 100_001 }, (_, index) => [index])])
    expect(await refusalOf(fileText(more))).toMatchObject({ issues: [{ code: 'too-many-rows' }] })
    const wide = await sheet([Array.from({ length: 1_001 }, (_, index) => `c${index}`)])
    expect(await refusalOf(fileText(wide))).toMatchObject({ issues: [{ code: 'too-many-columns' }] })
  })

  it('refuses a workbook that unpacks to too much before it unpacks it, and what only looks like one', async () => {
    const zeros = Buffer.alloc(20 * 1024 * 1024)
    const packed = deflateRawSync(zeros)
    const code = async (bytes: Buffer) => (await refusalOf(fileText(bytes))).issues?.[0]?.code
    expect(await code(zip([{ name: 'xl/worksheets/sheet1.xml', packed, unpacked: zeros.length }]))).toBe(
      'archive-too-large',
    )
    expect(await code(zip([{ name: 'xl/workbook.xml', packed, unpacked: 0 }]))).toBe('archive-too-large')
    expect(await code(zip([{ name: 'xl/workbook.xml', packed, unpacked: 0xffffffff }]))).toBe('archive-too-large')
    const small = { packed: Buffer.from([3, 0]), unpacked: 0 }
    const many = Array.from({ length: 1_001 }, (_, index) => ({ name: `${index}`, ...small }))
    expect(await code(zip(many))).toBe('archive-too-large')
    const large = Array.from({ length: 11 }, (_, index) => ({
      name: `${index}`,
      packed,
      unpacked: packed.length * 240 * 4,
    }))
    expect(await code(zip(large))).toBe('archive-too-large')
    expect(await code(zip([{ name: 'xl/workbook.xml', packed, unpacked: 1000 }]))).toBe('not-a-workbook')
    expect(await code(Buffer.from('PK\u0003\u0004 and nothing'))).toBe('not-a-workbook')
    expect(await code(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))).toBe('not-a-workbook')
  })
})

onEachDatabase('import over HTTP', (database) => {
  let app: TestApp
  let admin: TestClient

  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    expect((await admin.post('/api/definitions', { definitions: sheetForms })).status).toBe(200)
  })
  afterAll(() => app.close())

  const upload = (client: TestClient, content: string | Buffer, mapping?: object) =>
    client.request(
      'POST',
      '/api/forms/thing/import',
      multipart([
        { name: 'file', filename: 'things', content },
        ...(mapping ? [{ name: 'mapping', content: JSON.stringify(mapping) }] : []),
      ]),
    )
  const things = async (code: string) =>
    (
      await admin.get(
        `/api/forms/thing/records?filter=${encodeURIComponent(JSON.stringify({ starts_with: [{ var: 'code' }, code] }))}&sort=code`,
      )
    ).body.records
  const byCode = {
    columns: [
      { column: 'code', field: 'code' },
      { column: 'name', field: 'name' },
      { column: 'price', field: 'price' },
    ],
    match: 'code',
  }

  it('gives the refused lines back as a file with the reasons, to mend and import again', async () => {
    const csv = 'code,price,name,parts.part,parts.pieces\nE-1,5,fine,,\nE-2,x,"=bad, too",a,1\nE-2,,,b,no\n'
    const job = (await upload(admin, csv)).body
    expect(job.report).toMatchObject({ created: 1, errorCount: 2 })
    const dry = await admin.get(`/api/imports/${job.id}/errors.csv`)
    expect(dry.headers['content-disposition']).toBe('attachment; filename="thing-errors.csv"')
    expect(dry.text).toBe(
      '\uFEFFcode,price,name,parts.part,parts.pieces,Reason (import)\r\nE-2,x,"\'=bad, too",a,1,3 price: Not a number\r\nE-2,,,b,no,4 parts.pieces: Not a number\r\n',
    )
    expect((await admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })).body).toMatchObject({
      state: 'done',
      report: { created: 1, errorCount: 2 },
    })
    const mended = (await admin.get(`/api/imports/${job.id}/errors.csv`)).text
      .replace('E-2,x', 'E-2,7')
      .replace(',no,', ',2,')
    const again = (await upload(admin, mended)).body
    expect(again.report).toMatchObject({ created: 1, errorCount: 0 })
    expect((await admin.get(`/api/imports/${again.id}/errors.csv`)).status).toBe(404)
    await admin.post(`/api/imports/${again.id}/commit`)
    expect(await things('E-2')).toMatchObject([
      { name: '=bad, too', price: '7.00', parts: [{ pieces: 1 }, { pieces: 2 }] },
    ])
    const other = await app.user('other@example.com', [])
    expect((await other.get(`/api/imports/${job.id}/errors.csv`)).status).toBe(404)
  })

  it('undoes a whole import once: new records to the bin, old values back, later changes kept and told', async () => {
    await upload(admin, 'code,name,price\nU-1,old,1\nU-2,old,1\nU-3,old,1\n').then(({ body }) =>
      admin.post(`/api/imports/${body.id}/commit`),
    )
    const job = (await upload(admin, 'code,name,price\nU-1,new,2\nU-2,new,2\nU-3,new,2\nU-4,new,2\n', byCode)).body
    expect((await admin.post(`/api/imports/${job.id}/undo`)).status).toBe(409)
    expect((await admin.post(`/api/imports/${job.id}/commit`)).body.report).toMatchObject({ created: 1, updated: 3 })
    const [, second, third] = await things('U-')
    await admin.patch(`/api/forms/thing/records/${second.id}`, { name: 'touched' }, second.version)
    await admin.patch(`/api/forms/thing/records/${third.id}`, { name: 'touched', price: '9' }, third.version)
    const stranger = await app.user('stranger@example.com', [])
    expect((await stranger.post(`/api/imports/${job.id}/undo`)).status).toBe(404)
    const asked = await Promise.all([1, 2].map(() => admin.post(`/api/imports/${job.id}/undo`)))
    expect(asked.map(({ status }) => status).sort()).toEqual([200, 409])
    const undone = asked.find(({ status }) => status === 200) as (typeof asked)[0]
    expect(undone.body).toMatchObject({
      state: 'undone',
      report: { undo: { removed: 1, restored: 1, partly: 1, kept: 1 } },
    })
    expect(undone.body.report.undo.records).toHaveLength(4)
    expect(undone.body.report.undo.records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ record: second.id, outcome: 'partly', fields: ['name'] }),
        expect.objectContaining({ record: third.id, outcome: 'kept', code: 'changed-since' }),
      ]),
    )
    expect((await things('U-')).map(({ code, name, price }: JsonObject) => [code, name, price])).toEqual([
      ['U-1', 'old', '1.00'],
      ['U-2', 'touched', '1.00'],
      ['U-3', 'touched', '9.00'],
    ])
    const bin = await admin.get('/api/forms/thing/records?deleted=bin')
    expect(bin.body.records).toMatchObject([{ code: 'U-4' }])
    expect((await admin.post(`/api/imports/${job.id}/undo`)).status).toBe(409)
  })

  it('puts the rows of a table back, and leaves rows that were changed since', async () => {
    const file = (pieces: number) => `code,parts.part,parts.pieces\nP-1,a,${pieces}\nP-1,b,${pieces}\nP-2,a,${pieces}\n`
    const mapping = {
      columns: ['code', 'parts.part', 'parts.pieces'].map((name) => ({ column: name, field: name })),
      match: 'code',
    }
    await upload(admin, file(1), mapping).then(({ body }) => admin.post(`/api/imports/${body.id}/commit`))
    const job = (await upload(admin, file(5), mapping)).body
    expect((await admin.post(`/api/imports/${job.id}/commit`)).body.report).toMatchObject({ updated: 2 })
    const [, second] = await things('P-')
    await admin.patch(
      `/api/forms/thing/records/${second.id}`,
      { parts: [{ id: second.parts[0].id, pieces: 8 }] },
      second.version,
    )
    expect((await admin.post(`/api/imports/${job.id}/undo`)).body.report.undo).toMatchObject({ restored: 1, kept: 1 })
    const after = await things('P-')
    expect(after[0].parts).toMatchObject([
      { part: 'a', pieces: 1 },
      { part: 'b', pieces: 1 },
    ])
    expect(after[1].parts).toMatchObject([{ part: 'a', pieces: 8 }])
  })

  it('exports over HTTP by the rights of the caller, as a file, and says so in the audit log', async () => {
    const rep = await app.user('rep@example.com', ['rep'])
    await rep.post('/api/forms/thing/records', { code: 'H-1', name: 'mine' })
    const answer = await rep.get('/api/forms/thing/export?format=csv&header=names&bom=true')
    expect(answer.status).toBe(200)
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="thing-\d{4}-\d\d-\d\d\.csv"$/)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.text.charCodeAt(0)).toBe(0xfeff)
    expect(answer.text.split('\r\n')).toHaveLength(3)
    const book = await admin.get('/api/forms/thing/export?format=xlsx&header=names&fields=code')
    expect((await fileText(book.bytes)).split('\r\n')).toContain('H-1')
    expect((await admin.get('/api/forms/thing/export?format=pdf')).status).toBe(400)
    expect((await admin.get('/api/forms/thing/export?format=csv&fields=nope')).status).toBe(400)
    const logged = await app.workspace.db.read((db) =>
      db.selectFrom('fl_audit').select(['actor', 'data']).where('event', '=', 'records.exported').execute(),
    )
    expect(logged.map(({ actor }) => actor)).toContain(rep.id)
  })
})

const things = (format: string) => [
  {
    code: `${format}-1`,
    name: format,
    price: '-1234.50',
    weight: '12.125',
    count: 7,
    share: '12.50',
    seen: '2026-11-01',
    at: '2026-11-01T16:30:12.345Z',
    hour: '08:30',
    took: 'PT1H20M',
    good: true,
    grade: 'b',
    marks: ['x', 'y'],
    tags: ['one', 'two, three'],
    note: 'several\nlines; with "quotes", commas',
    story: '<p>Rich <strong>text</strong></p>',
    where: { country: '中国', province: '广东省' },
    secret: "'=1+1",
    account: '+86 138 0000',
    parts: [{ part: '-5', pieces: 1 }, { part: 'b' }, { pieces: 3 }],
  },
  { code: `${format}-2`, name: format, note: '=SUM(A1)', good: false, price: '0.10', tags: ['@home'] },
  { code: `${format}-3`, name: format, note: '中文\t表格', parts: [{ part: 'only', pieces: 2 }] },
]

async function fill(context: RecordContext, format: string): Promise<void> {
  const places: string[] = []
  for (const name of ['Harbour', 'Harbour'])
    places.push((await createRecord(context, { verb: 'create', form: 'place', body: { name } })).id)
  for (const [index, body] of things(format).entries()) {
    const links = index === 0 ? { place: places[0], places, about: `place/${places[1]}` } : {}
    await createRecord(context, { verb: 'create', form: 'thing', body: { ...body, ...links } as JsonObject })
  }
}

async function named(context: RecordContext, name: string): Promise<readonly JsonObject[]> {
  return (await listRecords(context, 'thing', { filter: { starts_with: [{ var: 'code' }, name] }, sort: ['code'] }))
    .records
}

/** What a record holds, without what a new record has anew. */
async function contents(context: RecordContext, format: string): Promise<readonly JsonObject[]> {
  return (await named(context, `${format}-`)).map(
    ({ id, version, created_at, created_by, updated_at, updated_by, parts, ...rest }) => ({
      ...rest,
      parts: (parts as readonly JsonObject[]).map(({ id: _row, ...row }) => row),
    }),
  )
}

async function empty(context: RecordContext, format: string): Promise<void> {
  for (const { id, version } of await named(context, `${format}-`))
    await deleteRecord(context, { form: 'thing', id: String(id), version: Number(version) })
}

interface Entry {
  readonly name: string
  readonly packed: Buffer
  /** As the directory says. */
  readonly unpacked: number
}

/** A ZIP written by hand, so that it can lie. */
function zip(entries: readonly Entry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, packed, unpacked } of entries) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(unpacked, 22)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(unpacked, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(at, 42)
    bodies.push(local, Buffer.from(name), packed)
    directory.push(central, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, ...directory, end])
}
