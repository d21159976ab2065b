/** The value beside the first condition that holds, else the last value. */
import type { ValueType } from '#definitions/value-type.ts'
import { call, type Evaluate, type Operator, type Site } from '../node.ts'
import { joinTypes, needType } from '../type-rules.ts'

export const ifThenElse: Operator = {
  name: 'if',
  meaning: {
    en: 'The value beside the first condition that holds, else the last value.',
    'zh-CN': '第一个成立的条件所对应的值，否则为最后一个值。',
  },
  example: 'if(total > 1000, "big", "small")',
  arity: { least: 2, most: 41 },
  text: call,
  filters: 'twin',
  check: checkIf,
  compile: compileIf,
}

function checkIf(site: Site): ValueType | null {
  const values: number[] = []
  for (const index of site.args.keys()) {
    const isValue = index % 2 === 1 || index === site.args.length - 1
    if (isValue) values.push(index)
    else if (!needType(site, index, 'boolean')) return null
  }
  return joinTypes(site, values)
}

function compileIf(args: readonly Evaluate[]): Evaluate {
  const [condition, then, ...rest] = args as [Evaluate, Evaluate | undefined, ...Evaluate[]]
  if (then === undefined) return condition
  const otherwise = rest.length === 0 ? () => null : compileIf(rest)
  return (scope) => (condition(scope) === true ? then(scope) : otherwise(scope))
}
