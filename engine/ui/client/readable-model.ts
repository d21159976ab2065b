/**
 * The model as this person may see it. Definitions come filtered, so an expression may name a field that is not there:
 * it is left to the server, and the cell is remembered as undecided.
 */
import type { AppAnswer, AppForm } from '#contract/wire-app.ts'
import { buildForms } from '#definitions/build-forms.ts'
import type { FieldDefinition, FormDefinition } from '#definitions/definition.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import type { FieldModel, FormModel, Model, TableModel } from '#definitions/model.ts'
import { systemDefinitions } from '#definitions/system/forms.ts'
import { compileForm, type FormProgram } from '#expressions/form-program.ts'

export interface BrowserProgram {
  readonly program: FormProgram
  /** Keys of cells (`total`, `lines/amount`) with a rule or formula that only the server can decide. */
  readonly undecided: ReadonlySet<string>
}
export interface ReadableModel {
  readonly model: Model
  programOf(form: string): BrowserProgram
}

export function readableModel(app: AppAnswer, kinds: FieldKinds): ReadableModel {
  return modelOfForms(app.forms, { kinds, revision: app.revision, views: app.views })
}

export interface ModelSource {
  readonly kinds: FieldKinds
  readonly revision: number
  readonly views: AppAnswer['views']
}

/** Also for a designer's preview: forms with their lifecycles, as they would be published. */
export function modelOfForms(
  forms: readonly (FormDefinition & Pick<AppForm, 'lifecycle'>)[],
  source: ModelSource,
): ReadableModel {
  const lifecycles = forms.flatMap((form) => (form.lifecycle ? [form.lifecycle] : []))
  const whole = withMissing(forms)
  const built = buildForms(new Map(whole.map((form) => [form.name, form])), [...whole, ...lifecycles], source.kinds)
  const none = new Map<string, never>()
  const model: Model = {
    revision: source.revision,
    hash: String(source.revision),
    kinds: source.kinds,
    forms: built.forms,
    sources: [],
    views: new Map(source.views.map((view) => [view.name, view])),
    lifecycles: new Map(lifecycles.map((one) => [one.name, one])),
    roles: none,
    flows: none,
    reports: none,
    dashboards: none,
    prints: none,
    calendars: none,
    packs: none,
    menu: [],
  }
  const programs = new Map<string, BrowserProgram>()
  return { model, programOf: (form) => remember(programs, form, () => programFor(model, form)) }
}

function remember(programs: Map<string, BrowserProgram>, form: string, make: () => BrowserProgram): BrowserProgram {
  const known = programs.get(form) ?? make()
  programs.set(form, known)
  return known
}

/** Forms that links point at but this person may not see become empty ones, so that the link itself still works. */
function withMissing(forms: readonly FormDefinition[]): readonly FormDefinition[] {
  const seen = new Set(forms.map((form) => form.name))
  const system = systemDefinitions.flatMap(({ definition: one }): FormDefinition[] =>
    one.kind === 'form' && !('extends' in one) && !seen.has(one.name) ? [one] : [],
  )
  for (const form of system) seen.add(form.name)
  const targets = new Set(forms.flatMap((form) => form.fields.flatMap(targetsOf)).filter((name) => !seen.has(name)))
  return [...forms, ...system, ...[...targets].map((name): FormDefinition => ({ kind: 'form', name, fields: [] }))]
}

function targetsOf(field: FieldDefinition): string[] {
  const to = field['to']
  const own = typeof to === 'string' ? [to] : Array.isArray(to) ? to.map(String) : []
  return [...own, ...(field.fields ?? []).flatMap(targetsOf)]
}

function programFor(model: Model, form: string): BrowserProgram {
  const whole = tryProgram(model, form)
  if (whole) return { program: whole, undecided: new Set() }
  const undecided = new Set<string>()
  const weak = weakenForm(model, form, undecided)
  const program = tryProgram(withForm(model, weak), form) ?? compileForm(withForm(model, bareForm(weak)), form)
  return { program, undecided }
}

function tryProgram(model: Model, form: string): FormProgram | null {
  try {
    return compileForm(model, form)
  } catch {
    return null
  }
}

function withForm(model: Model, form: FormModel): Model {
  return { ...model, forms: new Map(model.forms).set(form.name, form) }
}

const rules = ['formula', 'default', 'visible', 'required', 'readonly', 'filter'] as const

/** Takes out, one by one, what does not compile alone. */
function weakenForm(model: Model, name: string, undecided: Set<string>): FormModel {
  const form = model.forms.get(name) as FormModel
  const compiles = (fields: FormModel['fields'], definition: FormDefinition) =>
    tryProgram(withForm(model, { ...form, fields, definition }), name) !== null
  const plain: FormDefinition = { kind: 'form', name, fields: form.definition.fields }
  const stripped = new Map([...form.fields.values()].map((field) => [field.name, stripField(field)]))
  const fields = new Map(
    [...form.fields.values()].map((field) => [
      field.name,
      weakenField(field, undecided, '', (one) => compiles(new Map(stripped).set(field.name, one), plain)),
    ]),
  )
  const { checks, title, locked_when, ...rest } = form.definition
  const kept: FormDefinition = {
    ...rest,
    checks: (checks ?? []).filter((check) => compiles(stripped, { ...plain, checks: [check] })),
    ...(title !== undefined && compiles(stripped, { ...plain, title }) ? { title } : {}),
    ...(locked_when && compiles(stripped, { ...plain, locked_when }) ? { locked_when } : {}),
  }
  return { ...form, fields, definition: kept }
}

function weakenField(
  field: FieldModel,
  undecided: Set<string>,
  table: string,
  compiles: (field: FieldModel) => boolean,
): FieldModel {
  let kept = stripField(field)
  for (const rule of rules) {
    const value = field.definition[rule]
    if (value === undefined) continue
    const tried = { ...kept, definition: { ...kept.definition, [rule]: value } as FieldDefinition }
    if (compiles(tried)) kept = tried
    else undecided.add(`${table}${field.name}`)
  }
  return field.table ? { ...kept, table: weakenTable(kept, field.table, undecided, compiles) } : kept
}

function weakenTable(
  owner: FieldModel,
  table: TableModel,
  undecided: Set<string>,
  compiles: (field: FieldModel) => boolean,
): TableModel {
  const stripped = new Map([...table.fields.values()].map((column) => [column.name, stripField(column)]))
  const fits = (column: FieldModel) =>
    compiles({ ...owner, table: { ...table, fields: new Map(stripped).set(column.name, column) } })
  const fields = [...table.fields.values()].map(
    (column) => [column.name, weakenField(column, undecided, `${owner.name}/`, fits)] as const,
  )
  return { ...table, fields: new Map(fields) }
}

/** The field with its values but without its rules; columns likewise. */
function stripField(field: FieldModel): FieldModel {
  const definition = Object.fromEntries(
    Object.entries(field.definition).filter(([name]) => !(rules as readonly string[]).includes(name)),
  ) as FieldDefinition
  const table = field.table && {
    ...field.table,
    fields: new Map([...field.table.fields.values()].map((column) => [column.name, stripField(column)])),
  }
  return { ...field, definition, ...(table ? { table } : {}) }
}

function bareForm(form: FormModel): FormModel {
  const { name, fields, label } = form.definition
  return {
    ...form,
    definition: { kind: 'form', name, fields, ...(label ? { label } : {}) },
    fields: new Map([...form.fields.values()].map((field) => [field.name, stripField(field)])),
  }
}
