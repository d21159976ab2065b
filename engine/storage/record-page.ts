/** One statement for one record, and one for a page of records: links, rows and expanded targets among it. Compiled once, bound at each run. */
import { type RawBuilder, sql } from 'kysely'
import type { Json } from '#base/json.ts'
import { type StatementText, statementText } from './compilers.ts'
import { type Connection, contextOf, type Dialect } from './connection.ts'
import { afterKey, bindCursor, keyColumns, type OrderKey, orderBy, orderKeys } from './paging.ts'
import { Frame } from './query-frame.ts'
import type { Selection, SortKey } from './query-plan.ts'
import type { Projection, RecordCells } from './record-cells.ts'
import { isSortIndexed } from './schema-indexes.ts'
import { SelectedRecord } from './select-record.ts'
import type { Raw } from './wire-text.ts'

type Sql = RawBuilder<unknown>

const idHole = Symbol('id')
const limitHole = Symbol('limit')

/** Which records, in what order, and what of them. */
export interface PageShape {
  readonly selection: Selection
  readonly projection: Projection
  /** null: the one record whose id is bound. */
  readonly page: {
    readonly sort: readonly SortKey[]
    /** Which values of the cursor are empty; null: from the first record on. */
    readonly after: readonly boolean[] | null
    /** What PostgreSQL plans with; SQLite binds it. */
    readonly limit: number
  } | null
}

export interface CompiledPage {
  readonly cells: RecordCells
  readonly keys: readonly OrderKey[]
  /** Where the keys of a row begin. */
  readonly keysAt: number
  /** Asked one after the other until the page is full: mostly one. */
  readonly statements: readonly StatementText[]
}

export function compilePage(shape: PageShape, dialect: Dialect): CompiledPage {
  const frame = new Frame(shape.selection, dialect)
  let names = 0
  const alias = () => `x${++names}`
  const selected = new SelectedRecord({ selection: shape.selection, tables: frame.tables, alias })
  const cells = selected.record(shape.projection, 't')
  const parts = shape.page === null ? oneRecord(frame, selected) : pageOf(frame, selected, shape)
  return {
    cells,
    keys: parts.keys,
    keysAt: selected.columns.length,
    statements: parts.statements.map((one) => statementText(sql`${frame.tables.with()}${one}`, dialect)),
  }
}

interface Parts {
  readonly keys: readonly OrderKey[]
  readonly statements: readonly Sql[]
}

function oneRecord(frame: Frame, { columns, joins }: SelectedRecord): Parts {
  const source = frame.admitted(sql`t.id = ${idHole}`, sql.join(joins, sql``))
  return { keys: [], statements: [sql`select ${sql.join(columns)} ${source}`] }
}

function pageOf(frame: Frame, selected: SelectedRecord, { selection, page }: PageShape): Parts {
  const { sort, after, limit } = page ?? { sort: [], after: null, limit: 1 }
  const keys = orderKeys(frame, sort)
  const holes = after?.map((isEmpty, index) => (isEmpty ? null : cursorHoles.at(index)))
  const wheres = holes === undefined ? [] : afterKey(keys, holes)
  const last = frame.dialect === 'sqlite' ? sql`${limitHole}` : sql.lit(limit + 1)
  const isPlain = !frame.isGuarded && selection.where.length === 0 && selection.search === undefined
  const isServed = isPlain && isSortIndexed(selection.model, selection.form, sort)
  const make = isServed ? servedPage : sortedPage
  return {
    keys,
    statements: (holes === undefined ? [[]] : wheres.map((one) => [one])).map((where) =>
      make(frame, { selected, keys, where, last }),
    ),
  }
}

interface PageParts {
  readonly selected: SelectedRecord
  readonly keys: readonly OrderKey[]
  readonly where: readonly Sql[]
  readonly last: Sql
}

/** An index gives the order: what is selected is read for the page alone. */
function servedPage(frame: Frame, { selected, keys, where, last }: PageParts): Sql {
  const columns = [...selected.columns, ...keyColumns(frame, keys.slice(0, -1))]
  return sql`select ${sql.join(columns)} ${frame.source(where, sql.join(selected.joins, sql``))} ${orderBy(frame, keys)} limit ${last}`
}

