/** From a path such as `customer.tier` or `$parent.discount` to a typed read, or the issue that stands in its way. */

import type { Json } from '#base/json.ts'
import { isName } from '#base/names.ts'
import type { Text } from '#base/text.ts'
import type { FieldModel, Model, TableModel } from '#definitions/model.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import type { Place } from './expression.ts'
import type { Hop, LinkNode, Node, Origin, ReadNode } from './node.ts'

export const maxHops = 3

export interface NameIssue {
  readonly code: string
  readonly params: Readonly<Record<string, Json>>
  readonly hint?: Text
}
export type Resolved = { readonly node: Node } | { readonly issue: NameIssue }

interface Member {
  readonly type: ValueType
  readonly field?: FieldModel
}

/** What `{"var": path}` means at this place. `$now` and `$today` are calls and not resolved here. */
export function resolvePath(path: string, place: Place, pointer: string): Resolved {
  const extra = place.extra?.get(path)
  if (extra !== undefined) return { node: { kind: 'read', from: 'extra', name: path, type: extra, pointer } }
  const parts = path.split('.')
  const head = parts[0] ?? ''
  const names = head.startsWith('$') ? parts.slice(1) : parts
  const bad = names.find((name) => !isName(name))
  if (bad !== undefined || names.length === 0) return failed('unknown-field', { name: path })
  const start = head.startsWith('$') ? scopeOf(head, place) : { from: 'row' as const, table: place.table }
  if (start === null)
    return failed('not-here', { name: head }, { en: `${head} cannot be read here.`, 'zh-CN': `此处不能读取 ${head}。` })
  return follow({ start, names, path, place, pointer })
}

/** Every name that may stand at this place, for completion: the fields of the record first. */
export function namesOf(table: TableModel, model: Model): readonly string[] {
  return [...table.fields.keys(), ...systemNames(table, model)]
}

/** The member `name` of a record or row; null where there is none. */
export function memberOf(table: TableModel, name: string, model: Model): Member | null {
  const field = table.fields.get(name)
  if (field !== undefined) return { type: field.type, field }
  if (name === 'id')
    return { type: { is: 'record', form: table.form, ...(table.table === undefined ? {} : { table: table.table }) } }
  return table.table === undefined ? systemMember(table.form, name, model) : null
}

interface Start {
  readonly from: Origin
  readonly table: TableModel | null
}

function scopeOf(head: string, place: Place): Start | null {
  switch (head) {
    case '$parent':
      if (place.parent !== undefined) return { from: 'parent', table: place.parent }
      return place.recordParent === undefined ? null : { from: 'recordParent', table: place.recordParent }
    case '$record':
      return place.record === undefined ? null : { from: 'record', table: place.record }
    case '$old':
      return place.old === true ? { from: 'old', table: place.table } : null
    case '$user':
      return place.user === true ? { from: 'user', table: place.model.forms.get('user') ?? null } : null
    default:
      return null
  }
}

interface Walk {
  readonly start: Start
  readonly names: readonly string[]
  readonly path: string
  readonly place: Place
  readonly pointer: string
}

function follow({ start, names, path, place, pointer }: Walk): Resolved {
  const name = names[0] ?? ''
  const member =
    start.from === 'user'
      ? userMember(name, start.table, place.model)
      : start.table === null
        ? null
        : memberOf(start.table, name, place.model)
  if (member === null) return unknownField(name, start.table, place.model)
  if (place.sql === true && member.field?.definition.encrypted === true) return failed('not-in-filters', { name })
  if (member.type.is === 'rows') return rowsNode({ start, names, path, place, pointer }, member)
  const base: ReadNode = {
    kind: 'read',
    from: start.from,
    name,
    type: member.type,
    pointer,
    ...(member.field === undefined ? {} : { field: member.field }),
  }
  if (names.length === 1) return { node: base }
  return followLinks(base, { start, names, path, place, pointer })
}

