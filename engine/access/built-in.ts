/** Grants of the built-in roles. `admin` holds everything and needs no grants; `builder` holds no data. */
import type { Grant, RoleDefinition } from '#definitions/definition.ts'
import type { Model } from '#definitions/model.ts'
import { adminRole, anonymousRole, builderRole, everyoneRole } from './actor.ts'

/** Colleagues and teams are visible by name, so that owners and pickers have titles. */
const everyoneGrants: readonly Grant[] = [
  { form: 'user', can: ['read'], show: ['name', 'team', 'manager', 'active'] },
  { form: 'team', can: ['read'] },
]

const builtIn: readonly RoleDefinition[] = [
  { kind: 'role', name: adminRole, label: { en: 'Admin', 'zh-CN': '管理员' }, grants: [] },
  { kind: 'role', name: builderRole, label: { en: 'Builder', 'zh-CN': '搭建者' }, grants: [] },
  { kind: 'role', name: everyoneRole, label: { en: 'Everyone', 'zh-CN': '所有人' }, grants: everyoneGrants },
  { kind: 'role', name: anonymousRole, label: { en: 'Anonymous', 'zh-CN': '匿名访客' }, grants: [] },
]

/** The role as it counts: the built-in part first, then what definitions add. */
export function roleOf(model: Model, name: string): RoleDefinition | undefined {
  const defined = model.roles.get(name)
  const own = builtIn.find((role) => role.name === name)
  if (!own) return defined
  return defined ? { ...own, grants: [...own.grants, ...defined.grants], denies: defined.denies ?? [] } : own
}

/** All roles that can be given to a user, by name. */
export function roleNames(model: Model): readonly string[] {
  return [...new Set([adminRole, builderRole, ...model.roles.keys()])]
    .filter((name) => name !== everyoneRole && name !== anonymousRole)
    .sort()
}
