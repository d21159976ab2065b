/** True when the write changes the field. */
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { isSame } from '../comparing.ts'
import type { Value } from '../expression.ts'
import { call, type Evaluate, type Operator, type Site } from '../node.ts'

export const changed: Operator = {
  name: 'changed',
  meaning: { en: 'True when the write changes the field.', 'zh-CN': '本次写入修改了该字段时为真。' },
  example: 'changed(price)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'not in filters',
  check: checkChanged,
  compile: (args, nodes) => {
    const [now] = args as [Evaluate]
    const node = nodes[0]
    const name = node?.kind === 'read' ? node.name : ''
    return (scope) => !isSameValue(now(scope), scope.old?.[name] ?? null)
  },
}

function checkChanged(site: Site): ValueType | null {
  if (site.place.old !== true) return site.report('not-here', { name: 'changed' })
  const node = site.args[0]
  return node?.kind === 'read' && node.from === 'row' ? valueTypes.boolean : site.report('field-expected', {}, 0)
}

function isSameValue(left: Value, right: Value): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((value, index) => isSame(value, right[index] ?? null))
  return isSame(left, right)
}
