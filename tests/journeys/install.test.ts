/** The packed product installs into a foreign folder and runs there: built pages, program and templates inside. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureBuilt } from '#tests/support/broker.ts'
import { root } from '#tests/support/sources.ts'

const run = promisify(execFile)
const installTimeMs = 300_000

let folder = ''
let server: RunningProgram | undefined

interface RunningProgram {
  readonly child: ChildProcess
  readonly address: string
  readonly setupCode: string
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-install-'))
  await ensureBuilt()
  await installPackedProduct(folder)
  server = await startProgram(folder)
}, installTimeMs)

afterAll(async () => {
  server?.child.kill()
  await rm(folder, { recursive: true, force: true })
})

it('holds neither sources nor tests', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root })
  const [packed] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }]
  const paths = packed.files.map(({ path }) => path)
  expect(paths).toContain('dist/server/cli.mjs')
  expect(paths).toContain('dist/web/index.html')
  expect(paths.some((path) => path.startsWith('templates/crm/'))).toBe(true)
  const foreign = /^(tests|designer|examples|engine\/(?!bin\/))|\.test\.|\.tsx?$/
  expect(paths.filter((path) => foreign.test(path))).toEqual([])
})

it('answers with its built page', async () => {
  const response = await fetch(`${server?.address}/`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(await response.text()).toContain('<script type="module"')
})

it('creates the first admin with the printed code and offers its templates', async () => {
  const admin = { name: 'Ada', login: 'ada@example.com', password: 'correct horse battery staple', locale: 'en' }
  const setup = await fetch(`${server?.address}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server?.address ?? '' },
    body: JSON.stringify({ code: server?.setupCode, ...admin }),
  })
  expect(setup.status).toBe(201)
  const cookie = setup.headers.get('set-cookie')?.split(';')[0] ?? ''
  const gallery = await fetch(`${server?.address}/api/packs`, { headers: { cookie } })
  expect(gallery.status).toBe(200)
  expect(await gallery.text()).toContain('"crm"')
})

/** As `npm install formloom` does it; the compiled SQLite driver comes from the user's cache at the first start. */
async function installPackedProduct(target: string): Promise<void> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target], {
    cwd: root,
  })
  const [{ filename }] = JSON.parse(stdout) as [{ readonly filename: string }]
  await writeFile(join(target, 'package.json'), '{ "private": true }')
  const quietly = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock']
  await run('npm', ['install', ...quietly, join(target, filename)], { cwd: target })
}

async function startProgram(target: string): Promise<RunningProgram> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: '0',
    FORMLOOM_DATA: join(target, 'data'),
    NODE_ENV: 'production',
  }
  delete env['DATABASE_URL']
  const child = spawn(join(target, 'node_modules', '.bin', 'formloom'), ['start'], { cwd: target, env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const printed = (pattern: RegExp) => pattern.exec(output)?.[0]
  const deadlineMs = Date.now() + 60_000
  while (child.exitCode === null && Date.now() < deadlineMs) {
    const address = printed(/https?:\/\/[\w.-]+:\d+/)
    const setupCode = printed(/(?<=Setup code: )[A-Z0-9]{4}-[A-Z0-9]{4}/)
    if (address !== undefined && setupCode !== undefined) return { child, address, setupCode }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill()
  throw new Error(`formloom start printed no address and setup code:\n${output}`)
}
