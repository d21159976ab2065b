/** Limits of rate, shedding of load and what is measured, over HTTP: counted, not timed. */
import { afterEach, describe, expect, it } from 'vitest'
import { openApp, type TestApp } from '#tests/support/app.ts'
import { databases, onEachDatabase } from '#tests/support/databases.ts'
import { EventReader } from '#tests/support/event-reader.ts'

const first = databases[0] as (typeof databases)[number]
const open: TestApp[] = []
async function opened(...args: Parameters<typeof openApp>): Promise<TestApp> {
  const app = await openApp(...args)
  open.push(app)
  return app
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

describe('the rate of one caller', () => {
  it('is limited with 429 and the seconds to wait, alone for each user, key and address', async () => {
    const app = await opened(first, { rate: { perSecond: 0.01, burst: 30 } })
    const admin = await app.admin()
    const { key } = (await admin.post('/api/keys', { name: 'k' })).body
    const rep = await app.user('rep@example.com')
    const ask = async (headers: Record<string, string> = {}, client = admin) => {
      for (let count = 1; count <= 40; count += 1) {
        const answer = await client.get('/api/session', headers)
        if (answer.status !== 200) return { count, answer }
      }
      throw new Error('was never limited')
    }
    const { count, answer } = await ask()
    expect(count).toBeLessThanOrEqual(31)
    expect([answer.status, answer.body.type]).toEqual([429, '/problems/too-many-requests'])
    // One token in a hundred seconds; those that the requests before took of it are gone.
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(100)
    expect((await ask({ authorization: `Bearer ${key}` }, app.client())).count).toBe(31)
    expect((await rep.get('/api/session')).status).toBe(200)
    app.advance(500_000)
    expect((await ask()).count).toBe(6)
    const stranger = app.client()
    const statuses = []
    for (let each = 0; each < 40; each += 1) statuses.push((await stranger.get('/api/session')).status)
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429])
    expect((await app.client().get('/livez')).status).toBe(200)
  })
})

describe('under pressure', () => {
  const pressed = async () => {
    const state = { delayMs: 0, writes: 0 }
    const app = await opened(first, { probe: { delayMs: () => state.delayMs, writes: () => state.writes } })
    return { app, admin: await app.admin(), state }
  }

  it('writes are refused with 503 while too many wait, reads are served, and then all is as before', async () => {
    const { admin, state } = await pressed()
    state.writes = 1_000
    const refused = await admin.post('/api/forms/team/records', { name: 'North' })
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '2'])
    expect((await admin.get('/api/forms/team/records?count=exact')).body.count).toBe(0)
    state.writes = 999
    expect((await admin.post('/api/forms/team/records', { name: 'North' })).status).toBe(201)
  })

  it('requests are refused before anything is read while the event loop stays late; health still answers', async () => {
    const { app, admin, state } = await pressed()
    state.delayMs = 2_000
    const until = async (status: number) => {
      for (let each = 0; each < 400; each += 1) {
        const answer = await admin.get('/api/session')
        if (answer.status === status) return answer
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error(`never ${status}`)
    }
    expect((await until(503)).headers['retry-after']).toBe('2')
    expect((await app.client().get('/api/session')).status).toBe(503)
    expect((await app.client().get('/livez')).status).toBe(200)
    state.delayMs = 0
    await until(200)
  })
})

onEachDatabase('metrics', (database) => {
  it('count requests by route and status, time them, and show streams, queues and the database', async () => {
    const app = await opened(database)
    const admin = await app.admin()
    await admin.post('/api/forms/team/records', { name: 'Northern secret' })
    await admin.get('/api/forms/team/records?search=secret')
    await admin.get('/api/forms/secret_form/records')
    await admin.get('/nowhere/secret')
    const reader = await EventReader.open({ port: await app.listen(), cookie: admin.cookie })
    const { key } = (await admin.post('/api/keys', { name: 'monitoring' })).body
    const answer = await app.client().get('/metrics', { authorization: `Bearer ${key}` })
    reader.close()
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'no-store',
    ])
    const value = (line: string) =>
      Number(
        answer.text
          .split('\n')
          .find((each) => each.startsWith(`${line} `))
          ?.split(' ')[1],
      )
    expect(value('formloom_requests_total{route="records.create",status="201"}')).toBe(1)
    expect(value('formloom_requests_total{route="records.list",status="200"}')).toBe(1)
    expect(value('formloom_requests_total{route="records.list",status="404"}')).toBe(1)
    expect(value('formloom_requests_total{route="pages",status="404"}')).toBe(1)
    expect(value('formloom_request_seconds_count{route="records.list"}')).toBe(2)
    expect(value('formloom_request_seconds_bucket{route="records.list",le="+Inf"}')).toBe(2)
    expect(value('formloom_streams_open')).toBe(1)
    expect(value('formloom_writes_waiting')).toBe(0)
    expect(value('formloom_imports_running')).toBe(0)
    expect(value('formloom_commits_total')).toBeGreaterThan(1)
    expect(value('formloom_statements_total')).toBeGreaterThan(value('formloom_commits_total'))
    expect(value('formloom_database_connections{state="open"}')).toBeGreaterThan(0)
    expect(value('formloom_database_connections{state="waiting"}')).toBe(0)
    expect(value('formloom_event_loop_delay_seconds')).toBeGreaterThanOrEqual(0)
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6)
    if (database.name === 'sqlite') expect(value('formloom_wal_bytes')).toBeGreaterThan(0)
    else expect(answer.text).not.toContain('formloom_wal_bytes')
    const labels = answer.text.replace(/ \S+$/gm, '')
    expect(labels).not.toMatch(/secret|ada|monitoring|019|team/)
  })

  it('have the shape that Prometheus reads: help and type before each name, buckets that only grow', async () => {
    const app = await opened(database)
    const { text } = await (await app.admin()).get('/metrics')
    const lines = text.trimEnd().split('\n')
    expect(text.endsWith('\n')).toBe(true)
    for (const line of lines)
      expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[\d.e+-]+)$/)
    const named = new Set(lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]))
    for (const line of lines.filter((each) => !each.startsWith('#')))
      expect(named).toContain(line.split(/[{ ]/)[0]?.replace(/_(bucket|sum|count)$/, ''))
    const buckets = lines.filter((line) => line.startsWith('formloom_request_seconds_bucket{route="setup.create"'))
    const counts = buckets.map((line) => Number(line.split(' ')[1]))
    expect(counts).toEqual([...counts].sort((one, other) => one - other))
    expect(counts.length).toBe(12)
  })
})
