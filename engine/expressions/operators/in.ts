/** True when the value is one of the list; an empty value never is. */
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { isSame } from '../comparing.ts'
import type { Value } from '../expression.ts'
import type { Evaluate, Node, Operator, Site } from '../node.ts'
import { describeType, isAssignable, readLiteral } from '../type-rules.ts'

export const within: Operator = {
  name: 'in',
  meaning: {
    en: 'True when the value is one of the list; an empty value never is.',
    'zh-CN': '值在列表之中时为真；空值永远不在其中。',
  },
  example: 'status in ["draft", "sent"]',
  arity: { least: 2, most: 2 },
  text: { as: 'infix', symbol: 'in', level: 4 },
  filters: 'twin',
  check: checkIn,
  compile: (args, nodes) => {
    const [item, list] = args as [Evaluate, Evaluate]
    const texts = literalTexts(nodes[1])
    if (texts !== null) return (scope) => texts.has(item(scope))
    return (scope) => {
      const wanted = item(scope)
      const values = list(scope)
      if (wanted === null || !Array.isArray(values)) return false
      for (const value of values as readonly Value[]) if (isSame(value, wanted)) return true
      return false
    }
  },
}

function checkIn(site: Site): ValueType | null {
  const [item, list] = site.args
  if (item === undefined || list === undefined) return null
  if (list.type.is !== 'list')
    return site.report('type-mismatch', { expected: 'list', found: describeType(list.type) }, 1)
  if (list.kind === 'list' && !alignList(site)) return null
  const of = site.args[1]?.type.is === 'list' ? site.args[1].type.of : list.type.of
  if (item.kind === 'literal' && item.type.is === 'text' && readLiteral(item.value, of) === undefined)
    return site.report('unknown-option', { value: String(item.value) }, 0)
  const fits = item.type.is !== 'list' && (isAssignable(item.type, of) || isAssignable(of, item.type))
  return fits
    ? valueTypes.boolean
    : site.report('not-comparable', { left: describeType(item.type), right: describeType(list.type) })
}

/** The literals of the list take the type of the value that is looked for. */
function alignList(site: Site): boolean {
  const [item, list] = site.args
  if (item === undefined || list?.kind !== 'list' || item.type.is === 'empty') return true
  const values = list.values.map((value) => readLiteral(value, item.type))
  const stray = values.indexOf(undefined)
  if (stray < 0)
    site.args[1] = {
      ...list,
      values: values as Value[],
      type: {
        is: 'list',
        of: list.type.is === 'list' && typeof list.values[0] !== 'string' ? list.type.of : item.type,
      },
    }
  else
    site.report(
      item.type.is === 'text' ? 'unknown-option' : 'type-mismatch',
      { value: String(list.values[stray]), expected: describeType(item.type) },
      1,
    )
  return stray < 0
}

/** A literal list of texts as a set: the usual case of a choice. */
function literalTexts(list: Node | undefined): ReadonlySet<Value> | null {
  return list?.kind === 'list' && list.values.every((value) => typeof value === 'string') ? new Set(list.values) : null
}
