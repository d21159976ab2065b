/** The state of a list lives in its address, so that it can be shared, gone back to and reloaded. */
import type { Json } from '#base/json.ts'
import { isObject } from '#base/json.ts'
import type { Condition, Filter } from './conditions.ts'
import { conditionOperators } from './conditions.ts'

export interface ListSearch {
  readonly view?: string
  readonly q?: string
  readonly match?: 'any'
  readonly where?: readonly Condition[]
  /** `-order_date,number` */
  readonly sort?: string
  readonly columns?: string
  readonly bin?: true
}

/** Reads an address that somebody may have edited: what does not fit is left out. */
export function parseListSearch(search: Record<string, unknown>): ListSearch {
  const text = (name: string) =>
    typeof search[name] === 'string' && search[name] !== ''
      ? { [name]: search[name] as string }
      : typeof search[name] === 'number'
        ? { [name]: String(search[name]) }
        : {}
  const where = Array.isArray(search['where']) ? search['where'].filter(isCondition) : []
  return {
    ...text('view'),
    ...text('q'),
    ...text('sort'),
    ...text('columns'),
    ...(search['match'] === 'any' ? { match: 'any' as const } : {}),
    ...(where.length ? { where } : {}),
    ...(search['bin'] === true ? { bin: true as const } : {}),
  }
}

export function filterOf(search: ListSearch): Filter {
  return { match: search.match ?? 'all', conditions: search.where ?? [] }
}

function isCondition(value: unknown): value is Condition {
  return (
    isObject(value) && typeof value['field'] === 'string' && conditionOperators.includes(value['operator'] as never)
  )
}

/** Both filters together; null when there is none. */
export function both(first: Json | undefined, second: Json | undefined): Json {
  const parts = [first, second].filter((part) => part !== undefined && part !== null) as Json[]
  return parts.length === 2 ? { and: parts } : (parts[0] ?? null)
}
