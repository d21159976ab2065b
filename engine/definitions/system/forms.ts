/** The forms that the engine owns: people, teams, roles, delegations. Ordinary definitions, present in every model. */
import type { SourcedDefinition } from '../definition.ts'
import delegation from './delegation.json' with { type: 'json' }
import role from './role.json' with { type: 'json' }
import team from './team.json' with { type: 'json' }
import user from './user.json' with { type: 'json' }

/** The source of what belongs to the engine. */
export const systemPack = 'system'

export const systemDefinitions: readonly SourcedDefinition[] = [user, team, role, delegation].map((definition) => ({
  definition: definition as unknown as SourcedDefinition['definition'],
  pack: systemPack,
}))

/** Roles that exist without a definition; their meaning is the engine's. */
export const builtInRoles = ['admin', 'builder', 'everyone', 'anonymous'] as const
