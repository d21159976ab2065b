/** Rules that depend on who asks: an expression over an empty attribute of the user is false, negated or not. */
import type { Compiled, Surroundings } from './expression.ts'

/** Does the rule read an attribute that this user has empty? Then row rules deny, whatever the rule says. */
export function readsEmptyUser(compiled: Compiled, around: Surroundings): boolean {
  return compiled.reads.some(([head, name]) => head === '$user' && name !== undefined && isEmptyAttribute(around, name))
}

function isEmptyAttribute(around: Surroundings, name: string): boolean {
  const value = around.user?.[name] ?? null
  return value === null || (Array.isArray(value) && value.length === 0)
}
