/** The interpreted whole: every published definition with extensions merged in, indexed by name. Immutable; built once per revision. */
import type {
  CalendarDefinition,
  DashboardDefinition,
  FieldDefinition,
  FlowDefinition,
  FormDefinition,
  LifecycleDefinition,
  MenuGroup,
  PackDefinition,
  PrintDefinition,
  ReportDefinition,
  RoleDefinition,
  RollupDefinition,
  SourcedDefinition,
  ViewDefinition,
} from './definition.ts'
import type { FieldKind, FieldKinds } from './field-kind.ts'
import type { ValueType } from './value-type.ts'

/** A field with its kind and type resolved. */
export interface FieldModel {
  readonly name: string
  readonly kind: FieldKind
  readonly definition: FieldDefinition
  readonly type: ValueType
  /** A formula or a roll-up makes the value; nobody writes it. */
  readonly computed: 'formula' | 'rollup' | null
  /** false: computed when read, no column. */
  readonly stored: boolean
  /** Present for kind `table`. */
  readonly table?: TableModel
}

/** What has columns: a form, or a table of it. */
export interface TableModel {
  readonly form: string
  /** Absent for the form itself. */
  readonly table?: string
  readonly fields: ReadonlyMap<string, FieldModel>
}

/** A roll-up seen from its source: a write there moves the target. */
export interface RollupModel {
  /** The form (and table) that holds the rolled-up field. */
  readonly target: { readonly form: string; readonly table?: string; readonly field: FieldModel }
  readonly source: { readonly form: string; readonly table?: string }
  readonly definition: RollupDefinition
}

export interface FormModel extends TableModel {
  readonly name: string
  readonly definition: FormDefinition
  readonly system: boolean
  readonly lifecycle?: LifecycleDefinition
  /** Links of any form or table that point at this form: what `on_delete` and related panels look at. */
  readonly incoming: readonly { readonly form: string; readonly table?: string; readonly field: FieldModel }[]
  /** Roll-ups whose source is this form or a table of it. */
  readonly feeds: readonly RollupModel[]
}

export interface Model {
  readonly revision: number
  /** Content hash of all definitions; a cache key for everything compiled from them. */
  readonly hash: string
  readonly kinds: FieldKinds
  readonly forms: ReadonlyMap<string, FormModel>
  readonly roles: ReadonlyMap<string, RoleDefinition>
  readonly views: ReadonlyMap<string, ViewDefinition>
  readonly lifecycles: ReadonlyMap<string, LifecycleDefinition>
  readonly flows: ReadonlyMap<string, FlowDefinition>
  readonly reports: ReadonlyMap<string, ReportDefinition>
  readonly dashboards: ReadonlyMap<string, DashboardDefinition>
  readonly prints: ReadonlyMap<string, PrintDefinition>
  readonly calendars: ReadonlyMap<string, CalendarDefinition>
  readonly packs: ReadonlyMap<string, PackDefinition>
  /** The menus of all packs, merged by group id in pack order. */
  readonly menu: readonly MenuGroup[]
  /** What all of this was built from, in merge order: the engine's own, packs by `requires`, the workspace. */
  readonly sources: readonly SourcedDefinition[]
}
