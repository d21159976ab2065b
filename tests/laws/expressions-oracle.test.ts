/** Law: where the semantics agree on purpose, the closures answer as json-logic-js does. The exclusions are listed in the decision record. */
import fc, { type Arbitrary } from 'fast-check'
import jsonLogic from 'json-logic-js'
import { expect, it } from 'vitest'
import { formatDecimal, isDecimal } from '#base/decimal.ts'
import { isObject, type Json } from '#base/json.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Place, Row, Surroundings } from '#expressions/expression.ts'
import { sampleForm, sampleModel } from '#tests/support/sample-model.ts'

const model = sampleModel({
  thing: {
    a: { type: { is: 'integer' } },
    b: { type: { is: 'integer' } },
    c: { type: { is: 'integer' } },
    s: { type: { is: 'text' } },
    t: { type: { is: 'text' } },
    p: { type: { is: 'boolean' } },
    q: { type: { is: 'boolean' } },
    rows: {
      type: { is: 'rows', table: 'rows' },
      columns: { n: { type: { is: 'integer' } }, w: { type: { is: 'text' } }, f: { type: { is: 'boolean' } } },
    },
  },
})
const place: Place = { model, table: sampleForm(model, 'thing') }
const around: Surroundings = { now: '2024-01-01T00:00:00.000Z', today: '2024-01-01', zone: 'UTC', user: null }
const theirNames: Readonly<Record<string, string>> = { not: '!', every: 'all' }

const v = (path: string): Json => ({ var: path })
const small = fc.integer({ min: -50, max: 50 })
const ascii = fc.string({ minLength: 1, maxLength: 6 })

type Kind = 'integer' | 'text' | 'boolean'
type Scope = 'record' | 'row'
const leaves: Readonly<Record<Scope, Readonly<Record<Kind, Arbitrary<Json>>>>> = {
  record: {
    integer: fc.oneof(fc.constantFrom(v('a'), v('b'), v('c')), small),
    text: fc.oneof(fc.constantFrom(v('s'), v('t')), ascii),
    boolean: fc.oneof(fc.constantFrom(v('p'), v('q')), fc.boolean()),
  },
  row: {
    integer: fc.oneof(fc.constantFrom(v('n')), small),
    text: fc.oneof(fc.constantFrom(v('w')), ascii),
    boolean: fc.oneof(fc.constantFrom(v('f')), fc.boolean()),
  },
}

function common(kind: Kind, depth: number, scope: Scope = 'record'): Arbitrary<Json> {
  if (depth === 0) return leaves[scope][kind]
  const sub = (wanted: Kind) => common(wanted, depth - 1, scope)
  const call = (name: string, ...args: readonly Arbitrary<Json>[]): Arbitrary<Json> =>
    fc.tuple(...args).map((values) => ({ [name]: values }))
  const choice = call('if', sub('boolean'), sub(kind), sub('boolean'), sub(kind), sub(kind))
  if (kind === 'text')
    return fc.oneof(
      leaves[scope].text,
      choice,
      call('cat', sub('text'), sub('integer')),
      call('substr', sub('text'), fc.constant<Json>(0), fc.constantFrom<Json>(1, 2, 3)).filter(isFilled),
    )
  if (kind === 'integer') {
    return fc.oneof(
      choice,
      call('+', sub(kind), sub(kind), sub(kind)),
      call('-', sub(kind), sub(kind)),
      call('-', sub(kind)),
      call('*', sub(kind), sub(kind)),
      call('%', sub(kind), fc.integer({ min: 1, max: 9 })),
      call('min', sub(kind), sub(kind)),
      call('max', sub(kind), sub(kind), sub(kind)),
    )
  }
  const comparison = fc
    .tuple(
      fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
      fc.oneof(fc.tuple(sub('integer'), sub('integer')), fc.tuple(sub('text'), sub('text'))),
    )
    .map(([name, sides]): Json => ({ [name]: sides }))
  const overRows =
    scope === 'row'
      ? []
      : [
          fc
            .constantFrom('some', 'every')
            .chain((name) => common('boolean', depth - 1, 'row').map((each): Json => ({ [name]: [v('rows'), each] }))),
        ]
  return fc.oneof(
    choice,
    comparison,
    call('and', sub('boolean'), sub('boolean'), sub('boolean')),
    call('or', sub('boolean'), sub('boolean')),
    sub('boolean').map((each): Json => ({ not: each })),
    fc.tuple(sub('integer'), fc.array(small, { minLength: 1, maxLength: 5 })).map((pair): Json => ({ in: pair })),
    fc.tuple(sub('text'), fc.array(ascii, { minLength: 1, maxLength: 5 })).map((pair): Json => ({ in: pair })),
    ...overRows,
  )
}

function isFilled(source: Json): boolean {
  return source !== null
}

/** The same expression in their names; the check of ours wants no other change. */
function theirs(source: Json): Json {
  if (Array.isArray(source)) return source.map((item: Json) => theirs(item))
  if (!isObject(source)) return source
  return Object.fromEntries(Object.entries(source).map(([name, args]) => [theirNames[name] ?? name, theirs(args)]))
}

const record = fc.record({
  a: small,
  b: small,
  c: small,
  s: ascii,
  t: ascii,
  p: fc.boolean(),
  q: fc.boolean(),
  rows: fc.array(fc.record({ n: small, w: ascii, f: fc.boolean() }), { minLength: 1, maxLength: 4 }),
})

it('answers as json-logic-js on filled whole numbers, texts and booleans', () => {
  const any = fc.oneof(
    ...(['integer', 'text', 'boolean'] as const).flatMap((kind) => [common(kind, 1), common(kind, 2), common(kind, 3)]),
  )
  fc.assert(
    fc.property(any, fc.array(record, { minLength: 4, maxLength: 4 }), (source, rows) => {
      const answer = compileExpression(source, place)
      if (!answer.ok) throw new Error(JSON.stringify(answer.issues))
      for (const row of rows) {
        const ours = answer.value.evaluate({ row: row as Row, around })
        expect(isDecimal(ours) ? Number(formatDecimal(ours)) : ours).toEqual(
          settle(jsonLogic.apply(theirs(source) as never, row)),
        )
      }
    }),
    { numRuns: 3000 },
  )
})

/** Their empty text is our empty, their −0 our 0. */
function settle(value: unknown): unknown {
  return value === '' ? null : value === 0 ? 0 : value
}
