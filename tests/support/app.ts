/** The whole application in this process, on a fresh database, with a clock that tests move and clients that speak HTTP to it. */
import type { AddressInfo } from 'node:net'
import type { LightMyRequestResponse } from 'fastify'
import { openSetup, type SetupCodeStore } from '#accounts/setup.ts'
import { createApi } from '#api/app.ts'
import type { ApiParts } from '#api/parts.ts'
import type { Log } from '#base/ports.ts'
import { createIds } from '#files/machine.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { templatesFolder } from '#publish/packs-folder.ts'
import { openWorkspace, type Workspace } from '#publish/workspace.ts'
import type { TestDatabase } from './databases.ts'
import { undeclared } from './declared.ts'

export const host = 'formloom.test'
export const password = 'correct horse battery staple'

export interface TestApp {
  readonly workspace: Workspace
  readonly dataFolder: string
  /** Of the empty workspace; the file is gone once it was used. */
  readonly setupCode: string
  readonly codeStore: SetupCodeStore
  /** What was logged, as text. */
  readonly logged: readonly string[]
  /** A caller without cookie. */
  client(): TestClient
  /** Makes the first admin (once) and signs in. */
  admin(): Promise<TestClient>
  /** Makes a user with these roles and signs in. */
  user(login: string, roles?: readonly string[]): Promise<TestClient>
  /** Moves the clock forwards. */
  advance(ms: number): void
  /** Does the web server have this very route? */
  serves(method: string, url: string): boolean
  /** From now on new requests are refused. */
  drain(): void
  /** Opens a port of this machine, for tests that speak to sockets; answers with its number. */
  listen(): Promise<string>
  close(): Promise<void>
}

export interface TestAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: bodies of any route; tests assert what they read
  readonly body: any
  readonly text: string
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, string | undefined>>
}

type Headers = Readonly<Record<string, string>>

/** Example: `const app = await openApp(database); const admin = await app.admin(); await admin.get('/api/app')` */
export async function openApp(
  database: TestDatabase,
  options: Partial<Pick<ApiParts, 'publicUrl' | 'pages' | 'live' | 'rate' | 'probe' | 'importing'>> = {},
): Promise<TestApp> {
  const place = await database.open()
  const logged: string[] = []
  let aheadMs = 0
  const clock = { now: () => Date.now() + aheadMs }
  const workspace = await openWorkspace({
    watchNesting: true,
    url: place.url,
    folder: place.folder,
    log: collectingLog(logged),
    clock,
    ids: createIds(),
    kinds: fieldKinds,
  })
  const codeStore = codeInMemory()
  const setupCode = (await openSetup(workspace.db, codeStore)) ?? ''
  const api = await createApi({
    workspace,
    setupCode: codeStore,
    publicUrl: null,
    pages: null,
    templates: templatesFolder(),
    ...options,
  })
  const ask: Ask = (request) => api.server.inject(request)
  const client = () => new TestClient(ask)
  let first: Promise<TestClient> | undefined
  const setUp = async () => {
    const made = client()
    const answer = await made.post('/api/setup', {
      code: setupCode,
      name: 'Ada',
      login: 'ada@example.com',
      password,
      locale: 'en',
    })
    if (answer.status !== 201) throw new Error(`setup: ${answer.status} ${answer.text}`)
    return made
  }
  const admin = () => {
    first ??= setUp()
    return first
  }
  return {
    workspace,
    dataFolder: place.folder,
    setupCode,
    codeStore,
    logged,
    client,
    admin,
    async user(login, roles = []) {
      const made = await (await admin()).post('/api/admin/users', { login, name: login.split('@')[0], password, roles })
      if (made.status !== 201) throw new Error(`user ${login}: ${made.status} ${made.text}`)
      const own = client()
      await own.signIn(login)
      own.id = made.body.id
      return own
    },
    advance: (ms) => {
      aheadMs += ms
    },
    serves: (method, url) => api.server.hasRoute({ method: method as 'GET', url }),
    drain: () => api.drain(),
    async listen() {
      if (!api.server.server.listening) await api.server.listen({ port: 0, host: '127.0.0.1' })
      return String((api.server.server.address() as AddressInfo).port)
    },
    async close() {
      await api.server.close()
      await workspace.close()
      await place.close()
    },
  }
}

type Ask = (request: {
  method: 'GET'
  url: string
  headers: Headers
  payload?: string | Buffer
}) => Promise<LightMyRequestResponse>

/** One caller: keeps its cookie, sends JSON from the application's own origin. */
export class TestClient {
  readonly #ask: Ask
  cookie = ''
  /** Of the user, where the client was made with one. */
  id = ''

  constructor(ask: Ask) {
    this.#ask = ask
  }

  async signIn(login: string, secret = password): Promise<TestAnswer> {
    return this.post('/api/session', { login, password: secret })
  }

  get(path: string, headers: Headers = {}): Promise<TestAnswer> {
    return this.request('GET', path, { headers })
  }

  post(path: string, body: unknown = {}, headers: Headers = {}): Promise<TestAnswer> {
    return this.request('POST', path, { body, headers })
  }

  patch(path: string, body: unknown, version?: number): Promise<TestAnswer> {
    return this.request('PATCH', path, { body, headers: version === undefined ? {} : { 'if-match': `"${version}"` } })
  }

  delete(path: string, version?: number): Promise<TestAnswer> {
    return this.request('DELETE', path, { headers: version === undefined ? {} : { 'if-match': `"${version}"` } })
  }

  /** `raw` goes as it is; `body` as JSON. */
  async request(
    method: string,
    path: string,
    more: { readonly body?: unknown; readonly raw?: string | Buffer; readonly headers?: Headers } = {},
  ): Promise<TestAnswer> {
    const payload = more.raw ?? (more.body === undefined ? undefined : JSON.stringify(more.body))
    const response = await this.#ask({
      method: method as 'GET',
      url: path,
      headers: {
        host,
        ...(method === 'GET' ? {} : { origin: `http://${host}` }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...more.headers,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    const set = response.headers['set-cookie']
    const cookie = (Array.isArray(set) ? set[0] : set)?.split(';')[0]
    if (cookie) this.cookie = cookie
    const json = String(response.headers['content-type'] ?? '').includes('json')
    const answer: TestAnswer = {
      status: response.statusCode,
      text: response.body,
      bytes: response.rawPayload,
      body: json && response.body !== '' ? JSON.parse(response.body) : null,
      headers: response.headers as TestAnswer['headers'],
    }
    const wrong = undeclared({ method, path }, answer)
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    return answer
  }
}

function codeInMemory(): SetupCodeStore {
  let kept: string | null = null
  return {
    read: async () => kept,
    write: async (code) => {
      kept = code
    },
    remove: async () => {
      kept = null
    },
  }
}

function collectingLog(lines: string[]): Log {
  const at = (level: string) => (event: string, data?: Readonly<Record<string, unknown>>) => {
    lines.push(JSON.stringify({ level, event, ...data }))
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
