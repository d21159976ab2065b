/** A small order form with every type of field: the model on which the tests of expressions stand. */
import type { Json } from '#base/json.ts'
import type { FieldDefinition, FormDefinition } from '#definitions/definition.ts'
import type { FieldKind } from '#definitions/field-kind.ts'
import type { FieldModel, FormModel, Model, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'

export interface SampleField {
  readonly type: ValueType
  readonly definition?: Partial<FieldDefinition>
  readonly columns?: Readonly<Record<string, SampleField>>
}
export type SampleForms = Readonly<Record<string, Readonly<Record<string, SampleField>>>>

const decimal2: ValueType = { is: 'decimal', scale: 2 }

export const orderForms: SampleForms = {
  user: { name: { type: { is: 'text' } }, team: { type: { is: 'record', form: 'team' } }, limit: { type: decimal2 } },
  team: {
    name: { type: { is: 'text' } },
    parent: { type: { is: 'record', form: 'team' }, definition: { tree: true } },
    leader: { type: { is: 'record', form: 'user' } },
  },
  customer: {
    name: { type: { is: 'text' } },
    tier: { type: { is: 'text', options: ['gold', 'silver', 'bronze'] } },
    credit_limit: { type: decimal2 },
    since: { type: { is: 'date' } },
    active: { type: { is: 'boolean' } },
    team: { type: { is: 'record', form: 'team' } },
    labels: { type: { is: 'list', of: { is: 'text' } } },
  },
  order: {
    number: { type: { is: 'text' } },
    note: { type: { is: 'text' } },
    customer: { type: { is: 'record', form: 'customer' } },
    terms: { type: { is: 'text', options: ['cash', 'credit'] } },
    order_date: { type: { is: 'date' } },
    due_date: { type: { is: 'date' } },
    shipped_at: { type: { is: 'datetime' } },
    opens: { type: { is: 'time' } },
    effort: { type: { is: 'duration' } },
    paid: { type: { is: 'boolean' } },
    urgent: { type: { is: 'boolean' } },
    count_of_boxes: { type: { is: 'integer' } },
    year_of_plan: { type: { is: 'integer' } },
    discount: { type: decimal2 },
    weight: { type: { is: 'decimal', scale: 4 } },
    budget: { type: { is: 'decimal', scale: 0 } },
    labels: { type: { is: 'list', of: { is: 'text' } } },
    partners: { type: { is: 'list', of: { is: 'record', form: 'customer' } } },
    about: { type: { is: 'any_record', forms: ['customer', 'order'] } },
    contract: { type: { is: 'opaque' } },
    lines: {
      type: { is: 'rows', table: 'lines' },
      columns: {
        product: { type: { is: 'record', form: 'customer' } },
        description: { type: { is: 'text' } },
        quantity: { type: { is: 'decimal', scale: 3 } },
        price: { type: decimal2 },
        boxes: { type: { is: 'integer' } },
        wanted: { type: { is: 'date' } },
        free: { type: { is: 'boolean' } },
        amount: {
          type: decimal2,
          definition: {
            formula: {
              round: [
                {
                  '*': [
                    { var: 'quantity' },
                    { var: 'price' },
                    { '-': [1, { '/': [{ var: '$parent.discount' }, 100] }] },
                  ],
                },
                2,
              ],
            },
          },
        },
      },
    },
    total: { type: decimal2, definition: { formula: { sum: [{ var: 'lines' }, { var: 'amount' }] } } },
    open_amount: {
      type: decimal2,
      definition: { formula: { '-': [{ var: 'total' }, { coalesce: [{ var: 'budget' }, 0] }] } },
    },
    days_overdue: {
      type: { is: 'integer' },
      definition: {
        stored: false,
        formula: { max: [0, { date_diff: [{ var: 'due_date' }, { var: '$today' }, 'day'] }] },
      },
    },
  },
}

/** A model of these forms, without lifecycles, roles and views. */
export function sampleModel(
  forms: SampleForms = orderForms,
  more: Readonly<Record<string, Partial<FormDefinition>>> = {},
): Model {
  const none = new Map<string, never>()
  return {
    revision: 1,
    hash: 'sample',
    kinds: none,
    roles: none,
    views: none,
    lifecycles: none,
    flows: none,
    reports: none,
    dashboards: none,
    prints: none,
    calendars: none,
    packs: none,
    menu: [],
    sources: [],
    forms: new Map(Object.entries(forms).map(([name, fields]) => [name, formModel(name, fields, more[name] ?? {})])),
  }
}

/** The form of a sample model. */
export function sampleForm(model: Model, name: string): FormModel {
  const form = model.forms.get(name)
  if (form === undefined) throw new Error(`no sample form ${name}`)
  return form
}

/** The table of a form of a sample model. */
export function sampleTable(model: Model, name: string, table: string): TableModel {
  const found = sampleForm(model, name).fields.get(table)?.table
  if (found === undefined) throw new Error(`no sample table ${name}.${table}`)
  return found
}

function formModel(
  name: string,
  fields: Readonly<Record<string, SampleField>>,
  more: Partial<FormDefinition>,
): FormModel {
  const definition: FormDefinition = {
    kind: 'form',
    name,
    fields: Object.entries(fields).map(([field, sample]) => definitionOf(field, sample)),
    ...more,
  }
  return { name, form: name, system: false, definition, incoming: [], feeds: [], fields: fieldsOf(name, fields) }
}

function fieldsOf(form: string, fields: Readonly<Record<string, SampleField>>): ReadonlyMap<string, FieldModel> {
  return new Map(Object.entries(fields).map(([name, sample]) => [name, fieldModel(form, name, sample)]))
}

function fieldModel(form: string, name: string, sample: SampleField): FieldModel {
  const definition = definitionOf(name, sample)
  return {
    name,
    type: sample.type,
    definition,
    kind: kindOf(sample.type),
    stored: definition.stored !== false,
    computed: definition.formula === undefined ? null : 'formula',
    ...(sample.columns === undefined ? {} : { table: { form, table: name, fields: fieldsOf(form, sample.columns) } }),
  }
}

function definitionOf(name: string, { type, definition, columns }: SampleField): FieldDefinition {
  return {
    name,
    type: type.is,
    ...definition,
    ...(columns === undefined
      ? {}
      : { fields: Object.entries(columns).map(([column, sample]) => definitionOf(column, sample)) }),
  }
}

/** A kind that only knows its type: expressions ask for nothing else. */
function kindOf(type: ValueType): FieldKind {
  return {
    name: type.is,
    version: 1,
    label: type.is,
    icon: '',
    group: 'other',
    options: [],
    computable: true,
    type: () => type,
    parse: (input) => ({ ok: true, value: (input ?? null) as Json }),
    parseText: (text) => ({ ok: true, value: text }),
    format: (value) => String(value),
    check: () => [],
    sample: () => null,
  }
}
