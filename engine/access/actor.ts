/** Who acts: the signed-in user (or nobody) with roles and the values that rules may name by `$user`. */
import type { Row } from '#expressions/expression.ts'

export interface Actor {
  /** null: nobody is signed in. */
  readonly id: string | null
  readonly name: string
  readonly roles: readonly string[]
  readonly locale: string
  /** IANA zone; decides `$today`. */
  readonly zone: string
  /** The user's own fields for `$user`; null when nobody is signed in. */
  readonly row: Row | null
  /** The key that was used, if any. */
  readonly key?: string
}

/** Everything may be done by this built-in role. */
export const adminRole = 'admin'
/** Changes definitions, sees no data. */
export const builderRole = 'builder'
/** Held by every signed-in user. */
export const everyoneRole = 'everyone'
/** Held by callers that are not signed in. */
export const anonymousRole = 'anonymous'

const nobody: readonly string[] = [anonymousRole]
const effective = new WeakMap<Actor, readonly string[]>()

/** The roles that count: those of the user that exist, plus `everyone`; for nobody `anonymous` alone. In order. */
export function effectiveRoles(actor: Actor): readonly string[] {
  if (actor.id === null) return nobody
  const known = effective.get(actor) ?? [...new Set([...actor.roles, everyoneRole])].sort()
  effective.set(actor, known)
  return known
}