function followLinks(base: ReadNode, { names, path, place, pointer }: Walk): Resolved {
  if (place.links !== true)
    return failed(
      'link-not-here',
      { name: path },
      { en: 'Only fields of the record itself can be read here.', 'zh-CN': '此处只能读取本记录自身的字段。' },
    )
  if (names.length - 1 > maxHops) return failed('path-too-long', { name: path, limit: maxHops })
  const hops: Hop[] = []
  let type = base.type
  for (const name of names.slice(1)) {
    if (type.is !== 'record') return failed('not-a-link', { name: names[hops.length] ?? '', path })
    const table = tableOf(place.model, type.form, type.table)
    const member = table === null ? null : memberOf(table, name, place.model)
    if (member === null) return unknownField(name, table, place.model)
    if (place.sql === true && member.field?.definition.encrypted === true) return failed('not-in-filters', { name })
    hops.push({
      form: type.form,
      name,
      ...(type.table === undefined ? {} : { table: type.table }),
      ...(member.field === undefined ? {} : { field: member.field }),
    })
    type = member.type
  }
  if (type.is === 'rows') return failed('rows-over-link', { name: path })
  return { node: { kind: 'link', base, hops, type, pointer } satisfies LinkNode }
}

function rowsNode({ start, names, path, place, pointer }: Walk, member: Member): Resolved {
  const rows = member.field?.table
  if (names.length > 1 || rows === undefined || start.from === 'user') {
    return failed(
      'column-without-aggregate',
      { name: path },
      {
        en: 'Read a column of a table through an aggregate, such as sum(lines.amount).',
        'zh-CN': '请通过聚合读取表格列，例如 sum(lines.amount)。',
      },
    )
  }
  if (start.from === 'old' && place.sql === true) return failed('not-in-filters', { name: path })
  return { node: { kind: 'rows', from: start.from, name: names[0] ?? '', rows, type: member.type, pointer } }
}

/** The model of a form, or of a table of it. */
export function tableOf(model: Model, form: string, table: string | undefined): TableModel | null {
  const found = model.forms.get(form)
  return (table === undefined ? found : found?.fields.get(table)?.table) ?? null
}

function userMember(name: string, table: TableModel | null, model: Model): Member | null {
  if (name === 'id') return { type: { is: 'record', form: 'user' } }
  if (name === 'roles') return { type: { is: 'list', of: valueTypes.text } }
  const member = table === null ? null : memberOf(table, name, model)
  return member ?? (name === 'team' ? { type: { is: 'record', form: 'team' } } : null)
}

function systemMember(form: string, name: string, model: Model): Member | null {
  switch (name) {
    case 'title':
      return { type: valueTypes.text }
    case 'version':
      return { type: valueTypes.integer }
    case 'owner':
    case 'created_by':
    case 'updated_by':
      return { type: { is: 'record', form: 'user' } }
    case 'created_at':
    case 'updated_at':
      return { type: valueTypes.datetime }
    case 'state': {
      const lifecycle = model.forms.get(form)?.lifecycle
      return lifecycle === undefined
        ? null
        : { type: { is: 'text', options: lifecycle.states.map((state) => state.name) } }
    }
    default:
      return null
  }
}

function systemNames(table: TableModel, model: Model): readonly string[] {
  const all = ['id', 'title', 'version', 'owner', 'state', 'created_at', 'created_by', 'updated_at', 'updated_by']
  return all.filter((name) => memberOf(table, name, model) !== null)
}

function unknownField(name: string, table: TableModel | null, model: Model): Resolved {
  const near = table === null ? undefined : nearest(name, namesOf(table, model))
  const hint = near === undefined ? undefined : { en: `Did you mean ${near}?`, 'zh-CN': `是否想写 ${near}？` }
  return failed(
    'unknown-field',
    { name, form: table?.form ?? '', ...(near === undefined ? {} : { suggestion: near }) },
    hint,
  )
}

function failed(code: string, params: Readonly<Record<string, Json>>, hint?: Text): Resolved {
  return { issue: { code, params, ...(hint === undefined ? {} : { hint }) } }
}

/** The name with the fewest edits, at most two. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const ranked = names.map((each) => ({ each, edits: countEdits(name, each) })).sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  return best !== undefined && best.edits <= 2 ? best.each : undefined
}

/** Levenshtein distance; differing lengths end early. */
function countEdits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + same,
      )
    }
    previous = current
  }
  return previous[b.length] ?? 3
}
