/**
 * Closures against json-logic-js on the order formulas, as production runs them: no test runner's module wrapping.
 * `node --import tsx tests/bench/expressions.ts` prints one JSON line: nanoseconds of both and how
 * many times faster ours is; milliseconds of one edit in a thousand rows, and of compiling five hundred formulas.
 */
import jsonLogic from 'json-logic-js'
import { formatDecimal, isDecimal, parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Place, Scope, Surroundings } from '#expressions/expression.ts'
import { compileForm } from '#expressions/form-program.ts'
import { LiveRecord } from '#expressions/live-record.ts'
import { orderForms, sampleForm, sampleModel, sampleTable } from '#tests/support/sample-model.ts'

const model = sampleModel()
const row: Place = { model, table: sampleTable(model, 'order', 'lines'), parent: sampleForm(model, 'order') }
const record: Place = { model, table: sampleForm(model, 'order') }
const around: Surroundings = { now: '2024-05-15T10:00:00.000Z', today: '2024-05-15', zone: 'UTC', user: null }
const v = (path: string): Json => ({ var: path })

/** The same formula in both languages: json-logic-js has no `round`, no `$parent` and no `sum`, so it gets the nearest it can. */
interface Pair {
  readonly name: string
  readonly place: Place
  readonly ours: Json
  readonly theirs: Json
}
const product: Json = { '*': [v('quantity'), v('price'), { '-': [1, { '/': [v('$parent.discount'), 100] }] }] }
const pairs: readonly Pair[] = [
  {
    name: 'amount of a line',
    place: row,
    ours: { round: [product, 2] },
    theirs: { '*': [v('quantity'), v('price'), { '-': [1, { '/': [v('discount'), 100] }] }] },
  },
  {
    name: 'quantity times price less discount',
    place: row,
    ours: { '*': [v('quantity'), { '-': [v('price'), v('$parent.discount')] }] },
    theirs: { '*': [v('quantity'), { '-': [v('price'), v('discount')] }] },
  },
  {
    name: 'total of ten lines',
    place: record,
    ours: { sum: [v('lines'), v('amount')] },
    theirs: { reduce: [v('lines'), { '+': [v('accumulator'), v('current.amount')] }, 0] },
  },
  {
    name: 'a condition',
    place: record,
    ours: { and: [{ '>': [v('total'), 1000] }, { in: [v('terms'), ['cash', 'credit']] }] },
    theirs: { and: [{ '>': [v('total'), 1000] }, { in: [v('terms'), ['cash', 'credit']] }] },
  },
]

function decimal(text: string) {
  const value = parseDecimal(text)
  if (value === null) throw new Error(text)
  return value
}

const order = {
  total: decimal('2249.91'),
  terms: 'credit',
  discount: decimal('10'),
  lines: Array.from({ length: 10 }, () => ({ amount: decimal('224.99') })),
}
const line = { quantity: decimal('3'), price: decimal('49.99') }
const plain = {
  total: 2249.91,
  terms: 'credit',
  discount: 10,
  quantity: 3,
  price: 49.99,
  lines: Array.from({ length: 10 }, () => ({ amount: 224.99 })),
}

/** Nanoseconds per call: the best of several rounds, so that a busy machine does not decide. */
function best(work: () => unknown): number {
  const calls = 10_000
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < 8; round += 1) {
    const start = performance.now()
    for (let call = 0; call < calls; call += 1) work()
    fastest = Math.min(fastest, ((performance.now() - start) * 1e6) / calls)
  }
  return fastest
}

function measure({ name, place, ours, theirs }: Pair): Readonly<Record<string, unknown>> {
  const answer = compileExpression(ours, place)
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues))
  const scope: Scope = place === row ? { row: line, parent: order, around } : { row: order, around }
  const value = answer.value.evaluate(scope)
  const [found, reference] = [isDecimal(value) ? Number(formatDecimal(value)) : value, jsonLogic.apply(theirs, plain)]
  // Correctness before speed; theirs is a float, so it counts to the first decimal.
  const same =
    typeof found === 'number' && typeof reference === 'number'
      ? found.toFixed(1) === reference.toFixed(1)
      : found === reference
  if (!same) throw new Error(`${name}: ${String(found)} is not ${String(reference)}`)
  const [ownNs, otherNs] = [best(() => answer.value.evaluate(scope)), best(() => jsonLogic.apply(theirs, plain))]
  return {
    name,
    ownNs: Math.round(ownNs),
    otherNs: Math.round(otherNs),
    times: Math.round((otherNs / ownNs) * 10) / 10,
  }
}

/** Median milliseconds of one edit in an order of a thousand rows. */
function editMs(): number {
  const rows = Array.from({ length: 1000 }, (_, index) => ({ id: `l${index}`, quantity: '2', price: `${index}.25` }))
  const live = new LiveRecord(compileForm(model, 'order'), { discount: '10', lines: rows }, around)
  live.recompute()
  const times = Array.from({ length: 200 }, (_, edit) => {
    const start = performance.now()
    live.setCell('lines', 'l500', 'quantity', String(edit % 7))
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[100] ?? Number.NaN
}

/** Best milliseconds to compile a form with five hundred formulas. */
function compileMs(): number {
  const formula = (index: number): Json => ({
    round: [{ '*': [v('discount'), { '+': [v(index === 0 ? 'total' : `f${index - 1}`), 1] }] }, 2],
  })
  const fields = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [
      `f${index}`,
      { type: { is: 'decimal', scale: 2 } as const, definition: { formula: formula(index) } },
    ]),
  )
  const times = Array.from({ length: 30 }, () => {
    const wide = sampleModel({ ...orderForms, order: { ...orderForms['order'], ...fields } })
    const start = performance.now()
    compileForm(wide, 'order')
    return performance.now() - start
  })
  return Math.min(...times)
}

process.stdout.write(`${JSON.stringify({ formulas: pairs.map(measure), editMs: editMs(), compileMs: compileMs() })}\n`)
