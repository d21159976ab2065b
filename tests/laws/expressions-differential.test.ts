/** Law: the closures, SQLite and PostgreSQL give the same answer for every expression and every record. */
import BetterSqlite from 'better-sqlite3'
import fc, { type Arbitrary } from 'fast-check'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatDecimal, isDecimal, parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Compiled, Place, Row, Scope, Surroundings, Value } from '#expressions/expression.ts'
import { readValue, writeValue } from '#expressions/values.ts'
import { columnSql, expressionSql, type SqlContext, strictSql } from '#storage/compile/expression.ts'
import { registerFunctions } from '#storage/dialects/functions.ts'
import { databases } from '#tests/support/databases.ts'
import { createPostgresDatabase } from '#tests/support/postgres.ts'
import { expression, records } from '#tests/support/random-expressions.ts'
import {
  createStatements,
  emptyStatements,
  insertStatements,
  type SampleRecords,
  sampleName,
  sampleSurroundings,
} from '#tests/support/sample-data.ts'
import { sampleForm, sampleModel, sampleTable } from '#tests/support/sample-model.ts'

const model = sampleModel()
const around = { user: true, time: true, links: true, sql: true } as const
const expressionsPerRun = 50
const wantedCases = 20_000
/** Of a run some forty records times at most fifty expressions. */
const runs = 60
const asField: ValueType = { is: 'decimal', scale: 2 }

type Dialect = SqlContext['dialect']
type Answers = readonly (readonly unknown[])[]

interface Engine {
  readonly dialect: Dialect
  load(data: SampleRecords): Promise<void>
  ask(text: string, values: readonly unknown[]): Promise<Answers>
  close(): Promise<void>
}

const compilers: Readonly<Record<Dialect, Kysely<unknown>>> = {
  sqlite: new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
}

function openSqlite(): Engine {
  const db = new BetterSqlite(':memory:')
  registerFunctions(db)
  for (const statement of createStatements(model, 'sqlite')) db.exec(statement)
  return {
    dialect: 'sqlite',
    load: async (data) => {
      for (const statement of emptyStatements(model)) db.exec(statement)
      for (const { sql: text, values } of insertStatements(model, data, 'sqlite')) db.prepare(text).run(...values)
    },
    ask: async (text, values) =>
      db
        .prepare(text)
        .raw()
        .safeIntegers()
        .all(...values) as unknown[][],
    close: async () => void db.close(),
  }
}

async function openPostgres(): Promise<Engine> {
  const { url, drop } = await createPostgresDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of createStatements(model, 'postgres')) await client.query(statement)
  return {
    dialect: 'postgres',
    load: async (data) => {
      await client.query(['BEGIN', ...emptyStatements(model)].join(';'))
      for (const { sql: text, values } of insertStatements(model, data, 'postgres'))
        await client.query(text, [...values])
      await client.query('COMMIT')
    },
    ask: async (text, values) =>
      (await client.query({ text, values: [...values], rowMode: 'array' })).rows as unknown[][],
    close: async () => {
      await client.end()
      await drop()
    },
  }
}

/** As text: numbers in their shortest form, booleans with empty as false. */
function canonical(value: unknown, type: ValueType): string {
  if (type.is === 'boolean') return String(value === true || value === 1n)
  if (value === null || value === undefined) return 'empty'
  if (isDecimal(value)) return formatDecimal(value)
  if (type.is === 'integer' || type.is === 'decimal' || type.is === 'duration')
    return formatDecimal(parseDecimal(String(value)) ?? raise(value))
  return String(value)
}

function raise(value: unknown): never {
  throw new Error(`not a number: ${String(value)}`)
}

/** Where the expressions of a batch stand: over orders, or over their lines with and without the order joined in. */
interface Stand {
  readonly name: string
  readonly place: Place
  readonly alias: string
  readonly parentAlias?: string
  readonly from: RawBuilder<unknown>
  readonly scope: 'record' | 'row'
}

