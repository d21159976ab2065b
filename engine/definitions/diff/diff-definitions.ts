/** The differences between two versions of a definition: by name, never by position. Publish shows them, and `formloom diff` prints them. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Definition } from '../definition.ts'
import type { DefinitionChange } from './change.ts'
import { changeText } from './change-text.ts'

/** Law: no changes exactly when the canonical texts are equal. `undefined` stands for a definition that is not there. */
export function diffDefinitions(
  before: Definition | undefined,
  after: Definition | undefined,
): readonly DefinitionChange[] {
  const subject = after ?? before
  if (!subject) return []
  const name = String(subject.name ?? ('extends' in subject ? subject.extends : ''))
  const found: Found[] = []
  compare({ pointer: '', before: before as Json | undefined, after: after as Json | undefined }, found)
  return found.map((one) => withText({ kind: subject.kind, name }, one))
}

type Found = Pick<DefinitionChange, 'change' | 'pointer' | 'before' | 'after'>
type Subject = Pick<DefinitionChange, 'kind' | 'name'>

function withText(subject: Subject, found: Found): DefinitionChange {
  const change = { ...subject, ...found }
  return { ...change, text: changeText(change) }
}

interface Pair {
  readonly pointer: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

function compare(pair: Pair, found: Found[]): void {
  const { pointer, before, after } = pair
  if (before === undefined || after === undefined) {
    if (before !== after)
      found.push({
        change: before === undefined ? 'added' : 'removed',
        pointer,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      })
  } else if (isObject(before) && isObject(after) && !isExpressionPlace(pointer))
    compareObjects(pair, before, after, found)
  else if (isNamedList(before) && isNamedList(after)) compareLists(pointer, before, after, found)
  else if (!sameJson(before, after)) found.push({ change: 'changed', pointer, before, after })
}

function compareObjects({ pointer }: Pair, before: JsonObject, after: JsonObject, found: Found[]): void {
  const keys = [...Object.keys(before), ...Object.keys(after).filter((key) => !Object.hasOwn(before, key))]
  for (const key of keys)
    compare({ pointer: `${pointer}/${key}`, before: own(before, key), after: own(after, key) }, found)
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

type Named = readonly JsonObject[]

function compareLists(pointer: string, before: Named, after: Named, found: Found[]): void {
  const old = new Map(before.map((item) => [keyOf(item), item]))
  const fresh = new Map(after.map((item) => [keyOf(item), item]))
  for (const key of new Set([...old.keys(), ...fresh.keys()]))
    compare({ pointer: `${pointer}/${key}`, before: old.get(key), after: fresh.get(key) }, found)
  const kept = (
    from: ReadonlyMap<string | undefined, JsonObject>,
    other: ReadonlyMap<string | undefined, JsonObject>,
  ) => [...from.keys()].filter((key) => other.has(key))
  const [was, is] = [kept(old, fresh), kept(fresh, old)]
  if (was.join('\n') !== is.join('\n'))
    found.push({ change: 'moved', pointer, before: was.map(String), after: is.map(String) })
}

/** Members of such lists are the same when they are called the same: by name, id, value or the field they show. */
function keyOf(item: JsonObject): string | undefined {
  const key = item.name ?? item.id ?? item.value ?? item.field
  return typeof key === 'string' ? key : undefined
}

function isNamedList(value: Json): value is Named {
  if (!Array.isArray(value) || !value.every((item: Json) => isObject(item) && keyOf(item) !== undefined)) return false
  return new Set((value as Named).map(keyOf)).size === value.length
}

/** An expression changes as one; nobody reads the difference of two trees. */
export function isExpressionPlace(pointer: string): boolean {
  return /\/(formula|default|where|filter|guard|assert|when|visible|required|readonly|title|calc)$/.test(pointer)
}

/** The order of keys does not matter. */
export function sameJson(left: Json, right: Json): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return (
      left.length === right.length &&
      left.every((item: Json, index) => sameJson(item, (right as readonly Json[])[index] ?? null))
    )
  if (!isObject(left) || !isObject(right)) return left === right
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key] ?? null, right[key] ?? null))
  )
}
