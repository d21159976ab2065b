/** Files from upload to download: who may, what is refused, what is left behind. */
import { existsSync, readdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { pictureSize } from '#files/picture-size.ts'
import { sweepFiles } from '#publish/stored-files.ts'
import { verifyWorkspace } from '#publish/verify.ts'
import { openApp, type TestAnswer, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { multipart, type Part, samples } from '#tests/support/multipart.ts'
import { greyPng } from '#tests/support/pictures.ts'

const mine = { '==': [{ var: 'owner' }, { var: '$user.id' }] }
const definitions = [
  {
    kind: 'form',
    name: 'deal',
    label: 'Deal',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'papers', type: 'attachment', max_files: 3 },
      { name: 'secret', type: 'attachment' },
      { name: 'photo', type: 'image' },
      { name: 'from', type: 'link', to: 'deal', copy: { papers: 'papers' } },
      {
        name: 'lines',
        type: 'table',
        fields: [
          { name: 'what', type: 'text' },
          { name: 'scan', type: 'attachment' },
        ],
      },
    ],
  },
  { kind: 'form', name: 'plain', label: 'Plain', fields: [{ name: 'name', type: 'text' }] },
  {
    kind: 'role',
    name: 'rep',
    label: 'Rep',
    grants: [{ form: 'deal', can: ['read', 'create', 'update', 'delete'], where: mine, hide: ['secret'] }],
  },
  { kind: 'role', name: 'reader', label: 'Reader', grants: [{ form: 'deal', can: ['read'] }] },
] as unknown as readonly Definition[]

const deals = '/api/forms/deal/records'
const unknownFile = '019aa000-0000-7000-8000-00000000dead'
const hour = 3_600_000