const orders = sql`FROM ${sql.id(sampleName('order'))} AS o`
const lines = sql`FROM ${sql.id(sampleName('order', 'lines'))} AS l`
const orderPlace: Place = { model, table: sampleForm(model, 'order'), record: sampleForm(model, 'customer'), ...around }
const linePlace: Place = {
  model,
  table: sampleTable(model, 'order', 'lines'),
  parent: sampleForm(model, 'order'),
  ...around,
}
const stands: readonly Stand[] = [
  { name: 'orders', place: orderPlace, alias: 'o', from: sql`${orders} ORDER BY length(o.id), o.id`, scope: 'record' },
  {
    name: 'lines joined to orders',
    place: linePlace,
    alias: 'l',
    parentAlias: 'o',
    from: sql`${lines} JOIN ${sql.id(sampleName('order'))} AS o ON o.id = l.parent_id ORDER BY length(o.id), o.id, l.position`,
    scope: 'row',
  },
  {
    name: 'lines',
    place: linePlace,
    alias: 'l',
    from: sql`${lines} ORDER BY length(l.parent_id), l.parent_id, l.position`,
    scope: 'row',
  },
]

function compiled(source: Json, place: Place): Compiled {
  const answer = compileExpression(source, place)
  if (!answer.ok) throw new Error(`${JSON.stringify(source)} ${JSON.stringify(answer.issues)}`)
  return answer.value
}

function isNumber(type: ValueType): boolean {
  return type.is === 'integer' || type.is === 'decimal'
}

/** Per expression: its condition and its strict form where it is boolean, else its value; numbers also as a column of two decimals. */
function columnsOf(each: Compiled, place: Place, context: SqlContext) {
  const own = expressionSql(each, place, context)
  if (each.type.is === 'boolean')
    return [sql`CASE WHEN ${own} THEN 1 = 1 ELSE 1 = 0 END`, strictSql(each, place, context)]
  return isNumber(each.type) ? [own, columnSql(each, place, { ...context, as: asField })] : [own]
}

/** What the closures say, in the shape of the query's answer. */
function expectedOf(each: Compiled, scope: Scope, dialect: Dialect): readonly string[] {
  const value = each.evaluate(scope)
  const own = canonical(value, each.type)
  if (each.type.is === 'boolean') return [own, own]
  if (!isNumber(each.type)) return [own]
  const wire = writeValue(asField, value)
  const scaled = typeof wire === 'string' && dialect === 'sqlite' ? wire.replace('.', '') : wire
  return [own, canonical(scaled, asField)]
}

async function compare(engine: Engine, stand: Stand, data: SampleRecords, sources: readonly Json[]): Promise<number> {
  const around = sampleSurroundings(data, {
    now: '2024-02-29T20:15:30.123Z',
    today: '2024-03-01',
    zone: 'Asia/Shanghai',
    user: {
      id: 'u2',
      roles: ['sales', '北京'],
      team: 't2',
      name: '用户1',
      limit: data['user']?.[1]?.['limit'] ?? null,
    },
  })
  const record = data['customer']?.[0] ?? {}
  const { place, alias, parentAlias, from } = stand
  const all = sources.map((source) => compiled(source, place))
  const context: SqlContext = {
    dialect: engine.dialect,
    alias,
    ...(parentAlias ? { parentAlias } : {}),
    recordRow: record,
    around,
    names: { table: sampleName },
  }
  const perExpression = all.map((each) => columnsOf(each, place, context))
  const query = sql`SELECT ${sql.join(perExpression.flat())} ${from}`.compile(compilers[engine.dialect])
  const answers = await engine.ask(query.sql, query.parameters)
  const scopes = scopesOf(stand, withComputed(data, around)).map((scope) => ({ ...scope, record, around }))
  expect(answers).toHaveLength(scopes.length)
  for (const [index, scope] of scopes.entries()) {
    let column = 0
    for (const [at, each] of all.entries()) {
      const expected = expectedOf(each, scope, engine.dialect)
      const types =
        each.type.is === 'boolean' ? [each.type, each.type] : isNumber(each.type) ? [each.type, asField] : [each.type]
      const found = types.map((type, offset) => canonical(answers[index]?.[column + offset], type))
      if (found.join('|') !== expected.join('|'))
        expect({ expression: JSON.stringify(sources[at]), row: scope.row, found }).toEqual({
          expression: JSON.stringify(sources[at]),
          row: scope.row,
          found: expected,
        })
      column += types.length
    }
  }
  return all.length * scopes.length
}

