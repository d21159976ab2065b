/** What may be typed at a place of a formula text: fields by name or label in either language, and operators. */
import type { Text } from '#base/text.ts'
import type { Model, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { rowPlace } from './check.ts'
import type { Place } from './expression.ts'
import { operators } from './operators/catalogue.ts'
import { memberOf, namesOf, resolvePath, tableOf } from './resolve.ts'
import type { Span } from './tokens.ts'

export interface Completion {
  readonly text: string
  readonly kind: 'field' | 'scope' | 'operator'
  readonly type?: ValueType
  readonly label?: Text
}

/** The options for the word that ends at `offset`, and the span that an option replaces. */
export function completionsAt(
  text: string,
  offset: number,
  place: Place,
): Span & { readonly options: readonly Completion[] } {
  const before = text.slice(0, offset)
  const path = /[$A-Za-z_\u0080-\uffff][\w$.\u0080-\uffff]*$/.exec(before)?.[0] ?? ''
  const word = path.slice(path.lastIndexOf('.') + 1)
  const base = path.slice(0, Math.max(path.lastIndexOf('.'), 0))
  const here = placeAt(before.slice(0, before.length - path.length), place)
  const options =
    base === '' ? [...membersOf(here.table, here.model), ...scopesOf(here), ...calls] : membersBelow(base, here)
  return { start: offset - word.length, end: offset, options: options.filter((option) => isMeant(option, word)) }
}

const calls: readonly Completion[] = operators.map(({ name, meaning, text }) => ({
  text: text.as === 'call' ? `${name}(` : text.symbol,
  kind: 'operator',
  label: meaning,
}))

/** Behind `sum(lines, ` the names are those of a row. */
function placeAt(before: string, place: Place): Place {
  const match = /([a-z_]+)\(\s*(\$?\w+(?:\.\w+)?)\s*,[^()]*$/.exec(before)
  const operator = operators.find((each) => each.name === match?.[1])
  if (operator?.overRows === undefined) return place
  const resolved = resolvePath(match?.[2] ?? '', place, '')
  return 'node' in resolved && resolved.node.kind === 'rows' ? rowPlace(place, resolved.node) : place
}

function membersBelow(base: string, place: Place): readonly Completion[] {
  const scope = scopeTable(base, place)
  if (scope !== null) return membersOf(scope, place.model)
  const resolved = resolvePath(base, place, '')
  if (!('node' in resolved)) return []
  const { node } = resolved
  if (node.kind === 'rows') return membersOf(node.rows, place.model)
  const table = node.type.is === 'record' ? tableOf(place.model, node.type.form, node.type.table) : null
  return table === null || place.links !== true ? [] : membersOf(table, place.model)
}

function scopeTable(name: string, place: Place): TableModel | null {
  switch (name) {
    case '$parent':
      return place.parent ?? place.recordParent ?? null
    case '$record':
      return place.record ?? null
    case '$old':
      return place.old === true ? place.table : null
    case '$user':
      return place.user === true ? (place.model.forms.get('user') ?? null) : null
    default:
      return null
  }
}

function scopesOf(place: Place): readonly Completion[] {
  const names = ['$parent', '$record', '$old', '$user'].filter((name) => scopeTable(name, place) !== null)
  const moments = place.time === true ? ['$today', '$now'] : []
  return [...names, ...moments, ...(place.extra?.keys() ?? [])].map((text) => ({ text, kind: 'scope' }))
}

function membersOf(table: TableModel, model: Model): readonly Completion[] {
  return namesOf(table, model).map((name) => {
    const member = memberOf(table, name, model)
    const label = member?.field?.definition.label
    return {
      text: name,
      kind: 'field',
      ...(member === null ? {} : { type: member.type }),
      ...(label === undefined ? {} : { label }),
    }
  })
}

/** By the beginning of the name, or any part of a label. */
function isMeant({ text, label }: Completion, word: string): boolean {
  const wanted = word.toLowerCase()
  const labels = label === undefined ? [] : typeof label === 'string' ? [label] : Object.values(label)
  return (
    text.toLowerCase().startsWith(wanted) ||
    (wanted !== '' && labels.some((each) => each.toLowerCase().includes(wanted)))
  )
}
