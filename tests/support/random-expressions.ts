/** Random typed expressions over the sample order form, and random records with empties, Chinese, emoji and long decimals. */
import fc, { type Arbitrary } from 'fast-check'
import { addToDate, formatDatetime } from '#base/dates.ts'
import { type Decimal, fromScaled } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import type { SampleRecords } from './sample-data.ts'

type Kind = 'number' | 'integer' | 'text' | 'boolean' | 'date' | 'moment'
/** Whose names stand bare: the record's, or those of a row (the record is then `$parent`). */
type Scope = 'record' | 'row'

const v = (path: string): Json => ({ var: path })
const vars = (...paths: readonly string[]): Arbitrary<Json> => fc.constantFrom(...paths.map(v))

const words = [
  '北京',
  '上海',
  '😀',
  'Ärger',
  'ÀÉ',
  'ａｂ',
  'Ω',
  'Привет',
  'hello',
  'World',
  'a',
  'b',
  'sales',
  'A-1',
  '~',
  '～',
  '%',
  '_',
  "O'Neill",
  '"q"',
  'x@example.com',
  ' ',
  '\u3000',
  '100',
  '𠮷',
  'ß',
]

const leaves: Readonly<Record<Scope, Readonly<Record<Kind, Arbitrary<Json>>>>> = {
  record: {
    number: fc.oneof(
      vars(
        'discount',
        'weight',
        'budget',
        'total',
        'customer.credit_limit',
        '$user.limit',
        '$record.credit_limit',
        'customer.team.leader.limit',
      ),
      decimalLiteral(),
    ),
    integer: fc.oneof(vars('count_of_boxes', 'year_of_plan', 'days_overdue'), fc.integer({ min: -12, max: 400 })),
    text: fc.oneof(
      vars('number', 'note', 'terms', 'customer.name', 'customer.tier', 'customer.team.name', '$user.name'),
      textLiteral(),
    ),
    boolean: fc.oneof(vars('paid', 'urgent', 'customer.active'), fc.boolean()),
    date: fc.oneof(vars('order_date', 'due_date', 'customer.since', '$today'), fc.constant<Json>({ today: [] })),
    moment: vars('shipped_at', '$now'),
  },
  row: {
    number: fc.oneof(
      vars('quantity', 'price', 'amount', '$parent.discount', '$parent.total', 'product.credit_limit'),
      decimalLiteral(),
    ),
    integer: fc.oneof(vars('boxes', '$parent.count_of_boxes'), fc.integer({ min: -12, max: 400 })),
    text: fc.oneof(vars('description', 'product.name', '$parent.note', '$parent.customer.name'), textLiteral()),
    boolean: fc.oneof(vars('free', '$parent.urgent', 'product.active'), fc.boolean()),
    date: vars('wanted', '$parent.due_date', 'product.since'),
    moment: vars('$parent.shipped_at', '$now'),
  },
}

const made = new Map<string, Arbitrary<Json>>()

/** An expression of one kind, at most `depth` operators deep. */
export function expression(kind: Kind, depth: number, scope: Scope = 'record'): Arbitrary<Json> {
  const key = `${kind} ${depth} ${scope}`
  const known = made.get(key)
  if (known !== undefined) return known
  const arbitrary = depth <= 0 ? leaves[scope][kind] : fc.oneof(leaves[scope][kind], ...compounds(kind, depth, scope))
  made.set(key, arbitrary)
  return arbitrary
}

