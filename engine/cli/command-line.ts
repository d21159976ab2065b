/** From the words of a command line to a command and its exit code. */
import { parseArgs } from 'node:util'
import { Refusal } from '#base/problems.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { type Call, type Command, exitCodes, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { problemDocument, problemLines } from './failures.ts'
import { helpOf, overview } from './help.ts'
import { openTerminal, type Streams, type Terminal } from './terminal.ts'

export interface CommandLine {
  /** Without the program's own name. */
  readonly words: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly streams: Streams
  readonly kinds: FieldKinds
  /** Of the person at the terminal, as the machine knows it: Chinese, else English. */
  readonly locale?: string
}

/** Never throws; resolves with the exit code. */
export async function runCommandLine(line: CommandLine): Promise<number> {
  const terminal = openTerminal(line.streams, {
    json: line.words.includes('--json'),
    locale: line.locale?.startsWith('zh') ? 'zh-CN' : 'en',
  })
  const found = findCommand(line.words)
  if (!found) return showOverview(terminal, line.words)
  if (found.rest.includes('--help') || found.rest.includes('-h')) {
    terminal.result({ help: helpOf(found.command) }, helpOf(found.command))
    return exitCodes.ok
  }
  try {
    return await found.command.run(callOf(found, line, terminal))
  } catch (error) {
    return report(terminal, found.command, error)
  }
}

interface Found {
  readonly command: Command
  readonly rest: readonly string[]
}

function findCommand(words: readonly string[]): Found | null {
  const [first = '', second = ''] = words
  for (const command of commands) {
    const parts = command.name.split(' ')
    if (parts[0] === first && (parts[1] === undefined || parts[1] === second))
      return { command, rest: words.slice(parts.length) }
  }
  return null
}

function showOverview(terminal: Terminal, words: readonly string[]): number {
  const asked = words.filter((word) => !word.startsWith('-'))
  const lines = overview(commands)
  if (asked.length === 0) {
    terminal.result({ help: lines }, lines)
    return words.length === 0 ? exitCodes.usage : exitCodes.ok
  }
  const group = commands.filter((command) => command.name.startsWith(`${asked[0]} `)).map((command) => command.name)
  return reportUsage(
    terminal,
    group.length > 0
      ? `Say which: ${group.join(', ')}`
      : `There is no command ${asked.join(' ')}. See: formloom --help`,
  )
}

function callOf({ command, rest }: Found, { env, kinds }: CommandLine, terminal: Terminal): Call {
  const own = Object.fromEntries(
    Object.entries(command.options ?? {}).map(([name, { type, multiple }]) => [
      name,
      { type, ...(multiple ? { multiple } : {}) },
    ]),
  )
  const options = { ...own, json: { type: 'boolean' as const }, data: { type: 'string' as const } }
  const parsed = parse({ args: [...rest], options })
  const wanted = command.parameters ?? []
  const least = wanted.filter((parameter) => parameter.startsWith('<')).length
  if (parsed.positionals.length < least) throw new UsageError(`${wanted[parsed.positionals.length]} is missing.`)
  if (parsed.positionals.length > wanted.length)
    throw new UsageError(`Too many words: ${parsed.positionals.slice(wanted.length).join(' ')}`)
  return { parameters: parsed.positionals, options: parsed.values as Call['options'], terminal, env, kinds }
}

function parse(config: {
  readonly args: string[]
  readonly options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>
}) {
  try {
    return parseArgs({ ...config, strict: true, allowPositionals: true })
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message.split('\n')[0] ?? '')
    throw error
  }
}

function report(terminal: Terminal, command: Command, error: unknown): number {
  if (error instanceof Refusal) {
    if (terminal.json) terminal.result(problemDocument(error.problem, terminal.locale))
    else for (const line of problemLines(error.problem, terminal.locale)) terminal.warn(line)
    return error.problem.code === 'unavailable' ? exitCodes.failed : exitCodes.refused
  }
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof UsageError) return reportUsage(terminal, `${message}\nSee: formloom ${command.name} --help`)
  if (terminal.json) terminal.result({ error: { code: 'internal', detail: message } })
  else terminal.warn(message)
  return exitCodes.failed
}

/** Programs get a document for this, too; its code is none of the catalogue's, as no rule refused anything. */
function reportUsage(terminal: Terminal, message: string): number {
  if (terminal.json) terminal.result({ error: { code: 'usage', detail: message } })
  else terminal.warn(message)
  return exitCodes.usage
}
