/** A key may be limited to forms and verbs: its policy is its owner's, cut to these. */
import { type FormPolicy, has, type Policy } from './policy.ts'

export interface Scope {
  readonly form: string
  /** create, read, update, delete, export, import, or `transition:<name>`. */
  readonly can: readonly string[]
}

const cut = new WeakMap<FormPolicy, Map<string, FormPolicy>>()

const scoped = new WeakMap<Policy, Map<string, Policy>>()

/** Never more than the owner holds, never more than the scopes say; nothing outside the listed forms. The same for the same scopes. */
export function scopedPolicy(policy: Policy, scopes: readonly Scope[]): Policy {
  const ofPolicy = scoped.get(policy) ?? new Map<string, Policy>()
  scoped.set(policy, ofPolicy)
  const key = JSON.stringify(scopes)
  const known = ofPolicy.get(key) ?? cutPolicy(policy, scopes)
  ofPolicy.set(key, known)
  return known
}

function cutPolicy(policy: Policy, scopes: readonly Scope[]): Policy {
  const verbs = new Map<string, Set<string>>()
  for (const scope of scopes) verbs.set(scope.form, new Set([...(verbs.get(scope.form) ?? []), ...scope.can]))
  return {
    roles: policy.roles,
    admin: false,
    form(name) {
      const whole = policy.form(name)
      const allowed = verbs.get(name)
      return whole && allowed ? cutForm(whole, allowed) : null
    },
  }
}

function cutForm(policy: FormPolicy, allowed: ReadonlySet<string>): FormPolicy {
  const key = [...allowed].sort().join(' ')
  const known = cut.get(policy)?.get(key)
  if (known) return known
  const grants = policy.grants.map((grant) => ({
    ...grant,
    verbs: new Set([...allowed].filter((verb) => has(grant.verbs, verb))),
  }))
  const made: FormPolicy = {
    ...policy,
    grants: grants.filter((grant) => grant.verbs.size > 0),
    may: (verb) => allowed.has(verb) && policy.may(verb),
  }
  cut.set(policy, (cut.get(policy) ?? new Map<string, FormPolicy>()).set(key, made))
  return made
}
