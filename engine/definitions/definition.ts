/** The ten kinds of definition, as typed data after `parse`. Shapes are those of the JSON Schemas in `schema/`. */
import type { Json, JsonObject } from '#base/json.ts'
import type { Text } from '#base/text.ts'

/** A JSON Logic rule; checked and compiled by the expression layer. */
export type Expression = Json
/** true, false, or a rule that decides. */
export type Rule = boolean | JsonObject

export interface FieldDefinition {
  readonly name: string
  readonly type: string
  readonly label?: Text
  readonly help?: Text
  readonly required?: Rule
  readonly default?: Expression
  readonly formula?: Expression
  readonly rollup?: RollupDefinition
  /** false: a formula computed when read (may use $today, $now, $user and links). Default true. */
  readonly stored?: boolean
  readonly visible?: Rule
  readonly readonly?: Rule
  readonly when_hidden?: 'keep' | 'clear'
  readonly unique?: boolean
  readonly index?: boolean
  readonly search?: boolean
  readonly personal?: boolean
  readonly sensitive?: boolean
  readonly encrypted?: boolean
  /** Fields of a table. */
  readonly fields?: readonly FieldDefinition[]
  /** Options of the field's kind (scale, min, max, to, options, pattern …), checked by the kind. */
  readonly [option: string]: Json | undefined | RollupDefinition | readonly FieldDefinition[]
}

export interface RollupDefinition {
  readonly form: string
  /** The source is the rows of this table of `form`. */
  readonly table?: string
  /** The link field of the source that points here. */
  readonly link: string
  readonly op: 'sum' | 'count' | 'distinct' | 'min' | 'max' | 'avg' | 'latest' | 'any'
  readonly field?: string
  readonly where?: Expression
  readonly [key: string]: Json | undefined
}

export interface CheckDefinition {
  readonly name: string
  readonly assert: Expression
  /** Transitions that it guards; absent: every write. */
  readonly on?: readonly string[]
  readonly severity?: 'block' | 'warn'
  readonly at?: string
  readonly message: Text
}

export interface MeasureDefinition {
  readonly name: string
  readonly label?: Text
  readonly agg?: 'sum' | 'count' | 'distinct' | 'min' | 'max' | 'avg' | 'median' | 'percentile' | 'first' | 'last'
  readonly of?: string
  readonly calc?: Expression
}

export interface LayoutItem {
  readonly id?: string
  readonly field?: string
  readonly text?: Text
  readonly action?: string
  readonly panel?: 'tasks' | 'timeline' | 'related'
  /** Of a related panel: whose records, and the link of theirs that points here. */
  readonly form?: string
  readonly link?: string
  readonly span?: number
  readonly as?: 'big'
  /** Of a table: the columns shown, in order. */
  readonly columns?: readonly string[]
  /** Of a table: the columns with a total below. */
  readonly totals?: readonly string[]
  /** Of an item of an extension: the item or section after which it stands. */
  readonly after?: string
}
export interface LayoutSection {
  readonly id: string
  readonly label?: Text
  readonly columns?: number
  readonly items: readonly LayoutItem[]
  readonly after?: string
}
export interface LayoutTab {
  readonly id: string
  readonly label?: Text
  readonly sections: readonly LayoutSection[]
  readonly after?: string
}
export interface AsidePanel {
  readonly panel: 'tasks' | 'timeline' | 'related'
  readonly form?: string
  readonly link?: string
}
export interface Layout {
  readonly tabs?: readonly LayoutTab[]
  readonly as?: 'steps'
  readonly aside?: readonly AsidePanel[]
  /** Only in an extension. */
  readonly sections?: readonly LayoutSection[]
  readonly items?: readonly LayoutItem[]
}

interface Named<K extends string> {
  readonly kind: K
  readonly name: string
  readonly label?: Text
}

export interface FormDefinition extends Named<'form'> {
  /** What people call several records; absent: as one. */
  readonly plural?: Text
  readonly icon?: string
  readonly description?: Text
  readonly title?: Expression
  readonly fields: readonly FieldDefinition[]
  readonly checks?: readonly CheckDefinition[]
  readonly unique?: readonly (readonly string[])[]
  readonly no_overlap?: readonly {
    readonly name: string
    readonly keys: readonly string[]
    readonly from: string
    readonly to: string
  }[]
  readonly append_only?: boolean
  readonly locked_when?: { readonly when: Expression; readonly except?: readonly string[] }
  readonly measures?: readonly MeasureDefinition[]
  readonly layout?: Layout
}

/** What stands instead of parts of a form: fields by name, whole; the layout as a whole. */
export type FormReplacements = Partial<
  Pick<FormDefinition, 'icon' | 'label' | 'plural' | 'title' | 'fields' | 'layout'>
>

export interface FormExtension extends Omit<Partial<FormDefinition>, 'kind'> {
  readonly kind: 'form'
  readonly extends: string
  /** Only in the workspace's own extension. */
  readonly replaces?: FormReplacements
}

