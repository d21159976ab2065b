/** The ids that a filter names, lifted out of it: filters that differ by them alone share a plan. */
import { randomUUID } from 'node:crypto'
import { isObject, type Json } from '#base/json.ts'

export interface Lifted {
  /** The filter with a number in the place of each id. */
  readonly shape: Json
  readonly ids: readonly string[]
}

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Only where a field is compared with it: there an id is bound as it is, whatever it is. Equal ids stay equal. */
export function liftIds(filter: Json | undefined): Lifted {
  const ids: string[] = []
  const shape = mapIds(filter ?? null, (value) => {
    if (!ids.includes(value)) ids.push(value)
    return { '': ids.indexOf(value) }
  })
  return { shape, ids }
}

/** Ids that nobody else has, and the filter with them: what is compiled cannot mistake them for anything of the caller. */
export function strangeIds(
  filter: Json | undefined,
  { ids }: Lifted,
): { readonly filter: Json; readonly ids: readonly string[] } {
  const strange = ids.map(() => randomUUID())
  return { filter: mapIds(filter ?? null, (value) => strange[ids.indexOf(value)] ?? value), ids: strange }
}

function mapIds(part: Json, change: (value: string) => Json): Json {
  if (Array.isArray(part)) return part.map((one) => mapIds(one, change))
  if (!isObject(part)) return part
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      (name === '==' || name === '!=') && Array.isArray(value) && value.length === 2 && value.some(isField)
        ? value.map((side) => (typeof side === 'string' && id.test(side) ? change(side) : mapIds(side, change)))
        : mapIds(value, change),
    ]),
  )
}

/** A field of the record or row; what begins with `$` is of the caller, and would be compared at once. */
function isField(side: Json): boolean {
  return isObject(side) && typeof side['var'] === 'string' && !side['var'].startsWith('$')
}
