/** Station `allow` and what masks a reply: the caller's rights on one very record. */

import { deniedFields, type FormPolicy, type GrantPolicy, grantsFor, has } from '#access/policy.ts'
import { Refusal } from '#base/problems.ts'
import type { Scope } from '#expressions/expression.ts'
import type { FieldRights } from './coerce.ts'

/** Rights on one record, from the grants that hold for it. */
export interface RecordRights extends FieldRights {
  readonly grants: readonly GrantPolicy[]
  masks(path: string): boolean
}

/** Union over the grants that hold, less the denied fields. */
export function rightsFrom(grants: readonly GrantPolicy[], denied: ReadonlySet<string>): RecordRights {
  const closed = (path: string) => denied.size > 0 && (denied.has(path) || denied.has(path.split('.')[0] as string))
  const reads = (path: string) => !closed(path) && grants.some((grant) => grant.fields.reads(path))
  return {
    grants,
    reads,
    masks: (path) => !closed(path) && !reads(path) && grants.some((grant) => grant.fields.masks(path)),
    writes: (path) => !closed(path) && grants.some((grant) => grant.fields.writes(path)),
  }
}

/** The rights that `verb` gives on the record of the scope. */
export function rightsOn(policy: FormPolicy, verb: string, scope: Scope): RecordRights {
  return rightsFrom(grantsFor(policy, verb, scope), deniedFields(policy, scope))
}

/** Refuses when the record is invisible (not-found) or the verb is not granted on it (forbidden). */
export function allow(policy: FormPolicy, verb: string, scope: Scope): RecordRights {
  if (grantsFor(policy, 'read', scope).length === 0) throw new Refusal('not-found')
  const rights = rightsOn(policy, verb, scope)
  if (rights.grants.length === 0) throw forbidden(policy, verb)
  return rights
}

/** "Why can (can't) this caller do it": each grant of the verb, and whether its rule holds here. */
export interface Why {
  readonly verb: string
  readonly allowed: boolean
  readonly grants: readonly {
    readonly role: string
    readonly index: number
    readonly holds: boolean
    readonly rule: unknown
  }[]
  readonly denies: readonly {
    readonly role: string
    readonly index: number
    readonly holds: boolean
    readonly rule: unknown
  }[]
}

export function explain(policy: FormPolicy, verb: string, scope: Scope): Why {
  const judge = (rule: { role: string; index: number; where: GrantPolicy['where'] }) => ({
    role: rule.role,
    index: rule.index,
    holds: rule.where === null || rule.where.evaluate(scope) === true,
    rule: rule.where?.source ?? true,
  })
  return {
    verb,
    allowed: grantsFor(policy, verb, scope).length > 0,
    grants: policy.grants.filter((grant) => has(grant.verbs, verb)).map(judge),
    denies: policy.denies.filter((deny) => has(deny.verbs, verb)).map(judge),
  }
}

export function forbidden(policy: FormPolicy, verb: string): Refusal {
  return new Refusal('forbidden', {
    detail: {
      en: `The right "${verb}" on this ${policy.form.name} is missing.`,
      'zh-CN': `缺少对该“${policy.form.name}”的“${verb}”权限。`,
    },
    params: { verb, form: policy.form.name },
  })
}
