/** Users, roles and keys as the admin's pages read them. */
import type { Text } from '#base/text.ts'
import type { Grant } from '#definitions/definition.ts'

export interface AccountAnswer {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly login: string
  readonly email: string | null
  readonly locale: string
  readonly roles: readonly string[]
  readonly team: string | null
  readonly manager: string | null
  readonly active: boolean
}
export interface AccountsAnswer {
  readonly users: readonly AccountAnswer[]
  readonly next: string | null
}
export interface AccountChange {
  readonly login?: string
  readonly name?: string
  readonly password?: string
  readonly email?: string | null
  readonly locale?: string
  readonly roles?: readonly string[]
  readonly team?: string | null
  readonly manager?: string | null
  readonly active?: boolean
}

export interface RoleAnswer {
  readonly name: string
  readonly label: Text
  readonly description?: Text
  readonly grants: readonly Grant[]
  readonly denies: readonly Grant[]
  readonly built_in: boolean
}

export interface KeyAnswer {
  readonly id: string
  readonly name: string
  readonly created_at: string
  readonly expires_at: string | null
  readonly last_used_at: string | null
  readonly revoked_at: string | null
}
