/** Merged form definitions → form models: fields with kind and type, tables, lifecycles, incoming links, fed roll-ups. */
import { systemForms } from '#base/names.ts'
import type { Issue } from '#base/problems.ts'
import type {
  Definition,
  FieldDefinition,
  FormDefinition,
  LifecycleDefinition,
  RollupDefinition,
} from './definition.ts'
import type { FieldKinds } from './field-kind.ts'
import type { FieldModel, FormModel, RollupModel, TableModel } from './model.ts'
import type { ValueType } from './value-type.ts'

export interface BuiltForms {
  readonly forms: ReadonlyMap<string, FormModel>
  readonly issues: readonly Issue[]
}

export function buildForms(
  definitions: ReadonlyMap<string, FormDefinition>,
  all: readonly Definition[],
  kinds: FieldKinds,
): BuiltForms {
  const issues: Issue[] = []
  const lifecycles = all.filter((definition): definition is LifecycleDefinition => definition.kind === 'lifecycle')
  const forms = new Map<string, MutableForm>()
  for (const [name, definition] of definitions) {
    const lifecycle = lifecycles.find((one) => one.form === name)
    const fields = buildFields(definition.fields, { form: name, pointer: `/form/${name}/fields`, kinds, issues })
    const system = (systemForms as readonly string[]).includes(name)
    forms.set(name, {
      name,
      form: name,
      definition,
      system,
      fields,
      ...(lifecycle ? { lifecycle } : {}),
      incoming: [],
      feeds: [],
    })
  }
  for (const form of forms.values()) for (const table of tablesOf(form)) connect(table, forms)
  return { forms, issues }
}

/** The form itself and its tables. */
export function tablesOf(form: TableModel): readonly TableModel[] {
  return [form, ...[...form.fields.values()].flatMap((field) => (field.table ? [field.table] : []))]
}

type MutableForm = FormModel & {
  readonly incoming: { readonly form: string; readonly table?: string; readonly field: FieldModel }[]
  readonly feeds: RollupModel[]
}

interface FieldPlace {
  readonly form: string
  readonly pointer: string
  readonly kinds: FieldKinds
  readonly issues: Issue[]
}

function buildFields(definitions: readonly FieldDefinition[], place: FieldPlace): ReadonlyMap<string, FieldModel> {
  const fields = new Map<string, FieldModel>()
  for (const definition of definitions) {
    const pointer = `${place.pointer}/${definition.name}`
    const field = buildField(definition, { ...place, pointer })
    if (fields.has(definition.name))
      place.issues.push({ pointer, code: 'name-taken', params: { name: definition.name } })
    else if (field) fields.set(definition.name, field)
  }
  return fields
}

function buildField(definition: FieldDefinition, place: FieldPlace): FieldModel | null {
  const kind = place.kinds.get(definition.type)
  if (!kind) {
    place.issues.push({
      pointer: `${place.pointer}/type`,
      code: 'unknown-kind',
      params: { name: definition.type ?? '' },
    })
    return null
  }
  const isTable = definition.type === 'table'
  const type: ValueType = isTable ? { is: 'rows', table: definition.name } : kind.type(definition)
  return {
    name: definition.name,
    kind,
    definition,
    type,
    computed: computedBy(definition),
    stored: definition.stored !== false,
    ...(isTable ? { table: buildTable(definition, place) } : {}),
  }
}

function buildTable(definition: FieldDefinition, place: FieldPlace): TableModel {
  const fields = buildFields(definition.fields ?? [], { ...place, pointer: `${place.pointer}/fields` })
  return { form: place.form, table: definition.name, fields }
}

function computedBy(definition: FieldDefinition): FieldModel['computed'] {
  if (definition.formula !== undefined) return 'formula'
  return definition.rollup === undefined ? null : 'rollup'
}

/** Tells the forms at the other end of links and roll-ups. What points nowhere is reported by the checks. */
function connect(table: TableModel, forms: ReadonlyMap<string, MutableForm>): void {
  const here = { form: table.form, ...(table.table === undefined ? {} : { table: table.table }) }
  for (const field of table.fields.values()) {
    for (const target of new Set(field.kind.linksTo?.(field.definition) ?? []))
      forms.get(target)?.incoming.push({ ...here, field })
    if (field.definition.rollup)
      forms.get(field.definition.rollup.form)?.feeds.push(rollupModel({ ...here, field }, field.definition.rollup))
  }
}

function rollupModel(target: RollupModel['target'], definition: RollupDefinition): RollupModel {
  const source = { form: definition.form, ...(definition.table === undefined ? {} : { table: definition.table }) }
  return { target, source, definition }
}