function compounds(kind: Kind, depth: number, scope: Scope): readonly Arbitrary<Json>[] {
  const sub = (wanted: Kind) => expression(wanted, depth - 1, scope)
  const each = (wanted: Kind) => expression(wanted, depth - 1, 'row')
  const rows: Json = v(scope === 'record' ? 'lines' : '$parent.lines')
  const call = (name: string, ...args: readonly Arbitrary<Json>[]): Arbitrary<Json> =>
    fc.tuple(...args).map((values) => ({ [name]: values }))
  const choice = [
    call('if', sub('boolean'), sub(kind), sub(kind)),
    call('if', sub('boolean'), sub(kind)),
    call('coalesce', sub(kind), sub(kind)),
  ]
  const overRows = (name: string, wanted: Kind) => each(wanted).map((value): Json => ({ [name]: [rows, value] }))
  const extremes = [
    call('min', sub(kind), sub(kind)),
    call('max', sub(kind), sub(kind), sub(kind)),
    overRows('min', kind),
    overRows('max', kind),
  ]
  const number = fc.oneof(sub('number'), sub('integer'))
  switch (kind) {
    case 'number':
      return [
        ...choice,
        ...extremes,
        call('+', number, number),
        call('-', number, number),
        call('*', number, number),
        call('/', number, number),
        call('%', number, number),
        call('-', number),
        call('+', number, number, number),
        call('abs', number),
        overRows('sum', 'number'),
        overRows('avg', 'number'),
        call('round', number, fc.integer({ min: -3, max: 6 })),
      ]
    case 'integer':
      return [
        ...choice,
        ...extremes,
        call('+', sub('integer'), sub('integer')),
        call('round', number),
        call('floor', number),
        call('ceil', number),
        overRows('count', 'boolean'),
        overRows('count', 'text'),
        fc.constant<Json>({ count: [rows] }),
        call('length', sub('text')),
        call('year', sub('date')),
        call('month', sub('date')),
        call('day', sub('date')),
        call('weekday', sub('date')),
        overRows('sum', 'integer'),
        call('date_diff', sub('date'), sub('date'), fc.constantFrom<Json>('day', 'week', 'month', 'year')),
        call(
          'date_diff',
          sub('moment'),
          sub('moment'),
          fc.constantFrom<Json>('second', 'minute', 'hour', 'day', 'week', 'month', 'year'),
        ),
        ...(scope === 'record'
          ? [vars('labels', 'partners', 'customer.labels').map((list): Json => ({ length: list }))]
          : []),
      ]
    case 'text':
      return [
        ...choice,
        ...extremes,
        call('cat', sub('text'), sub('number'), sub('date')),
        call('cat', sub('text'), sub('text')),
        call('lower', sub('text')),
        call('upper', sub('text')),
        call('trim', sub('text')),
        call('substr', sub('text'), sub('integer')),
        call('substr', sub('text'), smallInteger(), smallInteger()),
      ]
    case 'boolean':
      return [
        ...choice,
        ...comparisons(sub, number),
        call('and', sub('boolean'), sub('boolean')),
        call('or', sub('boolean'), sub('boolean'), sub('boolean')),
        call('not', sub('boolean')),
        call('==', sub('boolean'), sub('boolean')),
        overRows('some', 'boolean'),
        overRows('every', 'boolean'),
        fc
          .oneof(sub('text'), sub('number'), sub('date'), sub('boolean'), fc.constant(rows))
          .map((value): Json => ({ empty: value })),
        call('starts_with', sub('text'), sub('text')),
        call('ends_with', sub('text'), sub('text')),
        call('contains', sub('text'), sub('text')),
        call('matches_email', sub('text')),
        ...(scope === 'record' ? recordConditions(sub) : []),
      ]
    case 'date':
      return [
        ...choice,
        ...extremes,
        call('date_add', sub('date'), sub('integer'), fc.constantFrom<Json>('day', 'week', 'month', 'year')),
        call('date', sub('moment')),
      ]
    case 'moment':
      return [
        ...choice,
        ...extremes,
        call(
          'date_add',
          sub('moment'),
          sub('integer'),
          fc.constantFrom<Json>('second', 'minute', 'hour', 'day', 'week', 'month', 'year'),
        ),
      ]
  }
}

function comparisons(sub: (kind: Kind) => Arbitrary<Json>, number: Arbitrary<Json>): readonly Arbitrary<Json>[] {
  const symbols = fc.constantFrom('<', '<=', '>', '>=', '==', '!=')
  const sides = [
    fc.tuple(number, number),
    fc.tuple(sub('text'), sub('text')),
    fc.tuple(sub('date'), sub('date')),
    fc.tuple(sub('moment'), sub('moment')),
    fc.tuple(number, fc.constant<Json>(null)),
  ]
  return sides.map((pair) => fc.tuple(symbols, pair).map(([symbol, both]): Json => ({ [symbol]: both as Json[] })))
}

function recordConditions(sub: (kind: Kind) => Arbitrary<Json>): readonly Arbitrary<Json>[] {
  const symbol = fc.constantFrom('==', '!=')
  const customers = fc.constantFrom<Json>('c1', 'c2', 'c9', v('$record.id'))
  return [
    fc.constantFrom<Json>(
      { '==': [v('terms'), 'cash'] },
      { '!=': [v('terms'), 'credit'] },
      { in: [v('terms'), ['cash', 'credit']] },
      { in: [v('customer.tier'), ['gold']] },
      { '==': [v('opens'), '09:30'] },
      { '>': [v('effort'), 'PT1H'] },
      { '<': [v('opens'), '12:00'] },
      { '>=': [v('order_date'), '2024-02-29'] },
      { in: ['sales', v('$user.roles')] },
      { in: [v('note'), v('$user.roles')] },
      { empty: v('contract') },
      { empty: v('labels') },
      { empty: v('partners') },
      { empty: v('customer.labels') },
      { in_tree: [v('customer.team'), v('$user.team')] },
      { in_tree: [v('customer.team'), 't1'] },
      { in_tree: [v('$user.team'), v('customer.team')] },
      { '==': [v('customer.team.leader'), v('$user.id')] },
      { '!=': [v('customer.team.leader'), v('$user.id')] },
      { '==': [v('about'), 'customer/c1'] },
      { '!=': [v('customer.id'), v('customer')] },
      { '==': [v('id'), 'o1'] },
    ),
    fc.tuple(symbol, customers).map(([name, id]): Json => ({ [name]: [v('customer'), id] })),
    customers.map((id): Json => ({ in: [id, v('partners')] })),
    fc
      .tuple(sub('text'), fc.constantFrom('labels', 'customer.labels'))
      .map(([text, list]): Json => ({ in: [text, v(list)] })),
    fc
      .tuple(sub('text'), fc.array(textLiteral(), { minLength: 1, maxLength: 4 }))
      .map(([text, list]): Json => ({ in: [text, list] })),
    fc
      .tuple(
        sub('number'),
        fc.array(fc.oneof(decimalLiteral(), fc.integer({ min: -5, max: 50 })), { minLength: 1, maxLength: 4 }),
      )
      .map(([number, list]): Json => ({ in: [number, list] })),
  ]
}

