/** What the application tells a signed-in user about itself: menu, forms and views, already filtered by policy. */
import type { Json } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import type { FormDefinition, LifecycleDefinition, ViewDefinition } from '#definitions/definition.ts'

export interface AppUser {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly locale: string
  readonly zone?: string
  readonly roles: readonly string[]
  readonly team?: string | null
  /** Fields of the user form that expressions may name by `$user`. */
  readonly values?: { readonly [field: string]: Json }
}

export interface AppFormPolicy {
  /** create, read, update, delete, export, import, `transition:<name>`; or `*`. */
  readonly verbs: readonly string[]
  /** Field paths that this user may read but never write: `credit_limit`, `lines.price`. */
  readonly readonly: readonly string[]
  /** Some grant lets this user give records to others. */
  readonly owner?: boolean
}
export interface AppForm extends FormDefinition {
  readonly policy: AppFormPolicy
  readonly lifecycle?: LifecycleDefinition
}

export interface AppMenuItem {
  readonly view?: string
  readonly form?: string
  readonly label?: Text
  readonly icon?: string
}
export interface AppMenuGroup {
  readonly id: string
  readonly label: Text
  readonly icon?: string
  /** `end`: folded until somebody opens it. */
  readonly place?: 'end'
  readonly items: readonly AppMenuItem[]
}

export interface AppAnswer {
  readonly workspace: {
    readonly name: string
    readonly locale: string
    readonly zone: string
    readonly currency: string
    /** Largest upload, in MB of 1,000,000 bytes. */
    readonly max_file_mb?: number
  }
  readonly user: AppUser
  readonly revision: number
  readonly menu: readonly AppMenuGroup[]
  readonly views: readonly ViewDefinition[]
  readonly forms: readonly AppForm[]
  readonly packs: readonly string[]
  readonly builder: boolean
  readonly admin: boolean
}
