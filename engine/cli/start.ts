/** `formloom start`: serves the workspace until it is told to end. */
import { prepareDataFolder } from '#files/data-folder.ts'
import { createIds, createLog, systemClock } from '#files/machine.ts'
import { openWorkspace } from '#publish/workspace.ts'
import { type Call, type Command, exitCodes, flag, textOption, UsageError } from './command.ts'
import { type Login, prepareDemo } from './demo.ts'
import { readEnvironment, valueOfVariable } from './environment.ts'
import { columns } from './terminal.ts'

export const start: Command = {
  name: 'start',
  summary: 'Serve the workspace to browsers and programs',
  options: {
    demo: { type: 'boolean', help: 'a workspace of its own with every pack, demo data and one user per role' },
    port: { type: 'string', value: '<number>', help: 'instead of PORT' },
    host: { type: 'string', value: '<address>', help: 'instead of HOST' },
  },
  details: [
    'Makes the data folder and the database where there are none, and brings them up to date. An empty workspace prints a setup code: whoever opens the address with it becomes the first admin.',
    'With --demo the data lies in ./data/demo, or beside the folder that is named: <folder>-demo. Its database is always a file. Passwords are made at random and printed once. Ends in order at Ctrl+C and SIGTERM.',
  ],
  showsEnvironment: true,
  async run(call) {
    const { data, databaseUrl } = readEnvironment(call.env)
    if (!flag(call, 'demo')) return serve(call, { data: textOption(call, 'data') ?? data, databaseUrl }, [])
    const folder = demoFolder(call)
    return serve(call, { data: folder, databaseUrl: null }, await openDemo(call, folder))
  },
}

interface Place {
  readonly data: string
  readonly databaseUrl: string | null
}

/** Beside the folder that was named; else inside the usual one. */
function demoFolder(call: Call): string {
  const named = textOption(call, 'data') ?? call.env['FORMLOOM_DATA']
  return named ? `${named.replace(/[\\/]+$/, '')}-demo` : './data/demo'
}

/** null: prepared before. */
async function openDemo(call: Call, folder: string): Promise<readonly Login[] | null> {
  const log = createLog('warn')
  const workspace = await openWorkspace({
    url: null,
    folder: prepareDataFolder(folder),
    log,
    clock: systemClock,
    ids: createIds(),
    kinds: call.kinds,
  })
  try {
    return await prepareDemo(workspace, call.terminal)
  } finally {
    await workspace.close()
  }
}

async function serve(call: Call, place: Place, logins: readonly Login[] | null): Promise<number> {
  const { terminal, env } = call
  const { closeOnSignals, startServer } = await import('../main.ts')
  const server = await startServer({
    ...place,
    port: portOf(textOption(call, 'port') ?? valueOfVariable(env, 'PORT')),
    host: textOption(call, 'host') ?? valueOfVariable(env, 'HOST'),
    url: valueOfVariable(env, 'FORMLOOM_URL') || null,
    secretFile: valueOfVariable(env, 'FORMLOOM_SECRET_FILE') || null,
    rate: rateOf(valueOfVariable(env, 'FORMLOOM_RATE')),
    log: createLog(readEnvironment(env).logLevel),
  })
  const ended = closeOnSignals(server)
  terminal.result({ address: server.address, setup_code: server.setupCode, logins: logins ?? [] }, [
    ...loginLines(logins),
    `Formloom is ready at ${server.address}`,
    ...(server.setupCode === null ? [] : [`Setup code: ${server.setupCode}`]),
  ])
  await ended
  return exitCodes.ok
}

function loginLines(logins: readonly Login[] | null): readonly string[] {
  if (logins === null)
    return ['The demo was prepared before; its passwords were printed then. To begin anew, remove its folder.']
  if (logins.length === 0) return []
  return [
    'Logins, shown this once:',
    ...columns(logins.map(({ label, login, password }) => [`  ${label}`, login, password])),
    '',
  ]
}

function rateOf(text: string): number | null {
  if (/^\d{1,6}$/.test(text)) return Number(text) || null
  throw new UsageError(`FORMLOOM_RATE must be a number of requests per second, not ${text}`)
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new UsageError(`PORT must be a number from 0 to 65535, not ${text}`)
}
