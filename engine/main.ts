/** Composition root of the server: the only file that sees everything. Opens the workspace, serves it, ends it in order. */

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openSetup } from '#accounts/setup.ts'
import { tidy } from '#accounts/tidy.ts'
import { type Api, createApi } from '#api/app.ts'
import { type Rate, usualRate } from '#api/limits/rate-limit.ts'
import type { Pages } from '#api/parts.ts'
import { loggedFailure } from '#base/logged-failure.ts'
import type { Log } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import { prepareDataFolder, setupCodeFile } from '#files/data-folder.ts'
import { createIds, systemClock } from '#files/machine.ts'
import { requireStrongSecret } from '#files/secret-file.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { templatesFolder } from '#publish/packs-folder.ts'
import { keepSearch, type SearchKeeper } from '#publish/search-keeper.ts'
import { sweepFiles } from '#publish/stored-files.ts'
import { openWorkspace, type Workspace } from '#publish/workspace.ts'

export interface ServerOptions {
  /** FORMLOOM_DATA. */
  readonly data: string
  /** DATABASE_URL; null: the file in the data folder. */
  readonly databaseUrl: string | null
  /** 0 takes a free one. */
  readonly port: number
  readonly host: string
  /** FORMLOOM_URL; null: as it comes. */
  readonly url: string | null
  /** FORMLOOM_SECRET_FILE; null: none. */
  readonly secretFile?: string | null
  /** FORMLOOM_RATE: requests per second of one caller; null: no limit, absent: the usual one. */
  readonly rate?: number | null
  readonly log: Log
}

export interface RunningServer {
  /** Where people open it. */
  readonly address: string
  /** For the first admin; null when there is one. */
  readonly setupCode: string | null
  readonly workspace: Workspace
  /** Accepts no more, finishes what it has accepted (at most 10 s), closes the database. */
  close(): Promise<void>
}

/** Then there are two seconds left of the ten that were promised: for the writes that wait, and the checkpoint. */
const mostClosingMs = 8_000
const hourMs = 3_600_000

/** Refusal `unavailable` says why it cannot start and what to do: weak secret, open data folder, newer database. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const publicUrl = options.url === null ? null : parseUrl(options.url)
  if (options.secretFile) requireStrongSecret(options.secretFile)
  const folder = prepareDataFolder(options.data)
  const { log } = options
  if (process.getuid?.() === 0) log.warn('running-as-root', { advice: 'Start Formloom as a user of its own.' })
  const workspace = await openWorkspace({
    url: options.databaseUrl,
    folder,
    log,
    clock: systemClock,
    ids: createIds(),
    kinds: fieldKinds,
  })
  try {
    const setupCode = setupCodeFile(folder)
    const code = await openSetup(workspace.db, setupCode)
    const templates = templatesFolder()
    const api = await createApi({
      workspace,
      setupCode,
      publicUrl,
      pages: builtPages(dirname(templates)),
      templates,
      rate: rateOf(options.rate),
    })
    await api.server.listen({ port: options.port, host: options.host })
    const address = publicUrl?.href.replace(/\/$/, '') ?? localAddress(api, options.host)
    log.info('started', { address, database: workspace.db.dialect })
    const housekeeping = keepTidy(workspace, log)
    const search = keepSearch(workspace, log)
    return {
      address,
      setupCode: code,
      workspace,
      close: once(() => closeServer({ api, workspace, log, housekeeping, search })),
    }
  } catch (error) {
    await workspace.close()
    throw error
  }
}

/** Ends the server in order at SIGTERM and SIGINT; resolves when it has ended. */
export function closeOnSignals(server: RunningServer): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      server.close().then(resolve, reject)
    }
    process.once('SIGTERM', end)
    process.once('SIGINT', end)
  })
}

interface Running {
  readonly api: Api
  readonly workspace: Workspace
  readonly log: Log
  readonly housekeeping: NodeJS.Timeout
  readonly search: SearchKeeper
}

async function closeServer({ api, workspace, log, housekeeping, search }: Running): Promise<void> {
  clearInterval(housekeeping)
  api.drain()
  const impatience = setTimeout(() => {
    log.warn('closing-by-force', { after_ms: mostClosingMs })
    api.server.server.closeAllConnections()
  }, mostClosingMs)
  await api.server.close()
  clearTimeout(impatience)
  await search.stop()
  await workspace.close()
  log.info('stopped')
}

function keepTidy(workspace: Workspace, log: Log): NodeJS.Timeout {
  const run = () => {
    const failed = (error: unknown) => log.warn('tidy.failed', { failure: loggedFailure(error) })
    tidy(workspace.db, workspace.clock.now()).catch(failed)
    sweepFiles(workspace).catch(failed)
  }
  return setInterval(run, hourMs).unref()
}

function rateOf(perSecond: number | null | undefined): Rate | null {
  if (perSecond === undefined) return usualRate
  return perSecond === null ? null : { perSecond, burst: perSecond * 10 }
}

function builtPages(root: string): Pages | null {
  const folder = join(root, 'dist', 'web')
  if (!existsSync(join(folder, 'index.html'))) return null
  return { folder, designer: existsSync(join(folder, 'designer.html')) }
}

function localAddress(api: Api, host: string): string {
  const bound = api.server.server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const local = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)
  return `http://${local ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/') return url
  throw new Refusal('unavailable', {
    detail: {
      en: `FORMLOOM_URL must be an address such as https://work.example.com, not ${text}`,
      'zh-CN': `FORMLOOM_URL 应为类似 https://work.example.com 的地址，而不是 ${text}`,
    },
  })
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
