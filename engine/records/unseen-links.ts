/** A link to what the caller cannot see counts as no link at all: nothing that is computed or checked may read through it. */
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Input } from './coerce.ts'
import { type Merged, rowsOf } from './merge.ts'

/** The links that lead nowhere for the caller; empty when all is well. */
export function unseenLinks(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter((issue) => issue.code === 'link-not-found')
}

/** The values without these links; what else is wrong with the record is then said of the record without them. */
export function withoutLinks(merged: Merged, unseen: readonly Issue[]): Merged {
  const values: Record<string, Json> = { ...merged.values }
  for (const { pointer } of unseen) {
    const [field = '', index, column] = pointer.slice(1).split('/')
    if (!(field in values)) continue
    if (index === undefined || column === undefined) values[field] = null
    else
      values[field] = rowsOf(values[field]).map((row, at) => (at === Number(index) ? { ...row, [column]: null } : row))
  }
  return { ...merged, values }
}

/** The input without an owner whom the caller cannot see. */
export function withoutOwner(input: Input, unseen: readonly Issue[]): Input {
  if (!unseen.some((issue) => issue.pointer === '/owner')) return input
  const { owner: _owner, ...system } = input.system
  return { ...input, system }
}

/** First the links, then what is wrong anyway: not once more what only their absence makes wrong. */
export function besideLinks(unseen: readonly Issue[], issues: readonly Issue[]): readonly Issue[] {
  const named = new Set(unseen.map((issue) => issue.pointer))
  return [...unseen, ...issues.filter((issue) => !named.has(issue.pointer))]
}