function scopesOf({ scope }: Stand, rows: readonly Row[]): readonly Pick<Scope, 'row' | 'parent'>[] {
  if (scope === 'record') return rows.map((row) => ({ row }))
  return rows.flatMap((parent) => (parent['lines'] as readonly Row[]).map((row) => ({ row, parent })))
}

/** The field that is computed when read, as the records layer gives it to evaluations. */
function withComputed(data: SampleRecords, around: Surroundings): readonly Row[] {
  const field = sampleForm(model, 'order').fields.get('days_overdue')
  const formula = compiled(field?.definition.formula ?? null, orderPlace)
  const type: ValueType = { is: 'integer' }
  return (data['order'] ?? []).map(
    (row): Row => ({
      ...row,
      days_overdue: readValue(type, writeValue(type, formula.evaluate({ row, around }) as Value)),
    }),
  )
}

const kinds = ['number', 'integer', 'text', 'boolean', 'boolean', 'date', 'moment'] as const

/** A random literal beside a choice field is refused at publish; everything else that the generator makes must compile. */
function isMeant(source: Json, place: Place): boolean {
  const answer = compileExpression(source, place)
  return (
    answer.ok || !answer.issues.every((issue) => issue.code === 'unknown-option' || issue.code === 'too-many-nodes')
  )
}

function batchOf({ place, scope }: Stand): Arbitrary<readonly Json[]> {
  const any = fc.oneof(
    ...kinds.map((kind) => fc.oneof(...[1, 2, 2, 3, 3].map((depth) => expression(kind, depth, scope)))),
  )
  return fc.array(
    any.filter((source) => isMeant(source, place)),
    { minLength: 1, maxLength: expressionsPerRun, size: 'max' },
  )
}

const v = (path: string): Json => ({ var: path })
/** Seeds that stay: an amount that no cast holds, an aggregate over outer columns alone, an empty sum, a tree of collated ids. */
const found: readonly Json[] = [
  { date_add: [v('order_date'), { floor: [99999999999999.9] }, 'year'] },
  { date_add: [v('shipped_at'), 999999999999999, 'second'] },
  { date_add: [v('due_date'), -999999999999999, 'week'] },
  { max: [v('lines'), { max: ['北京', v('$parent.customer.name')] }] },
  { sum: [v('lines'), { '-': [v('$parent.count_of_boxes')] }] },
  { in_tree: [v('customer.team'), 't1'] },
]

for (const database of databases) {
  describe(`closures and ${database.name}`, () => {
    let engine: Engine
    beforeAll(async () => {
      engine = database.name === 'sqlite' ? openSqlite() : await openPostgres()
    })
    afterAll(() => engine.close())

    it('agree on what random tests once found', async () => {
      const [data] = fc.sample(records, { numRuns: 1, seed: 7 })
      await engine.load(data as SampleRecords)
      await compare(engine, stands[0] as Stand, data as SampleRecords, found)
    })

    for (const stand of stands) {
      it(`agree on thousands of random cases over ${stand.name}`, async () => {
        let cases = 0
        const property = fc.asyncProperty(records, batchOf(stand), async (data, sources) => {
          await engine.load(data)
          cases += await compare(engine, stand, data, sources)
        })
        await fc.assert(property, {
          numRuns: Number(process.env['FORMLOOM_FUZZ_RUNS'] ?? (stand.scope === 'record' ? runs * 1.5 : runs / 2)),
        })
        expect(cases).toBeGreaterThanOrEqual(stand.scope === 'record' ? wantedCases : wantedCases / 2)
      })
    }
  })
}
