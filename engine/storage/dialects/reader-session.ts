/** Inside the reader process: statements on one read-only connection, row by row, so that no answer is ever held whole. */
import BetterSqlite, { type Database as Sqlite, type Statement } from 'better-sqlite3'
import { bindable } from './bindable.ts'
import { registerFunctions } from './functions.ts'
import type { ReaderAnswer, ReaderRequest } from './reader-messages.ts'

/** Nobody waits for this thread. */
const busyTimeoutMs = 2_000
/** Of sorting and grouping; beyond, SQLite gives up. */
const mostHeapBytes = 256 * 1024 * 1024
const mostStatements = 100
const rowsPerBatch = 500
const cellsPerBatch = 5_000

type Run = Extract<ReaderRequest, { is: 'run' }>

export class ReaderSession {
  readonly #sqlite: Sqlite
  readonly #statements = new Map<string, Statement>()
  #schema: unknown = null
  #columns: readonly string[] = []
  #rows: Iterator<unknown> | null = null

  constructor(path: string) {
    this.#sqlite = new BetterSqlite(path, { readonly: true, timeout: busyTimeoutMs })
    this.#sqlite.pragma('query_only = ON')
    this.#sqlite.pragma('trusted_schema = OFF')
    this.#sqlite.pragma(`hard_heap_limit = ${mostHeapBytes}`)
    this.#sqlite.pragma('temp_store = MEMORY')
    this.#sqlite.pragma('mmap_size = 268435456')
    registerFunctions(this.#sqlite)
  }

  answer(request: ReaderRequest): ReaderAnswer | null {
    try {
      if (request.is === 'run') this.#run(request)
      else if (request.is === 'end') return this.#end()
      return this.#batch()
    } catch (error) {
      this.#rows = null
      return { is: 'failed', code: textOf(error, 'code'), message: textOf(error, 'message') }
    }
  }

  #run({ begins, sql, parameters }: Run): void {
    if (begins) this.#begin()
    const statement = this.#statement(sql)
    if (!statement.reader) throw Object.assign(new Error('a long read writes nothing'), { code: 'SQLITE_READONLY' })
    this.#columns = statement.columns().map(({ name }) => name)
    this.#rows = statement.raw(true).iterate(...parameters.map(bindable))
  }

  /** Statements outlive a snapshot, but not the schema that they were made for. */
  #begin(): void {
    this.#end()
    // A look at the schema takes the snapshot, and notices tables that have changed since.
    this.#sqlite.exec('begin; select 1 from sqlite_schema limit 1')
    const schema = this.#sqlite.pragma('schema_version', { simple: true })
    if (schema !== this.#schema) this.#statements.clear()
    this.#schema = schema
  }

  #statement(text: string): Statement {
    const known = this.#statements.get(text)
    if (known) return known
    if (this.#statements.size >= mostStatements) this.#statements.clear()
    const made = this.#sqlite.prepare(text)
    this.#statements.set(text, made)
    return made
  }

  #batch(): ReaderAnswer {
    const most = Math.max(1, Math.min(rowsPerBatch, Math.floor(cellsPerBatch / Math.max(1, this.#columns.length))))
    const rows: (readonly unknown[])[] = []
    let last = this.#rows === null
    while (this.#rows !== null && rows.length < most) {
      const { done, value } = this.#rows.next()
      if (done) {
        this.#rows = null
        last = true
      } else rows.push(value as readonly unknown[])
    }
    return { is: 'rows', columns: this.#columns, rows, last }
  }

  #end(): null {
    this.#rows?.return?.()
    this.#rows = null
    if (this.#sqlite.inTransaction) this.#sqlite.exec('commit')
    return null
  }
}

function textOf(error: unknown, key: 'code' | 'message'): string {
  return error instanceof Error && key in error ? String((error as Error & { code?: unknown })[key]) : ''
}
