/** The SQL of expressions: every operator has its twin, comparisons stay bare for indexes, and nothing but parameters carries values. */
import BetterSqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Place } from '#expressions/expression.ts'
import { operators } from '#expressions/operators/catalogue.ts'
import { createStatements, sampleName } from '#tests/support/sample-data.ts'
import { sampleForm, sampleModel } from '#tests/support/sample-model.ts'
import { statementText } from '../compilers.ts'
import { registerFunctions } from '../dialects/functions.ts'
import { expressionSql, type SqlContext } from './expression.ts'
import { treeOperator, twins } from './twins/catalogue.ts'

const model = sampleModel()
const place: Place = { model, table: sampleForm(model, 'order'), user: true, time: true, links: true, sql: true }
const around = {
  now: '2024-01-01T00:00:00.000Z',
  today: '2024-01-01',
  zone: 'UTC',
  user: { id: 'u1', roles: ['sales'], team: 't1' },
}

function sqlOf(source: Json, dialect: SqlContext['dialect'] = 'sqlite') {
  const answer = compileExpression(source, place)
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues))
  const condition = expressionSql(answer.value, place, { dialect, alias: 'o', around, names: { table: sampleName } })
  return statementText(condition, dialect)
}

const v = (path: string): Json => ({ var: path })

it('has a twin for every operator that may stand in a filter, and for no other', () => {
  const inFilters = operators.filter((operator) => operator.filters === 'twin').map((operator) => operator.name)
  expect([...twins.keys(), treeOperator].sort()).toEqual([...inFilters].sort())
})

it('leaves a comparison bare, so that an index serves it', () => {
  const db = new BetterSqlite(':memory:')
  registerFunctions(db)
  for (const statement of createStatements(model, 'sqlite')) db.exec(statement)
  for (const column of ['customer', 'total', 'order_date', 'count_of_boxes'])
    db.exec(`CREATE INDEX "ix_${column}" ON "r_order" ("${column}")`)
  const conditions: readonly Json[] = [
    { '==': [v('customer'), 'c1'] },
    { '>': [v('total'), 100] },
    { '>=': [v('order_date'), '2024-01-01'] },
    { '==': [v('count_of_boxes'), 3] },
    { and: [{ not: v('paid') }, { '==': [v('customer'), 'c1'] }] },
    { in: [v('customer'), ['c1', 'c2']] },
  ]
  for (const source of conditions) {
    const { text, parameters } = sqlOf(source)
    const plan = db
      .prepare(`EXPLAIN QUERY PLAN SELECT id FROM "r_order" AS "o" WHERE ${text}`)
      .all(...parameters) as readonly { readonly detail: string }[]
    expect(plan[0]?.detail, JSON.stringify(source)).toMatch(/SEARCH .* USING (COVERING )?INDEX ix_/)
  }
  expect(sqlOf({ '==': [v('count_of_boxes'), 3] }, 'postgres').text).toBe('("o"."count_of_boxes" = CAST($1 AS bigint))')
  expect(sqlOf({ '<': [v('due_date'), v('$today')] }, 'postgres').text).toBe(
    '("o"."due_date" COLLATE "C" < CAST($1 AS text))',
  )
  db.close()
})

it('wraps what stands under not, so that an empty side is false there too', () => {
  expect(sqlOf({ not: { '>': [v('budget'), 5] } }, 'postgres').text).toBe(
    '(NOT coalesce(("o"."budget" > CAST($1 AS numeric)), false))',
  )
  expect(sqlOf({ not: v('paid') }).text).toBe('(NOT coalesce("o"."paid", 0))')
})

it('binds every value and quotes every name', () => {
  const hostile = 'x\'); DROP TABLE "r_order"; --'
  const { text, parameters } = sqlOf({
    or: [{ contains: [v('note'), hostile] }, { in: [v('number'), [hostile]] }, { '==': [v('customer.name'), hostile] }],
  })
  expect(text).not.toContain('DROP')
  expect(parameters.filter((value) => value === hostile).length).toBeGreaterThanOrEqual(3)
})

it('answers false for a rule over a user who is not signed in', () => {
  const answer = compileExpression({ in: ['sales', v('$user.roles')] }, place)
  if (!answer.ok) throw new Error('does not compile')
  const condition = expressionSql(answer.value, place, {
    dialect: 'sqlite',
    alias: 'o',
    around: { ...around, user: null },
    names: { table: sampleName },
  })
  expect(statementText(condition, 'sqlite').text).toBe('(1 = 0)')
})
