/** A few kinds for the tests of this layer, which may not import the shelf. */
import type { Json, JsonObject } from '#base/json.ts'
import { ok } from '#base/result.ts'
import type { FieldDefinition } from './definition.ts'
import { defineFieldKind, type FieldKind, type FieldKinds, type KindOption } from './field-kind.ts'
import { type ValueType, valueTypes } from './value-type.ts'

const nameSchema: JsonObject = { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' }
const number: KindOption['schema'] = { type: 'number' }
const option = (name: string, schema: Json, required = false): KindOption => ({
  name,
  label: name,
  editor: 'json',
  schema,
  required,
})
const scale = option('scale', { type: 'integer', minimum: 0, maximum: 8 })
const limits = [option('min', number), option('max', number)]
const options = option('options', {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    properties: { value: nameSchema, label: {} },
    required: ['value'],
    additionalProperties: false,
  },
})
const target = [
  option('to', nameSchema, true),
  option('tree', { type: 'boolean' }),
  option('table', nameSchema),
  option('filter', {}),
  option('copy', { type: 'object', additionalProperties: nameSchema }),
  option('on_delete', { enum: ['block', 'clear', 'cascade'] }),
  option('copy_mode', { enum: ['empty', 'always'] }),
]

function kind(name: string, more: Partial<FieldKind> & { readonly type: FieldKind['type'] }): FieldKind {
  return defineFieldKind({
    name,
    version: 1,
    label: name,
    icon: 'dot',
    group: 'other',
    options: [],
    computable: true,
    parse: (input) => ok(input as Json),
    parseText: (text) => ok(text),
    format: (value) => String(value),
    check: () => [],
    sample: () => null,
    ...more,
  })
}

const decimalType = (field: FieldDefinition): ValueType => ({
  is: 'decimal',
  scale: typeof field.scale === 'number' ? field.scale : 2,
})
const linkType = (field: FieldDefinition): ValueType => ({
  is: 'record',
  form: String(field.to),
  ...(typeof field.table === 'string' ? { table: field.table } : {}),
})

const kinds: readonly FieldKind[] = [
  kind('text', { type: () => valueTypes.text, options: [option('pattern', { type: 'string' })] }),
  kind('email', { type: () => valueTypes.text }),
  kind('integer', { type: () => valueTypes.integer, options: limits, checkOptions: limitsInOrder }),
  kind('decimal', { type: decimalType, options: [scale, ...limits] }),
  kind('money', { type: decimalType, options: [scale, ...limits, option('currency', { type: 'string' })] }),
  kind('boolean', { type: () => valueTypes.boolean }),
  kind('date', { type: () => valueTypes.date }),
  kind('datetime', { type: () => valueTypes.datetime }),
  kind('choice', {
    type: (field) => ({
      is: 'text',
      options: (field.options as readonly JsonObject[]).map((one) => String(one.value)),
    }),
    options: [{ ...options, required: true }],
  }),
  kind('tags', { type: () => ({ is: 'list', of: valueTypes.text }), computable: false }),
  kind('link', { type: linkType, options: target, computable: false, linksTo: (field) => [String(field.to)] }),
  kind('table', {
    type: (field) => ({ is: 'rows', table: field.name }),
    computable: false,
    options: [option('min_rows', { type: 'integer' }), option('max_rows', { type: 'integer' })],
  }),
  kind('attachment', { type: () => valueTypes.opaque, computable: false }),
]

export const testKinds: FieldKinds = new Map(kinds.map((one) => [one.name, one]))

function limitsInOrder(field: FieldDefinition): ReturnType<NonNullable<FieldKind['checkOptions']>> {
  const wrong = typeof field.min === 'number' && typeof field.max === 'number' && field.min > field.max
  return wrong
    ? [{ pointer: '/min', code: 'min-above-max', params: { min: field.min as number, max: field.max as number } }]
    : []
}
