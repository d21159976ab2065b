/**
 * Roles compiled into what one caller may do with one form: verbs, a row rule per grant, field sets per grant.
 * Every path uses this and nothing else. Rights are a union per (row, field): fields of grant A never apply to rows of grant B.
 */

import { Bug } from '#base/bug.ts'
import type { Grant, RoleDefinition, Rule } from '#definitions/definition.ts'
import type { FormModel, Model } from '#definitions/model.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Compiled, Scope } from '#expressions/expression.ts'
import { filterPlace } from '#expressions/places.ts'
import { readsEmptyUser } from '#expressions/user-reads.ts'
import { adminRole } from './actor.ts'
import { roleOf } from './built-in.ts'
import { type FieldSet, fieldSet, lists } from './field-set.ts'

/** create, read, update, delete, export, import, or `transition:<name>`. */
export type Verb = string

export interface GrantPolicy {
  readonly role: string
  /** Position in the role's list, for "why". */
  readonly index: number
  readonly verbs: ReadonlySet<Verb>
  /** null: every row. */
  readonly where: Compiled | null
  readonly fields: FieldSet
}

export interface DenyPolicy {
  readonly role: string
  readonly index: number
  readonly verbs: ReadonlySet<Verb>
  readonly where: Compiled | null
  /** Denied fields; null: the verbs themselves are denied. */
  readonly hidden: ReadonlySet<string> | null
}

export interface FormPolicy {
  readonly model: Model
  readonly form: FormModel
  readonly grants: readonly GrantPolicy[]
  readonly denies: readonly DenyPolicy[]
  /** Some grant gives the verb on some row. */
  may(verb: Verb): boolean
}

export interface Policy {
  readonly roles: readonly string[]
  readonly admin: boolean
  /** null: no grant at all, the form does not exist for this caller. */
  form(name: string): FormPolicy | null
}

const cache = new WeakMap<Model, Map<string, Policy>>()

/** The policy of a set of roles; compiled once per model and set. */
export function policyOf(model: Model, roles: readonly string[]): Policy {
  const ofModel = cache.get(model) ?? new Map<string, Policy>()
  cache.set(model, ofModel)
  const key = [...roles].sort().join(' ')
  const known = ofModel.get(key)
  if (known) return known
  const made = makePolicy(model, roles)
  ofModel.set(key, made)
  return made
}

function makePolicy(model: Model, roles: readonly string[]): Policy {
  const forms = new Map<string, FormPolicy | null>()
  const admin = roles.includes(adminRole)
  return {
    roles,
    admin,
    form(name) {
      const known = forms.get(name)
      if (known !== undefined) return known
      const form = model.forms.get(name)
      const made = form ? formPolicy(model, form, admin ? [] : roles, admin) : null
      forms.set(name, made)
      return made
    },
  }
}

function formPolicy(model: Model, form: FormModel, roles: readonly string[], admin: boolean): FormPolicy | null {
  const definitions = roles.flatMap((name) => roleOf(model, name) ?? [])
  const grants = admin
    ? [adminGrant(model, form)]
    : definitions.flatMap((role) =>
        role.grants.flatMap((grant, index) =>
          grant.form === form.name
            ? [
                grantPolicy(model, form, {
                  role: role.name,
                  grant,
                  index,
                  behind: (target, path) => opensSomewhere(model, definitions, { form: target, path }),
                }),
              ]
            : [],
        ),
      )
  if (grants.length === 0) return null
  const denies = definitions.flatMap((role) =>
    (role.denies ?? []).flatMap((deny, index) =>
      deny.form === form.name ? [denyPolicy(model, form, { role: role.name, grant: deny, index })] : [],
    ),
  )
  const live = grants.filter((grant) => grant.verbs.size > 0)
  return {
    model,
    form,
    grants: live,
    denies,
    may: (verb) =>
      live.some((grant) => has(grant.verbs, verb)) &&
      !denies.some((deny) => deny.where === null && deny.hidden === null && has(deny.verbs, verb)),
  }
}

function adminGrant(model: Model, form: FormModel): GrantPolicy {
  return {
    role: adminRole,
    index: 0,
    verbs: new Set(['*']),
    where: null,
    fields: fieldSet({ model, form, grant: { form: form.name, can: ['*'] }, behind: () => true }),
  }
}

function grantPolicy(model: Model, form: FormModel, from: GrantSource): GrantPolicy {
  return {
    role: from.role,
    index: from.index,
    verbs: new Set(from.grant.can.filter((verb) => !isGuarded(form, verb))),
    where: compileWhere(model, form, from.grant.where),
    fields: fieldSet({ model, form, grant: from.grant, behind: from.behind }),
  }
}

/** To delete a user ends its access, to restore it gives access again: as `active`, an admin's alone, whatever is granted. */
function isGuarded(form: FormModel, verb: Verb): boolean {
  return form.name === 'user' && verb === 'delete'
}

interface GrantSource {
  readonly role: string
  readonly grant: Grant
  readonly index: number
  behind(form: string, path: readonly string[]): boolean
}

/** Does some read grant of these roles open every step of a path that starts at `form`? */
function opensSomewhere(
  model: Model,
  roles: readonly RoleDefinition[],
  at: { form: string; path: readonly string[] },
): boolean {
  const [name, ...rest] = at.path
  if (name === undefined) return true
  const opens = roles.some((role) =>
    role.grants.some(
      (grant) =>
        grant.form === at.form && (grant.can.includes('read') || grant.can.includes('*')) && lists(grant, name),
    ),
  )
  const type = model.forms.get(at.form)?.fields.get(name)?.type
  if (!opens || rest.length === 0) return opens
  return type?.is === 'record'
    ? opensSomewhere(model, roles, { form: type.form, path: rest })
    : opensSomewhere(model, roles, { form: 'user', path: rest })
}

function denyPolicy(model: Model, form: FormModel, from: { role: string; grant: Grant; index: number }): DenyPolicy {
  return {
    role: from.role,
    index: from.index,
    verbs: new Set(from.grant.can),
    where: compileWhere(model, form, from.grant.where),
    hidden: from.grant.hide ? new Set(from.grant.hide) : null,
  }
}

function compileWhere(model: Model, form: FormModel, where: Rule | undefined): Compiled | null {
  if (where === undefined || where === true) return null
  const answer = compileExpression(where, filterPlace(model, form))
  if (!answer.ok)
    throw new Bug('row rule of a published role does not compile', { form: form.name, issues: answer.issues })
  return answer.value
}

/** Does the set of verbs contain it? `*` contains all. */
export function has(verbs: ReadonlySet<Verb>, verb: Verb): boolean {
  return verbs.has('*') || verbs.has(verb)
}

/** The grants that give `verb` on this very record. */
export function grantsFor(policy: FormPolicy, verb: Verb, scope: Scope): readonly GrantPolicy[] {
  if (policy.denies.some((deny) => deny.hidden === null && has(deny.verbs, verb) && matches(deny.where, scope)))
    return []
  return policy.grants.filter((grant) => has(grant.verbs, verb) && matches(grant.where, scope))
}

/** Fields denied on this very record. */
export function deniedFields(policy: FormPolicy, scope: Scope): ReadonlySet<string> {
  return new Set(policy.denies.flatMap((deny) => (deny.hidden && matches(deny.where, scope) ? [...deny.hidden] : [])))
}

/** Does the row rule hold? An empty answer is no, and so is any answer over an empty attribute of the user. */
export function matches(where: Compiled | null, scope: Scope): boolean {
  return where === null || (!readsEmptyUser(where, scope.around) && where.evaluate(scope) === true)
}