onEachDatabase('files', (database) => {
  let app: TestApp
  let admin: TestClient
  let anna: TestClient
  let bert: TestClient
  let folder = ''

  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    const published = await admin.post('/api/definitions', { definitions })
    expect(published.status, published.text).toBe(200)
    anna = await app.user('anna@example.com', ['rep'])
    bert = await app.user('bert@example.com', ['rep'])
    folder = app.dataFolder
  }, 120_000)
  afterAll(() => app.close())

  const send = (client: TestClient, ...parts: readonly Part[]) => client.request('POST', '/api/files', multipart(parts))
  const upload = async (client: TestClient, filename = 'offer.pdf', content: string | Buffer = samples.pdf) => {
    const answer = await send(client, { name: 'file', filename, content })
    expect(answer.status, answer.text).toBe(201)
    return answer.body as { id: string; name: string; size: number; type: string }
  }
  const make = async (client: TestClient, body: object) => {
    const answer = await client.post(deals, { name: 'Deal', ...body })
    expect(answer.status, answer.text).toBe(201)
    return answer.body as { id: string; version: number }
  }
  const codes = (answer: TestAnswer) =>
    (answer.body.errors as readonly { pointer: string; code: string }[]).map(
      ({ pointer, code }) => `${pointer} ${code}`,
    )
  /** Every file below the folder of files, half-arrived ones too. */
  const lying = () =>
    readdirSync(join(folder, 'files'), { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
      .length

  /** What an earlier upload leaves behind for a moment must not be counted as standing. */
  const settledCount = async () => {
    for (let last = -1, now = lying(); ; last = now, now = lying()) {
      if (last === now) return now
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }

  it('are uploaded, saved with a record, listed as they were measured, and read again', async () => {
    const file = await upload(anna, '报价.pdf')
    expect(file).toEqual({ id: file.id, name: '报价.pdf', size: samples.pdf.length, type: 'application/pdf' })
    const made = await make(anna, { papers: [{ id: file.id, name: 'evil.html', size: 1, type: 'text/html' }] })
    const record = (await anna.get(`${deals}/${made.id}`)).body
    expect(record.papers).toEqual([file])
    const read = await anna.get(`/api/files/${file.id}`)
    expect(read.status).toBe(200)
    expect(read.text).toBe(samples.pdf.toString())
    expect(read.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="__.pdf"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, no-cache',
    })
    const again = await anna.get(`/api/files/${file.id}`, { 'if-none-match': read.headers['etag'] ?? '' })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  it('lie below the data folder under their id, for its owner alone', async () => {
    const { id } = await upload(anna)
    const path = join(folder, 'files', id.slice(-2), id)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'files')).mode & 0o777).toBe(0o700)
  })

  it('are seen by nobody who does not see the record or the field; all alike', async () => {
    const [pending, paper, secret] = [await upload(anna), await upload(anna), await upload(admin)]
    const made = await make(anna, { papers: [paper] })
    const patched = await admin.patch(`${deals}/${made.id}`, { secret: [secret] }, made.version)
    expect(patched.status, patched.text).toBe(200)
    const unknown = await anna.get(`/api/files/${unknownFile}`)
    expect(unknown.status).toBe(404)
    const asUnknown = (answer: TestAnswer) => ({
      status: answer.status,
      text: answer.text,
      headers: { ...answer.headers, date: '', 'x-request-id': '' },
    })
    for (const [client, id] of [
      [bert, pending.id],
      [admin, pending.id],
      [bert, paper.id],
      [anna, secret.id],
      [anna, 'no-id'],
    ] as const)
      expect(asUnknown(await client.get(`/api/files/${id}`))).toEqual(
        asUnknown(client === admin ? await admin.get(`/api/files/${unknownFile}`) : unknown),
      )
    expect((await app.client().get(`/api/files/${paper.id}`)).status).toBe(401)
    expect((await anna.get(`/api/files/${pending.id}`)).status).toBe(200)
    expect((await admin.get(`/api/files/${paper.id}`)).status).toBe(200)
    expect((await admin.get(`/api/files/${secret.id}`)).status).toBe(200)
    const gone = await anna.delete(`${deals}/${made.id}`, made.version + 1)
    expect(gone.status, gone.text).toBe(204)
    expect((await anna.get(`/api/files/${paper.id}`)).status).toBe(404)
  })

  it('of somebody else, of another record or field, or unknown ones are refused alike', async () => {
    const [foreign, used] = [await upload(bert), await upload(anna)]
    const holder = await make(anna, { papers: [used] })
    const attempt = (body: object) => anna.post(deals, { name: 'Thief', ...body })
    for (const id of [foreign.id, used.id, unknownFile]) {
      const refused = await attempt({ papers: [{ ...used, id }] })
      expect(refused.status).toBe(422)
      expect(codes(refused)).toEqual(['/papers/0 file-not-found'])
    }
    const elsewhere = await anna.patch(`${deals}/${holder.id}`, { photo: [used] }, holder.version)
    expect(codes(elsewhere)).toContain('/photo/0 file-not-found')
    const row = await attempt({ lines: [{ what: 'a', scan: [foreign] }] })
    expect(codes(row)).toEqual(['/lines/0/scan/0 file-not-found'])
    const twice = await upload(anna)
    const both = await attempt({ papers: [twice], lines: [{ scan: [twice] }] })
    expect([both.status, codes(both)[0]?.endsWith('file-not-found')]).toEqual([422, true])
    expect((await bert.get(`/api/files/${foreign.id}`)).status).toBe(200)
  })

  it('of table rows are read by the right on their column, and stay where rows move', async () => {
    const scan = await upload(anna, 'scan.png', samples.png)
    const made = await make(anna, { lines: [{ what: 'a', scan: [scan] }, { what: 'b' }] })
    const { lines } = (await anna.get(`${deals}/${made.id}`)).body
    expect(lines[0].scan).toEqual([scan])
    const moved = await anna.patch(`${deals}/${made.id}`, { lines: [lines[1], lines[0]] }, made.version)
    expect(moved.status, moved.text).toBe(200)
    expect((await anna.get(`/api/files/${scan.id}`)).status).toBe(200)
    expect((await bert.get(`/api/files/${scan.id}`)).status).toBe(404)
  })

  it('do not travel along the copies of a link: a file belongs to one record', async () => {
    const file = await upload(anna)
    const source = await make(anna, { papers: [file] })
    const copy = await make(anna, { from: source.id })
    expect((await anna.get(`${deals}/${copy.id}`)).body.papers).toBeNull()
  })

  it('that a record has let go may come back to it, and to nothing else, until they are swept', async () => {
    const file = await upload(anna)
    const made = await make(anna, { papers: [file] })
    const without = await anna.patch(`${deals}/${made.id}`, { papers: null }, made.version)
    expect((await anna.get(`/api/files/${file.id}`)).status).toBe(404)
    expect((await anna.post(deals, { name: 'Other', papers: [file] })).status).toBe(422)
    const back = await anna.patch(`${deals}/${made.id}`, { papers: [file] }, without.body.version)
    expect(back.status, back.text).toBe(200)
    expect((await anna.get(`/api/files/${file.id}`)).status).toBe(200)
  })

  it('are what their bytes say, whatever their name and sender claim', async () => {
    const typeOf = async (filename: string, content: string | Buffer) => (await upload(anna, filename, content)).type
    expect(await typeOf('photo.png', samples.html)).toBe('text/html')
    expect(await typeOf('photo.png', '<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('image/svg+xml')
    expect(await typeOf('page.html', samples.png)).toBe('image/png')
    expect(await typeOf('list.csv', samples.csv)).toBe('text/csv')
    expect(await typeOf('list.exe', Buffer.from([0x4d, 0x5a, 0, 1, 2]))).toBe('application/octet-stream')
    const html = await upload(anna, 'photo.png', samples.html)
    const asPicture = await anna.post(deals, { name: 'X', photo: [{ ...html, type: 'image/png' }] })
    expect(codes(asPicture)).toEqual(['/photo/0 file-type'])
    const shown = await anna.get(`/api/files/${html.id}?inline=1`)
    expect(shown.headers['content-disposition']).toMatch(/^attachment;/)
    const png = await upload(anna, 'a.png', samples.png)
    const inline = await anna.get(`/api/files/${png.id}?inline=1`)
    expect(inline.headers['content-disposition']).toMatch(/^inline;/)
    expect(inline.headers['content-security-policy']).toBe("sandbox; default-src 'none'")
    expect((await anna.get(`/api/files/${png.id}?inline=2`)).status).toBe(400)
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\..\\boot.ini', 'boot.ini'],
    ['..', 'file'],
    ['', 'file'],
    ['invoice.pdf.exe', 'invoice.pdf.exe'],
    ['gpj.\u202efdp.exe', 'gpj.fdp.exe'],
    ['e\u0301te\u0301.pdf', 'été.pdf'],
    [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(116)}.pdf`],
  ])('named %j are called %j', async (given, name) => {
    expect((await upload(anna, given)).name).toBe(name)
  })

  it('without bytes, without a file, by JSON, cut off or by who may write none are refused and leave nothing', async () => {
    const before = await settledCount()
    const empty = await send(anna, { name: 'file', filename: 'a.txt', content: '' })
    expect([empty.status, codes(empty)]).toEqual([400, [' file-empty']])
    const none = await send(anna, { name: 'note', content: 'x' })
    expect([none.status, codes(none)]).toEqual([400, [' file-missing']])
    const two = await send(anna, ...['a', 'b'].map((name) => ({ name, filename: `${name}.txt`, content: 'text' })))
    expect(two.status).toBe(413)
    const json = await anna.post('/api/files', { files: [{ filepath: '/etc/passwd', name: 'x' }] })
    expect(json.status).toBe(415)
    expect((await anna.request('POST', '/api/files')).status).toBe(415)
    const cut = await anna.request(
      'POST',
      '/api/files',
      multipart([{ name: 'file', filename: 'a', content: 'x' }], false),
    )
    expect([cut.status, codes(cut)]).toEqual([400, [' upload-broken']])
    const { headers } = multipart([])
    const without = await anna.request('POST', '/api/files', { headers, raw: '' })
    expect([400, 415]).toContain(without.status)
    for (const raw of ['--', 'not multipart at all', '--x-formloom-boundary\r\n\r\n', '{"a":1}']) {
      const broken = await anna.request('POST', '/api/files', { headers, raw })
      expect([raw, broken.status]).toEqual([raw, 400])
    }
    const reader = await app.user('reader@example.com', ['reader'])
    expect((await send(reader, { name: 'file', filename: 'a.pdf', content: samples.pdf })).status).toBe(403)
    await expect.poll(lying, { timeout: 10_000 }).toBe(before)
  })

  it('that are too large are refused within 64 KB of the limit, and leave nothing', async () => {
    await admin.patch('/api/admin/settings', { max_file_mb: 1 })
    const before = await settledCount()
    const large = await send(anna, { name: 'file', filename: 'a.bin', content: Buffer.alloc(1_000_001) })
    expect([large.status, large.body.max_mb]).toEqual([413, 1])
    await upload(anna, 'a.bin', Buffer.alloc(1_000_000))
    const port = await app.listen()
    expect(await pour(port, anna.cookie, { length: 'transfer-encoding: chunked', bytes: 1_000_000 + 65_536 })).toBe(413)
    expect(await pour(port, anna.cookie, { length: 'content-length: 2000000000', bytes: 0 })).toBe(413)
    await expect.poll(lying, { timeout: 10_000 }).toBe(before + 1)
    await admin.patch('/api/admin/settings', { max_file_mb: 25 })
  })

  it('whose sender goes away leave nothing, fifty times', async () => {
    const before = await settledCount()
    const address = await app.listen()
    await Promise.all(Array.from({ length: 50 }, (_, index) => abort(address, anna.cookie, index * 2000)))
    await expect.poll(lying, { timeout: 10_000 }).toBe(before)
    expect(app.logged.filter((line) => line.includes('request.failed'))).toEqual([])
  })

  it('stop at the quota of the workspace, and at many that wait for their records', async () => {
    await admin.patch('/api/admin/settings', { file_quota_gb: 1 })
    const { db } = app.workspace
    const fake = {
      id: unknownFile,
      name: 'x',
      type: 'x',
      sha256: 'x',
      at: '2026-01-01T00:00:00.000Z',
      state: 'attached',
    }
    const insert = (row: object) =>
      db.write((c) =>
        c
          .insertInto('fl_file')
          .values(row as never)
          .execute(),
      )
    await insert({ ...fake, size: 999_999_999, state_at: fake.at })
    const full = await send(anna, { name: 'file', filename: 'a.pdf', content: samples.pdf })
    expect([full.status, full.headers['retry-after']]).toEqual([429, '3600'])
    await db.write((c) => c.deleteFrom('fl_file').where('id', '=', unknownFile).execute())
    await admin.patch('/api/admin/settings', { file_quota_gb: 10 })
    const carl = await app.user('carl@example.com', ['rep'])
    for (let index = 100; index < 300; index += 1)
      await insert({
        ...fake,
        id: `x${index}`,
        size: 1,
        state: 'pending',
        state_at: '2036-01-01',
        uploaded_by: carl.id,
      })
    expect((await send(carl, { name: 'file', filename: 'a.pdf', content: samples.pdf })).status).toBe(429)
    await db.write((c) => c.deleteFrom('fl_file').where('id', 'like', 'x%').execute())
  })

  it('that are pictures have a small one, made once, for who may see the picture and nobody else', async () => {
    const photo = await upload(anna, 'wide.png', greyPng(900, 450))
    const small = `/api/files/${photo.id}?size=thumb`
    expect((await bert.get(small)).status).toBe(404)
    const first = await anna.get(small)
    expect([first.status, first.headers['content-type'], pictureSize(first.bytes)]).toEqual([
      200,
      'image/webp',
      { width: 320, height: 160 },
    ])
    expect(first.headers['content-security-policy']).toContain('sandbox')
    expect(first.headers['etag']).not.toBe((await anna.get(`/api/files/${photo.id}`)).headers['etag'])
    const made = await make(anna, { photo: [photo] })
    expect((await bert.get(small)).status).toBe(404)
    const reader = await app.user('looker@example.com', ['reader'])
    const kept = join(folder, 'thumbnails', photo.id.slice(-2), photo.id)
    expect(statSync(kept).mode & 0o777).toBe(0o600)
    writeFileSync(kept, 'as it was kept')
    expect((await reader.get(small)).text).toBe('as it was kept')
    const held = await reader.get(small, { 'if-none-match': first.headers['etag'] ?? '' })
    expect(held.status).toBe(304)
    await anna.patch(`${deals}/${made.id}`, { photo: [] }, made.version)
    expect((await reader.get(small, { 'if-none-match': first.headers['etag'] ?? '' })).status).toBe(404)
    await app.workspace.db.write((c) => c.deleteFrom('fl_file').where('id', '=', photo.id).execute())
    await app.workspace.files.remove(photo.id)
    expect(existsSync(kept)).toBe(false)
    writeFileSync(kept, 'made while its file was removed')
    await sweepFiles(app.workspace)
    expect(existsSync(kept)).toBe(false)
  })

  it('that are none, or unfold to too much, have no small picture and harm nothing', async () => {
    const paper = await upload(anna)
    const bomb = await upload(anna, 'bomb.png', greyPng(4, 4, { width: 50_000, height: 50_000 }))
    const broken = await upload(anna, 'broken.png', greyPng(40, 40).fill(0xff, 40))
    const lie = await upload(anna, 'page.png', '<svg onload="alert(1)"/>')
    for (const { id } of [paper, bomb, broken, lie, broken])
      expect((await anna.get(`/api/files/${id}?size=thumb`)).status).toBe(404)
    expect((await anna.get(`/api/files/${bomb.id}?size=huge`)).status).toBe(400)
    expect((await anna.get(`/api/files/${bomb.id}`)).status).toBe(200)
  })

  it('are proved whole by verify, which names what is gone, altered or unknown', async () => {
    expect((await verifyWorkspace(app.workspace)).files).toEqual([])
    const file = await upload(anna, 'a.txt', 'some text')
    const made = await make(anna, { papers: [file] })
    const path = join(folder, 'files', file.id.slice(-2), file.id)
    writeFileSync(path, 'Some text')
    const at = `deal/${made.id} papers`
    expect((await verifyWorkspace(app.workspace)).files).toEqual([{ file: file.id, at, what: 'hash' }])
    truncateSync(path, 4)
    const found = await verifyWorkspace(app.workspace)
    expect([found.ok, found.files]).toEqual([false, [{ file: file.id, at, what: 'size' }]])
    await app.workspace.files.remove(file.id)
    expect((await verifyWorkspace(app.workspace)).files).toEqual([{ file: file.id, at, what: 'missing' }])
    expect((await anna.get(`/api/files/${file.id}`)).status).toBe(404)
    writeFileSync(path, 'some text')
    const stray = join(path, '..', unknownFile)
    writeFileSync(stray, 'x')
    utimesSync(stray, new Date(0), new Date(0))
    expect((await verifyWorkspace(app.workspace)).files).toEqual([{ file: unknownFile, at: null, what: 'unknown' }])
    await sweepFiles(app.workspace)
    expect((await verifyWorkspace(app.workspace)).files).toEqual([])
  })

  it('are swept: pending ones after a day, those let go after thirty, attached ones never', async () => {
    const [pending, kept, dropped] = [await upload(anna), await upload(anna), await upload(anna)]
    const made = await make(anna, { papers: [kept, dropped] })
    await anna.patch(`${deals}/${made.id}`, { papers: [kept] }, made.version)
    const there = async () =>
      Promise.all([pending, kept, dropped].map(async ({ id }) => (await app.workspace.files.read(id)) !== null))
    await sweepFiles(app.workspace)
    expect(await there()).toEqual([true, true, true])
    app.advance(25 * hour)
    await sweepFiles(app.workspace)
    expect(await there()).toEqual([false, true, true])
    await anna.signIn('anna@example.com')
    expect((await anna.post(deals, { name: 'Late', papers: [pending] })).status).toBe(422)
    app.advance(30 * 24 * hour)
    await sweepFiles(app.workspace)
    expect(await there()).toEqual([false, true, false])
    await anna.signIn('anna@example.com')
    expect((await anna.get(`/api/files/${kept.id}`)).status).toBe(200)
  })
})

const head = (cookie: string, port: string, length: string) =>
  `POST /api/files HTTP/1.1\r\nhost: localhost:${port}\r\norigin: http://localhost:${port}\r\ncookie: ${cookie}\r\ncontent-type: multipart/form-data; boundary=b\r\n${length}\r\n\r\n`
const opening = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'

/** Sends this many bytes of a file that does not end there, and waits for what the server says to it. */
function pour(port: string, cookie: string, sent: { length: string; bytes: number }): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1')
    const chunk = (content: Buffer | string) => {
      if (sent.length.startsWith('content')) return socket.write(content)
      return socket.write(
        Buffer.concat([`${content.length.toString(16)}\r\n`, content, '\r\n'].map((part) => Buffer.from(part))),
      )
    }
    let status = 0
    socket.once('data', (data) => {
      status = Number(/^HTTP\/1.1 (\d+)/.exec(data.toString())?.[1])
    })
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(status))
    socket.write(head(cookie, port, sent.length))
    chunk(opening)
    for (let left = sent.bytes; left > 0; left -= 65_536) chunk(Buffer.alloc(Math.min(left, 65_536)))
  })
}

/** Sends a part of what it has promised, and is gone. */
function abort(port: string, cookie: string, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.once('close', () => resolve())
    socket.write(head(cookie, port, 'content-length: 500000'))
    socket.write(opening)
    socket.write(Buffer.alloc(bytes), () => setTimeout(() => socket.destroy(), 30))
  })
}
