/** A form's policy as conditions on records: which rows, and per field the rows where it may be read. Data for the read path. */
import type { Model } from '#definitions/model.ts'
import type { Compiled, Place } from '#expressions/expression.ts'
import { filterPlace } from '#expressions/places.ts'
import { allPaths } from './field-set.ts'
import { type DenyPolicy, type FormPolicy, type GrantPolicy, has, type Policy } from './policy.ts'

/** Same shape as the read path's predicate; declared here because access stands below storage. */
export type Condition =
  | { readonly always: boolean }
  | { readonly compiled: Compiled; readonly place: Place }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

export interface RowsAndFields {
  readonly where: Condition
  readonly guards: ReadonlyMap<string, Condition>
}

const cache = new WeakMap<FormPolicy, Map<string, RowsAndFields>>()

/** What the verb (default: read) opens on a form. Columns of tables guard as `lines.price`. */
export function visibilityOf(policy: FormPolicy, verb = 'read'): RowsAndFields {
  const known = cache.get(policy)?.get(verb)
  if (known) return known
  const made = makeVisibility(policy, verb)
  cache.set(policy, (cache.get(policy) ?? new Map<string, RowsAndFields>()).set(verb, made))
  return made
}

/** What is in the bin shows itself to who may read it and may delete it, and only as far as it may be read. */
export function binVisibilityOf(policy: FormPolicy): RowsAndFields {
  const [read, remove] = [visibilityOf(policy), visibilityOf(policy, 'delete')]
  return { where: both([read.where, remove.where]), guards: read.guards }
}

/** What may leave as a file: rows that may be read and may be exported, filtered and sorted only by what may be read. */
export function exportVisibilityOf(policy: FormPolicy): RowsAndFields {
  const [read, out] = [visibilityOf(policy), visibilityOf(policy, 'export')]
  return { where: both([read.where, out.where]), guards: read.guards }
}

const targets = new WeakMap<Policy, ReadonlyMap<string, RowsAndFields>>()

/** All forms that the caller may read, for links and paths. */
export function visibleTargets(model: Model, policy: Policy): ReadonlyMap<string, RowsAndFields> {
  const known = targets.get(policy)
  if (known) return known
  const made = makeTargets(model, policy)
  targets.set(policy, made)
  return made
}

function makeTargets(model: Model, policy: Policy): ReadonlyMap<string, RowsAndFields> {
  return new Map(
    [...model.forms.keys()].flatMap((name) => {
      const form = policy.form(name)
      return form ? [[name, visibilityOf(form)] as const] : []
    }),
  )
}

/** The read grants in a fixed order, and the condition of each: evaluated per record to know its fields. */
export function readGrants(policy: FormPolicy): readonly GrantCondition[] {
  return grantsOfVerb(policy, 'read')
}

export interface GrantCondition {
  readonly grant: GrantPolicy
  readonly condition: Condition
}

/** The same for any verb. */
export function grantsOfVerb(policy: FormPolicy, verb: string): readonly GrantCondition[] {
  return policy.grants
    .filter((grant) => has(grant.verbs, verb))
    .map((grant) => ({ grant, condition: conditionOf(policy, grant.where) }))
}

/** The denies of single fields, and the condition of each. */
export function fieldDenies(
  policy: FormPolicy,
): readonly { readonly deny: DenyPolicy; readonly condition: Condition }[] {
  return policy.denies
    .filter((deny) => deny.hidden !== null)
    .map((deny) => ({ deny, condition: conditionOf(policy, deny.where) }))
}

function makeVisibility(policy: FormPolicy, verb: string): RowsAndFields {
  const grants = policy.grants.filter((grant) => has(grant.verbs, verb))
  const denied = policy.denies
    .filter((deny) => deny.hidden === null && has(deny.verbs, verb))
    .map((deny) => ({ not: conditionOf(policy, deny.where) }))
  const where = both([either(grants.map((grant) => conditionOf(policy, grant.where))), ...denied])
  return { where, guards: new Map(allPaths(policy.form).flatMap((path) => guardOf(policy, grants, path))) }
}

function guardOf(
  policy: FormPolicy,
  grants: readonly GrantPolicy[],
  path: string,
): readonly (readonly [string, Condition])[] {
  const opening = grants.filter((grant) => grant.fields.reads(path))
  const denies = policy.denies.filter(
    (deny) => deny.hidden?.has(path) || deny.hidden?.has(path.split('.')[0] as string),
  )
  if (opening.length === grants.length && denies.length === 0) return []
  const open = either(opening.map((grant) => conditionOf(policy, grant.where)))
  return [[path, both([open, ...denies.map((deny) => ({ not: conditionOf(policy, deny.where) }))])]]
}

function conditionOf(policy: FormPolicy, where: Compiled | null): Condition {
  return where === null ? { always: true } : { compiled: where, place: filterPlace(policy.model, policy.form) }
}

function either(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { always: false }
  if (conditions.some((condition) => 'always' in condition && condition.always)) return { always: true }
  return conditions.length === 1 ? (conditions[0] as Condition) : { any: conditions }
}

function both(conditions: readonly Condition[]): Condition {
  const needed = conditions.filter((condition) => !('always' in condition && condition.always))
  if (needed.length === 0) return { always: true }
  return needed.length === 1 ? (needed[0] as Condition) : { all: needed }
}
