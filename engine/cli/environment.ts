/** The environment variables that Formloom reads, with their defaults and what they mean. */
import type { LogLevel } from '#files/machine.ts'
import { logLevels } from '#files/machine.ts'
import { UsageError } from './command.ts'

export interface Variable {
  readonly name: string
  readonly fallback: string
  readonly help: string
}

export const variables: readonly Variable[] = [
  { name: 'FORMLOOM_DATA', fallback: './data', help: 'folder of the workspace: database, files, setup code' },
  { name: 'DATABASE_URL', fallback: '', help: 'postgres://… uses PostgreSQL instead of the file in the data folder' },
  { name: 'PORT', fallback: '8080', help: 'port to listen on; 0 takes a free one' },
  { name: 'HOST', fallback: '127.0.0.1', help: 'address to listen on; 0.0.0.0 for every interface' },
  {
    name: 'FORMLOOM_URL',
    fallback: '',
    help: 'address under which people reach it; needed behind a proxy and for links in mail',
  },
  {
    name: 'FORMLOOM_SECRET_FILE',
    fallback: '',
    help: 'file with the secret that encrypts; refused when weak or readable by others',
  },
  {
    name: 'FORMLOOM_RATE',
    fallback: '500',
    help: 'requests per second that one user, key or address may send, ten times that at once; 0: no limit',
  },
  { name: 'LOG_LEVEL', fallback: 'info', help: `${logLevels.join(', ')}` },
]

export interface Environment {
  readonly data: string
  readonly databaseUrl: string | null
  readonly logLevel: LogLevel
}

type Variables = Readonly<Record<string, string | undefined>>

/** What the commands need; an empty variable counts as absent. */
export function readEnvironment(env: Variables): Environment {
  return { data: valueOfVariable(env, 'FORMLOOM_DATA'), databaseUrl: databaseUrlOf(env), logLevel: logLevelOf(env) }
}

export function valueOfVariable(env: Variables, name: string): string {
  return env[name] || (variables.find((variable) => variable.name === name)?.fallback ?? '')
}

function databaseUrlOf(env: Variables): string | null {
  const url = valueOfVariable(env, 'DATABASE_URL')
  if (url === '') return null
  if (/^postgres(ql)?:\/\//.test(url)) return url
  throw new UsageError('DATABASE_URL must begin with postgres://')
}

function logLevelOf(env: Variables): LogLevel {
  const level = logLevels.find((known) => known === valueOfVariable(env, 'LOG_LEVEL'))
  if (level) return level
  throw new UsageError(`LOG_LEVEL must be one of ${logLevels.join(', ')}`)
}
