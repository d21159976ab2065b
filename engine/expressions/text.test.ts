/** Formula text: the worked examples, precedence, and the exact place of every error. */
import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { sampleForm, sampleModel, sampleTable } from '#tests/support/sample-model.ts'
import type { Place } from './expression.ts'
import { parseSyntax } from './parse-text.ts'
import { parseText, printText } from './text.ts'

const model = sampleModel()
const place: Place = { model, table: sampleForm(model, 'order'), user: true, time: true, links: true, old: true }
const v = (path: string): Json => ({ var: path })

function parsed(text: string, at: Place = place): Json {
  const answer = parseText(text, at)
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues))
  return answer.value
}

function problems(text: string): readonly string[] {
  const answer = parseText(text, place)
  return answer.ok
    ? []
    : answer.issues.map(
        ({ code, span }) => `${code} ${JSON.stringify(text.slice(span.start, span.end))} at ${span.start}`,
      )
}

it('reads formulas as people write them', () => {
  expect(parsed('sum(lines.amount) * (1 - discount / 100)')).toEqual({
    '*': [{ sum: [v('lines'), v('amount')] }, { '-': [1, { '/': [v('discount'), 100] }] }],
  })
  expect(parsed('if(total > 1000, "big", \'small\')')).toEqual({ if: [{ '>': [v('total'), 1000] }, 'big', 'small'] })
  expect(parsed('terms in ["cash", "credit"]')).toEqual({ in: [v('terms'), ['cash', 'credit']] })
  expect(parsed('number & " · " & customer.name')).toEqual({ cat: [v('number'), ' · ', v('customer.name')] })
  expect(parsed('not paid and total >= 1 or urgent')).toEqual({
    or: [{ and: [{ not: v('paid') }, { '>=': [v('total'), 1] }] }, v('urgent')],
  })
  expect(parsed('not total == 1')).toEqual({ not: { '==': [v('total'), 1] } })
  expect(parsed('1 - 2 - 3 + 4 + 5')).toEqual({ '+': [{ '-': [{ '-': [1, 2] }, 3] }, 4, 5] })
  expect(parsed('(1 + 2) + 3')).toEqual({ '+': [{ '+': [1, 2] }, 3] })
  expect(parsed('-total * -5')).toEqual({ '*': [{ '-': v('total') }, -5] })
  expect(parsed('max(lines.price)')).toEqual({ max: [v('lines'), v('price')] })
  expect(parsed('count(lines, quantity > $parent.discount)')).toEqual({
    count: [v('lines'), { '>': [v('quantity'), v('$parent.discount')] }],
  })
  expect(parsed('today() == $today and empty(due_date)')).toEqual({
    and: [{ '==': [{ today: [] }, v('$today')] }, { empty: v('due_date') }],
  })
  expect(parsed('"a\\"b\\n\\u4eac" == note')).toEqual({ '==': ['a"b\n京', v('note')] })
  const row: Place = { model, table: sampleTable(model, 'order', 'lines'), parent: sampleForm(model, 'order') }
  expect(parsed('amount / sum($parent.lines.amount)', row)).toEqual({
    '/': [v('amount'), { sum: [v('$parent.lines'), v('amount')] }],
  })
})

it('prints with as few parentheses as the meaning allows', () => {
  const texts = [
    'sum(lines.amount) * (1 - discount / 100)',
    'a - (b - c)',
    'a - b - c',
    '(a + b) + c',
    'a + b + c - d',
    '-(-a)',
    '-(5)',
    '-5',
    '(not a) == b',
    'not (a and b) or c',
    '(a == b) == true',
    'if(a, b, c)',
    'cat(a)',
    'a & b & (c & d)',
    '`in` in [1, 2.5, null]',
    '-(a * b)',
    '-a * b',
    'max(lines, amount)',
    'sum(lines, a + $parent.b)',
    'not not a',
  ]
  for (const text of texts) expect(printText(syntaxOnly(text))).toBe(text)
})

it('puts every problem under the exact part of the text', () => {
  expect(problems('totl + 1')).toEqual(['unknown-field "totl" at 0'])
  expect(problems('total + note')).toEqual(['type-mismatch "note" at 8'])
  expect(problems('sum(lines.amonut) > 1')).toEqual(['unknown-field "amonut" at 10'])
  expect(problems('sum(lins.amount) > 1')).toEqual(['unknown-field "lins" at 4', 'unknown-field "amount" at 9'])
  expect(problems('terms == "cheque"')).toEqual(['unknown-option "\\"cheque\\"" at 9'])
  expect(problems('total > ')).toEqual(['value-expected "" at 8'])
  expect(problems('foo(1)')).toEqual(['unknown-operator "foo" at 0'])
  expect(problems('round(1, 2')).toEqual(['symbol-expected "" at 10'])
  expect(problems('1 < 2 < 3')).toEqual(['comparison-chain "<" at 6'])
  expect(problems('note == "abc')).toEqual(['text-not-closed "\\"abc" at 8'])
  expect(problems('total ? 1')).toEqual(['unexpected-character "?" at 6'])
  expect(problems('total 1')).toEqual(['unexpected "1" at 6'])
  expect(problems('abs(total, 1)')).toEqual(['wrong-arity "abs(total, 1)" at 0'])
  expect(problems(`${'('.repeat(100)}1`)).toEqual(['too-deep "(" at 64'])
  expect(problems('("x" == note) == (note > 5)')).toEqual(['not-comparable "note > 5" at 18'])
})

/** The tree of the parser without the check: these texts name fields that no form has. */
function syntaxOnly(text: string): Json {
  const answer = parseSyntax(text)
  if (!answer.ok) throw new Error(`${text}: ${answer.issue.code}`)
  return answer.parsed.json
}
