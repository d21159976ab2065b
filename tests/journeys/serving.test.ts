/** The server as a whole: pages, what it refuses to start with, and how it ends. */
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { createLog } from '#files/machine.ts'
import { openApp, type TestApp } from '#tests/support/app.ts'
import { databases } from '#tests/support/databases.ts'
import { Client } from '#tests/support/program.ts'
import { type RunningServer, type ServerOptions, startServer } from '../../engine/main.ts'

describe('pages', () => {
  let app: TestApp
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'formloom-pages-'))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), '<title>app</title>')
    await writeFile(join(folder, 'designer.html'), '<title>designer</title>')
    await writeFile(join(folder, 'assets', 'main-abc.js'), 'export {}'.repeat(1000))
    await writeFile(join(folder, '.secret'), 'hidden')
    app = await openApp(databases[0] as (typeof databases)[number], { pages: { folder, designer: true } })
  })
  afterAll(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    ['/', 'app'],
    ['/forms/customer/019aa', 'app'],
    ['/sign-in', 'app'],
    ['/designer', 'designer'],
    ['/designer/forms/customer', 'designer'],
    ['/designers', 'app'],
  ])('%s shows the page of the %s', async (path, title) => {
    const page = await app.client().get(path)
    expect([page.status, page.text, page.headers['cache-control']]).toEqual([
      200,
      `<title>${title}</title>`,
      'no-cache',
    ])
    expect(page.headers['content-security-policy']).toContain("default-src 'self'")
  })

  it('keeps assets for ever and compresses them', async () => {
    const asset = await app.client().get('/assets/main-abc.js', { 'accept-encoding': 'br' })
    expect([asset.status, asset.headers['cache-control'], asset.headers['content-encoding']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      'br',
    ])
  })

  it.each([
    '/assets/none.js',
    '/favicon.png',
    '/.secret',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/api/none',
    '/problems',
  ])('%s is 404', async (path) => {
    expect((await app.client().get(path)).status).toBe(404)
  })
})

describe('starting', () => {
  const folders: string[] = []
  const servers: RunningServer[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
  })
  const fresh = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'formloom-serve-'))
    folders.push(folder)
    return folder
  }
  const start = async (options: Partial<ServerOptions> & Pick<ServerOptions, 'data'>) => {
    const server = await startServer({
      databaseUrl: null,
      port: 0,
      host: '127.0.0.1',
      url: null,
      log: createLog('silent'),
      ...options,
    })
    servers.push(server)
    return server
  }
  const refused = async (options: Parameters<typeof start>[0]) => {
    const error = await start(options).catch((reason: unknown) => reason)
    return error instanceof Refusal
      ? JSON.stringify(error.problem.detail)
      : `started or failed otherwise: ${String(error)}`
  }

  it('refuses a data folder that others may read, and says what to do', async () => {
    const folder = await fresh()
    await chmod(folder, 0o755)
    expect(await refused({ data: folder })).toContain('chmod 700')
  })

  it('refuses a weak or open secret, and an address that is none', async () => {
    const folder = await fresh()
    const secretFile = join(folder, 'secret')
    expect(await refused({ data: folder, secretFile })).toContain('does not exist')
    await writeFile(secretFile, 'short', { mode: 0o600 })
    expect(await refused({ data: folder, secretFile })).toContain('weak')
    await writeFile(secretFile, randomBytes(32).toString('base64'))
    await chmod(secretFile, 0o644)
    expect(await refused({ data: folder, secretFile })).toContain('chmod 600')
    expect(await refused({ data: folder, url: 'work.example.com' })).toContain('FORMLOOM_URL')
  })

  it('keeps the setup code over a restart, and forgets it once there is an admin', async () => {
    const folder = await fresh()
    const first = await start({ data: folder })
    await first.close()
    const second = await start({ data: folder })
    expect(second.setupCode).toBe(first.setupCode)
    expect((await new Client(second.address).setup(second.setupCode ?? '')).status).toBe(201)
    await second.close()
    expect((await start({ data: folder })).setupCode).toBeNull()
  })

  it('ends in order: what was accepted is answered and kept, nothing else is', async () => {
    const folder = await fresh()
    const server = await start({ data: folder })
    const client = new Client(server.address)
    await client.setup(server.setupCode ?? '')
    const writes = Array.from({ length: 60 }, (_, index) =>
      client.post('/api/forms/team/records', { name: `T${index}` }).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    await Promise.race(writes)
    const begun = Date.now()
    await server.close()
    expect(Date.now() - begun).toBeLessThan(10_000)
    const answers = await Promise.all(writes)
    expect(answers.filter((status) => ![0, 201, 503].includes(status))).toEqual([])
    const again = await start({ data: folder })
    const reader = new Client(again.address)
    await reader.signIn()
    expect((await reader.get('/api/forms/team/records?limit=1&count=exact')).body.count).toBe(
      answers.filter((status) => status === 201).length,
    )
  })
})
