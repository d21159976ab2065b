/** What a command is: its words, its options, and what it does with them. */
import type { FieldKinds } from '#definitions/field-kind.ts'
import type { Terminal } from './terminal.ts'

export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly help: string
  /** What stands for the value in the help: `<file>`. */
  readonly value?: string
  /** May be given more than once. */
  readonly multiple?: boolean
}

export interface Command {
  /** One word, or two: `pack install`. */
  readonly name: string
  readonly summary: string
  /** Arguments by position: `<form>`, `[name]`. */
  readonly parameters?: readonly string[]
  readonly options?: Readonly<Record<string, CommandOption>>
  /** Paragraphs for `<command> --help`. */
  readonly details?: readonly string[]
  /** Lists the environment variables in the help. */
  readonly showsEnvironment?: boolean
  /** Resolves with the exit code. */
  run(call: Call): Promise<number>
}

export interface Call {
  readonly parameters: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly terminal: Terminal
  readonly env: Readonly<Record<string, string | undefined>>
  readonly kinds: FieldKinds
}

export const exitCodes = { ok: 0, failed: 1, usage: 2, refused: 3 } as const

/** The command was given wrongly: its text and how it is used are shown, exit code 2. */
export class UsageError extends Error {}

export function flag(call: Call, name: string): boolean {
  return call.options[name] === true
}

export function textOption(call: Call, name: string): string | undefined {
  const value = call.options[name]
  return typeof value === 'string' ? value : undefined
}