function decimalLiteral(): Arbitrary<Json> {
  return fc.constantFrom<Json>(
    0,
    1,
    -1,
    0.1,
    0.005,
    2.5,
    -2.5,
    10,
    100,
    1000000,
    12345678.9,
    99999999999999.9,
    999999999999999,
    0.000001,
    7,
    3,
  )
}

function textLiteral(): Arbitrary<string> {
  return fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''))
}

function smallInteger(): Arbitrary<Json> {
  return fc.oneof(fc.integer({ min: -6, max: 6 }), fc.constant<Json>(null))
}

const maybe = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | null> => fc.option(arbitrary, { freq: 3 })

/** At most 15 digits at this scale; small, long, negative and zero alike. */
function decimal(scale: number): Arbitrary<Decimal> {
  const sizes = [20, 5000, 10 ** 8, 10 ** 15 - 1].map((size) => fc.integer({ min: -size, max: size }))
  return fc.oneof(...sizes).map((coefficient) => fromScaled(coefficient, scale))
}

const integer = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -3000, max: 3000 }), fc.maxSafeInteger())
const date = fc
  .oneof(
    fc.integer({ min: -400, max: 400 }),
    fc.integer({ min: -30_000, max: 30_000 }),
    fc.integer({ min: -720_000, max: 2_900_000 }),
  )
  .map((days) => addToDate('2024-02-29', days, 'day') ?? '2024-02-29')
const moment = fc.integer({ min: 0, max: 2_000_000_000_000 }).map(formatDatetime)
const labels = fc.uniqueArray(fc.constantFrom(...words.slice(0, 12)), { minLength: 1, maxLength: 3 })
const id = (...ids: readonly string[]) => fc.constantFrom(...ids)

const line = fc.record({
  product: maybe(id('c1', 'c2', 'c3', 'c9')),
  description: maybe(textLiteral()),
  quantity: maybe(decimal(3)),
  price: maybe(decimal(2)),
  boxes: maybe(integer),
  wanted: maybe(date),
  free: maybe(fc.boolean()),
  amount: maybe(decimal(2)),
})

const order = fc.record({
  number: maybe(textLiteral()),
  note: maybe(textLiteral()),
  customer: maybe(id('c1', 'c2', 'c3', 'c9')),
  terms: maybe(fc.constantFrom('cash', 'credit')),
  order_date: maybe(date),
  due_date: maybe(date),
  shipped_at: maybe(moment),
  opens: maybe(fc.constantFrom('09:30', '12:00', '23:59')),
  effort: maybe(fc.integer({ min: 0, max: 100_000 })),
  paid: maybe(fc.boolean()),
  urgent: maybe(fc.boolean()),
  count_of_boxes: maybe(integer),
  year_of_plan: maybe(integer),
  discount: maybe(decimal(2)),
  weight: maybe(decimal(4)),
  budget: maybe(decimal(0)),
  total: maybe(decimal(2)),
  open_amount: maybe(decimal(2)),
  labels: maybe(labels),
  partners: maybe(fc.uniqueArray(id('c1', 'c2', 'c3'), { minLength: 1 })),
  about: maybe(fc.constantFrom('customer/c1', 'order/o1')),
  contract: maybe(fc.constant([{ id: 'f1' }])),
  lines: fc.array(line, { maxLength: 4 }),
})

const customer = fc.record({
  name: maybe(textLiteral()),
  tier: maybe(fc.constantFrom('gold', 'silver', 'bronze')),
  credit_limit: maybe(decimal(2)),
  since: maybe(date),
  active: maybe(fc.boolean()),
  team: maybe(id('t1', 't2', 't3')),
  labels: maybe(labels),
})

/** Forty orders with their lines, three customers, three teams in a tree, two users. */
export const records: Arbitrary<SampleRecords> = fc.record({
  order: fc.array(order, { minLength: 1, maxLength: 40, size: 'max' }).map((orders) =>
    orders.map((each, index) => ({
      ...each,
      id: `o${index}`,
      lines: each.lines.map((row, at) => ({ ...row, id: `o${index}l${at}` })),
    })),
  ),
  customer: fc
    .tuple(customer, customer, customer)
    .map((all) => all.map((each, index) => ({ ...each, id: `c${index + 1}` }))),
  user: fc
    .tuple(maybe(decimal(2)), maybe(decimal(2)))
    .map((limits) => limits.map((limit, index) => ({ id: `u${index + 1}`, name: `用户${index}`, team: 't2', limit }))),
  team: fc.constant([
    { id: 't1', name: '华东', parent: null, leader: 'u1' },
    { id: 't2', name: 'East', parent: 't1', leader: 'u2' },
    { id: 't3', name: null, parent: 't2', leader: null },
  ]),
}) as unknown as Arbitrary<SampleRecords>
