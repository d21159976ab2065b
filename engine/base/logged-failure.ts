/** What the log may say of an unexpected error: where it happened and what it was, never a value that it was about. */
import { Bug } from './bug.ts'

export interface LoggedFailure {
  readonly name: string
  /** Only where its words are the program's own: others quote what they stumbled over. */
  readonly message?: string
  /** Of the database or the machine. */
  readonly code?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
  /** Where, from the inside out. */
  readonly at: readonly string[]
}

export function loggedFailure(error: unknown): LoggedFailure {
  if (!(error instanceof Error)) return { name: typeof error, at: [] }
  const { code, table, column, constraint } = error as Error & Readonly<Record<string, unknown>>
  const named = Object.entries({ code, table, column, constraint }).filter(([, value]) => typeof value === 'string')
  return {
    name: error.name,
    ...(hasOwnWords(error) ? { message: error.message } : {}),
    ...Object.fromEntries(named),
    at: (error.stack ?? '').split('\n').flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? []),
  }
}

/** Messages of PostgreSQL, of parsers and conversions hold pieces of the value; `severity` marks the first. */
function hasOwnWords(error: Error): boolean {
  if ('severity' in error) return false
  if (error instanceof Bug || error instanceof TypeError) return true
  const { code } = error as Error & { readonly code?: unknown }
  return typeof code === 'string'
}
