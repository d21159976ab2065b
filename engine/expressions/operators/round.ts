/** Rounded half away from zero to so many decimals, none when left out. */
import type { ValueType } from '#definitions/value-type.ts'
import { compileUnary, digitsOf } from '../arithmetic.ts'
import { call, type Operator, type Site } from '../node.ts'
import { round } from '../numbers.ts'
import { needType } from '../type-rules.ts'

export const roundTo: Operator = {
  name: 'round',
  meaning: {
    en: 'Rounded half away from zero to so many decimals, none when left out.',
    'zh-CN': '四舍五入到指定的小数位，省略则取整。',
  },
  example: 'round(price * 1.13, 2)',
  arity: { least: 1, most: 2 },
  text: call,
  filters: 'twin',
  check: checkRound,
  compile: (args, nodes) => {
    const digits = digitsOf(nodes[1])
    return compileUnary(args, (value) => round(value, digits))
  },
}

function checkRound(site: Site): ValueType | null {
  if (!needType(site, 0, 'integer', 'decimal', 'duration')) return null
  const digits = site.args[1]
  const given = digits?.kind === 'literal' ? digits.value : 0
  if (digits !== undefined && (digits.kind !== 'literal' || typeof given !== 'number' || Math.abs(given) > 12))
    return site.report('digits-expected', { least: -12, most: 12 }, 1)
  const type = site.args[0]?.type
  if (typeof given !== 'number' || given <= 0 || type?.is !== 'decimal') return { is: 'integer' }
  return { is: 'decimal', scale: Math.min(given, type.scale) }
}
