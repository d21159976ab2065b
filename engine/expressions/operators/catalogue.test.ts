/** The shelf of operators: complete, documented, and each with its word about filters. */
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sampleForm, sampleModel } from '#tests/support/sample-model.ts'
import type { Place } from '../expression.ts'
import { parseSyntax } from '../parse-text.ts'
import { printText } from '../text.ts'
import { operatorOf, operators } from './catalogue.ts'

const model = sampleModel()
const place: Place = { model, table: sampleForm(model, 'order') }

it('lists every file of the folder once', async () => {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((file) => !file.startsWith('catalogue'))
    .map((file) => file.replace('.ts', ''))
  expect(files).toHaveLength(operators.length)
  for (const file of files) {
    const module = (await import(`./${file}.ts`)) as Readonly<Record<string, unknown>>
    expect(
      Object.values(module).some((each) => operators.includes(each as never)),
      file,
    ).toBe(true)
  }
})

it('has every operator of the language and no stock one with another meaning', () => {
  const wanted = [
    'if',
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'and',
    'or',
    'not',
    'in',
    '+',
    '-',
    '*',
    '/',
    '%',
    'cat',
    'sum',
    'avg',
    'min',
    'max',
    'count',
    'some',
    'every',
    'empty',
    'coalesce',
    'round',
    'floor',
    'ceil',
    'abs',
    'today',
    'now',
    'date_add',
    'date_diff',
    'date',
    'year',
    'month',
    'day',
    'weekday',
    'lower',
    'upper',
    'trim',
    'starts_with',
    'ends_with',
    'contains',
    'length',
    'matches_email',
    'substr',
    'in_tree',
    'changed',
  ]
  expect(operators.map((operator) => operator.name).sort()).toEqual([...wanted].sort())
  for (const name of [
    '!',
    '!!',
    '===',
    '!==',
    'map',
    'filter',
    'reduce',
    'merge',
    'log',
    'missing',
    'all',
    'none',
    '__proto__',
    'constructor',
    'toString',
  ])
    expect(operatorOf(name)).toBeUndefined()
})

it('explains every operator in both languages with an example that parses', () => {
  for (const { name, meaning, example } of operators) {
    expect(Object.keys(meaning), name).toEqual(['en', 'zh-CN'])
    const syntax = parseSyntax(example, place)
    expect(syntax.ok && printText(syntax.parsed.json, place), name).toBe(example)
    expect(JSON.stringify(syntax.ok && syntax.parsed.json)).toContain(`{"${name}":`)
  }
})