export interface StateDefinition {
  readonly name: string
  readonly label?: Text
  readonly color?: 'gray' | 'blue' | 'amber' | 'green' | 'red' | 'teal' | 'violet' | 'slate'
  readonly final?: boolean
  readonly edit?: readonly Json[]
  readonly open_fields?: readonly string[]
  readonly require?: readonly string[]
  readonly deadlines?: readonly JsonObject[]
}
export interface TransitionDefinition {
  readonly name: string
  readonly label?: Text
  readonly from: readonly string[]
  readonly to?: string
  readonly confirm?: Text
  readonly by?: readonly Json[]
  readonly guard?: Expression
  readonly message?: Text
  readonly ask?: readonly string[]
  readonly require?: readonly string[]
  readonly do?: readonly JsonObject[]
  readonly auto?: boolean
}
export interface LifecycleDefinition extends Named<'lifecycle'> {
  readonly form: string
  readonly initial: string
  readonly states: readonly StateDefinition[]
  readonly transitions: readonly TransitionDefinition[]
  readonly clocks?: readonly JsonObject[]
  readonly calendar?: string
  readonly run_as?: string
}

export interface ViewDefinition extends Named<'view'> {
  readonly form: string
  readonly type: 'list' | 'board' | 'calendar' | 'timeline' | 'tree' | 'form' | 'public'
  readonly icon?: string
  readonly columns?: readonly string[]
  readonly filter?: Expression
  readonly sort?: readonly string[]
  readonly group?: string | null
  readonly roles?: readonly string[]
  /** board: the field or `state` that makes the columns. */
  readonly by?: string
  readonly card?: readonly string[]
  readonly sum?: string
  /** calendar, timeline: the date fields. */
  readonly date?: string
  readonly until?: string
  /** tree: the link to the own form. */
  readonly parent?: string
  readonly layout?: Layout
  readonly public?: JsonObject
}

export interface Grant {
  readonly form: string
  readonly can: readonly string[]
  readonly where?: Rule
  /** Where present, only these fields are readable. */
  readonly show?: readonly string[]
  readonly hide?: readonly string[]
  readonly readonly?: readonly string[]
  /** Shown as their last four characters. */
  readonly mask?: readonly string[]
}
export interface RoleDefinition extends Named<'role'> {
  readonly description?: Text
  readonly grants: readonly Grant[]
  readonly denies?: readonly Grant[]
}
export interface RoleExtension extends Omit<Partial<RoleDefinition>, 'kind'> {
  readonly kind: 'role'
  readonly extends: string
}

/** Exactly one of view, dashboard, report, form. */
export interface MenuItem {
  readonly label?: Text
  readonly icon?: string
  readonly view?: string
  readonly dashboard?: string
  readonly report?: string
  readonly form?: string
}
export interface MenuGroup {
  readonly id: string
  readonly label: Text
  readonly icon?: string
  /** The group that it follows, where there is one of that id. */
  readonly after?: string
  /** `end`: behind all other groups, and folded until somebody opens it. */
  readonly place?: 'end'
  readonly items: readonly MenuItem[]
}
export interface PackDefinition extends Named<'pack'> {
  readonly formloom: 1
  readonly version: string
  readonly description?: Text
  readonly icon?: string
  readonly requires?: { readonly [pack: string]: string }
  readonly languages?: readonly string[]
  readonly menu?: readonly MenuGroup[]
  /** CSV files, in order, below the pack's folder: installed always (`data`), or on request (`demo`). */
  readonly data?: readonly string[]
  readonly demo?: readonly string[]
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
export interface CalendarDefinition extends Named<'calendar'> {
  readonly zone: string
  readonly week: readonly { readonly name: Weekday; readonly hours: readonly (readonly string[])[] }[]
  /** `to` absent: one day. */
  readonly holidays?: readonly {
    readonly name: string
    readonly label?: Text
    readonly from: string
    readonly to?: string
  }[]
  /** A day worked with the hours of the weekday `as`. */
  readonly workdays?: readonly {
    readonly name: string
    readonly label?: Text
    readonly on: string
    readonly as: Weekday
  }[]
}

export type FlowDefinition = Named<'flow'> & JsonObject
export type ReportDefinition = Named<'report'> & { readonly form: string } & JsonObject
export type DashboardDefinition = Named<'dashboard'> & JsonObject
export type PrintDefinition = Named<'print'> & { readonly form: string } & JsonObject

/** A definition and the pack that ships it; without a pack it belongs to the workspace, or to the engine (`system`). */
export interface SourcedDefinition {
  readonly definition: Definition
  readonly pack?: string
}

export type Definition =
  | FormDefinition
  | FormExtension
  | LifecycleDefinition
  | FlowDefinition
  | ViewDefinition
  | ReportDefinition
  | DashboardDefinition
  | RoleDefinition
  | RoleExtension
  | PackDefinition
  | CalendarDefinition
  | PrintDefinition
export type DefinitionKind = Definition['kind']
export const definitionKinds = [
  'pack',
  'form',
  'lifecycle',
  'flow',
  'view',
  'report',
  'dashboard',
  'role',
  'print',
  'calendar',
] as const