/** Sorts ids and keys only, and reads the rest for the page that comes out. */
function sortedPage(frame: Frame, { selected, keys, where, last }: PageParts): Sql {
  const asked = keys.map((key, index) => sql`${key.sql} as ${sql.id(`k$${index}`)}`)
  const page = sql`select ${sql.join([sql`t.id as page$id`, ...asked])} ${frame.source(where)} ${orderBy(frame, keys)} limit ${last}`
  const found = keys.map((key, index) => ({ ...key, sql: sql.ref(`p.k$${index}`) }))
  const columns = [...selected.columns, ...keyColumns(frame, found.slice(0, -1))]
  return sql`select ${sql.join(columns)} from (${page}) as p join ${frame.store.records.table} as t on t.id = p.page$id${sql.join(selected.joins, sql``)} ${orderBy(frame, found)}`
}

/** Places by number, equal for equal numbers. */
class Holes {
  readonly #made: symbol[] = []

  at(index: number): symbol {
    const hole = this.#made[index] ?? Symbol(`hole ${index}`)
    this.#made[index] = hole
    return hole
  }

  indexOf(hole: symbol): number {
    return this.#made.indexOf(hole)
  }
}

const cursorHoles = new Holes()
const valueHoles = new Holes()

/** The compiled page with places where these values stood: others are bound there at each run. null: one of them stands nowhere, or inside another. */
export function withHoles(page: CompiledPage, values: readonly string[]): CompiledPage | null {
  const missing = new Set(values)
  const all = page.statements.flatMap(({ parameters }) => parameters)
  const isPart = (one: unknown) =>
    typeof one === 'string' && values.some((value) => one !== value && one.includes(value))
  if (all.some(isPart)) return null
  const statements = page.statements.map(({ text, parameters }) => ({
    text,
    parameters: parameters.map((one) => {
      const index = typeof one === 'string' ? values.indexOf(one) : -1
      if (index < 0) return one
      missing.delete(one as string)
      return valueHoles.at(index)
    }),
  }))
  return missing.size > 0 ? null : { ...page, statements }
}

/** The row of one record; undefined where it is not visible. */
export async function runOne(db: Connection, { statements }: CompiledPage, id: string): Promise<Raw | undefined> {
  const [statement] = statements
  if (statement === undefined) return undefined
  const parameters = statement.parameters.map((one) => (one === idHole ? id : one))
  return (await contextOf(db).session.lists(statement.text, parameters))[0]
}

export interface PageRequest {
  readonly limit: number
  readonly after: readonly Json[] | null
  /** For the places of `withHoles`. */
  readonly values?: readonly string[]
}

/** The rows of a page, and its cursor: the key of its last row when there may be more. */
export async function runPage(
  db: Connection,
  { cells, keys, keysAt, statements }: CompiledPage,
  { limit, after, values = [] }: PageRequest,
): Promise<{ readonly rows: readonly Raw[]; readonly next: readonly Json[] | null }> {
  /** The last key is the id, which every row has already. */
  const placeOf = (index: number) => (index === keys.length - 1 ? cells.id : keysAt + index)
  const cursor = after === null ? [] : bindCursor(keys, after)
  const fill = (one: unknown) => {
    if (typeof one !== 'symbol') return one
    if (one === limitHole) return limit + 1
    const value = valueHoles.indexOf(one)
    return value < 0 ? cursor[cursorHoles.indexOf(one)] : values[value]
  }
  let found: readonly Raw[] = []
  for (const { text, parameters } of statements) {
    const rows = await contextOf(db).session.lists(text, parameters.map(fill))
    found = found.length === 0 ? rows : [...found, ...rows]
    if (found.length > limit) break
  }
  const rows = found.length > limit ? found.slice(0, limit) : found
  const last = found.length > limit ? rows.at(-1) : undefined
  const next = last === undefined ? null : keys.map((key, index) => key.column.fromColumn(last[placeOf(index)]))
  return { rows, next }
}
