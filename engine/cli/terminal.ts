/** The person or program at the other end: lines out, questions, and with `--json` one document instead. */
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import type { Json } from '#base/json.ts'

export interface Terminal {
  /** `--json` was given: only `result` writes to standard output. */
  readonly json: boolean
  readonly locale: string
  /** Somebody can answer. */
  readonly isInteractive: boolean
  say(line?: string): void
  warn(line: string): void
  /** The outcome: the document with `--json`, else the lines. */
  result(document: unknown, lines?: readonly string[]): void
  /** Refuses with an error where nobody can answer. */
  ask(question: string): Promise<string>
  askSecret(question: string): Promise<string>
}

export interface Streams {
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly output: Writable
  readonly error: Writable
}

export function openTerminal(streams: Streams, options: { readonly json: boolean; readonly locale: string }): Terminal {
  const write = (stream: Writable, line: string) => void stream.write(`${line}\n`)
  const isInteractive = streams.input.isTTY === true
  return {
    ...options,
    isInteractive,
    say: (line = '') => write(options.json ? streams.error : streams.output, line),
    warn: (line) => write(streams.error, line),
    result(document, lines = []) {
      if (options.json) write(streams.output, JSON.stringify(document as Json, null, 2))
      else for (const line of lines) write(streams.output, line)
    },
    ask: (question) => ask(streams, question),
    askSecret: (question) => askSecret(streams, question),
  }
}

async function ask(streams: Streams, question: string): Promise<string> {
  const reader = createInterface({ input: streams.input, output: streams.error })
  try {
    return (await reader.question(`${question} `)).trim()
  } finally {
    reader.close()
  }
}

/** What is typed is not shown. */
async function askSecret(streams: Streams, question: string): Promise<string> {
  if (streams.input.isTTY !== true) return ask(streams, question)
  streams.error.write(`${question} `)
  const { Writable: Stream } = await import('node:stream')
  const silent = new Stream({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: streams.input, output: silent, terminal: true })
  try {
    return await reader.question('')
  } finally {
    reader.close()
    streams.error.write('\n')
  }
}

/** Lines in columns: `rows` of equal length, the first column widest needed. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell))))
      .join('  ')
      .trimEnd(),
  )
}

/** Chinese characters take two places. */
function widthOf(text: string): number {
  return [...text].reduce(
    (width, character) =>
      width +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character)
        ? 2
        : 1),
    0,
  )
}
