/** Fields against their kinds: the common properties of `form.json` and the options of the kind's manifest, composed into one schema per kind. */
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { amendable } from './amendable.ts'
import type { FieldKind, FieldKinds } from './field-kind.ts'
import { schemaIssues } from './schema-issues.ts'
import { definitionSchemas } from './schemas.ts'
import { compileSchema } from './validators.ts'

/** Every field of a form (and of its tables) against its kind; `extending`: fields without a type amend one of the base form; replaced ones are whole. */
export function fieldIssues(form: JsonObject, kinds: FieldKinds): readonly Issue[] {
  const replaced = isObject(form.replaces) ? form.replaces.fields : undefined
  return [
    ...listIssues(form.fields, '/fields', { kinds, extending: form.extends !== undefined }),
    ...listIssues(replaced, '/replaces/fields', { kinds, extending: false }),
  ]
}

interface Against {
  readonly kinds: FieldKinds
  readonly extending: boolean
}

function listIssues(fields: Json | undefined, pointer: string, against: Against): readonly Issue[] {
  if (!Array.isArray(fields)) return []
  return fields.flatMap((field: Json, index) =>
    isObject(field) ? oneField(field, `${pointer}/${index}`, against) : [],
  )
}

function oneField(field: JsonObject, pointer: string, against: Against): readonly Issue[] {
  const own = [
    ...run(commonValidator(), field),
    ...(field.type === undefined && against.extending ? amendIssues(field) : kindIssues(field, against.kinds)),
  ]
  const columns = listIssues(field.fields, `${pointer}/fields`, {
    ...against,
    extending: against.extending && field.type === undefined,
  })
  return [...own.map((issue) => ({ ...issue, pointer: pointer + issue.pointer })), ...columns]
}

function kindIssues(field: JsonObject, kinds: FieldKinds): readonly Issue[] {
  if (field.type === undefined) return [{ pointer: '/type', code: 'missing-property', params: { property: 'type' } }]
  if (typeof field.type !== 'string') return []
  const kind = kinds.get(field.type)
  if (!kind) return [{ pointer: '/type', code: 'unknown-kind', params: { name: field.type } }]
  // A missing name is told once, by what every field has.
  return run(optionsValidator(kind, kinds), field).filter((issue) => issue.pointer !== '/name')
}

function amendIssues(field: JsonObject): readonly Issue[] {
  return Object.keys(field)
    .filter((key) => !amendable.includes(key))
    .map((key) => ({ pointer: `/${key}`, code: 'extension-changes', params: { property: key } }))
}

function run(validate: ValidateFunction, field: JsonObject): readonly Issue[] {
  return validate(field) ? [] : schemaIssues(validate.errors ?? [])
}

let common: ValidateFunction | undefined
const compiled = new WeakMap<FieldKinds, Map<string, ValidateFunction>>()

/** What every field has, compiled once for all kinds. */
function commonValidator(): ValidateFunction {
  common ??= compileSchema({ type: 'object', properties: commonProperties(), required: ['name'] })
  return common
}

/** What only this kind has, and the names of what every field has. */
function optionsValidator(kind: FieldKind, kinds: FieldKinds): ValidateFunction {
  const known = compiled.get(kinds) ?? new Map<string, ValidateFunction>()
  compiled.set(kinds, known)
  const names = Object.fromEntries(Object.keys(commonProperties()).map((name) => [name, true]))
  const found =
    known.get(kind.name) ?? compileSchema({ ...fieldSchema(kind), properties: { ...names, ...ownProperties(kind) } })
  known.set(kind.name, found)
  return found
}

/** The whole schema of a field of this kind: what the properties panel edits and the documentation shows. */
export function fieldSchema(kind: FieldKind): JsonObject {
  const needed = kind.options.filter((option) => option.required).map((option) => option.name)
  const properties = { ...commonProperties(), type: { const: kind.name }, ...ownProperties(kind) }
  return { type: 'object', properties, required: ['name', 'type', ...needed], additionalProperties: false }
}

/** Without `fields`, which only a table has. */
function commonProperties(): JsonObject {
  const shared = (definitionSchemas.form.$defs as JsonObject).field as JsonObject
  const { fields: _columns, ...properties } = shared.properties as JsonObject
  return { ...properties, rollup: { $ref: 'form.json#/$defs/rollup' } }
}

function ownProperties(kind: FieldKind): JsonObject {
  const columns: JsonObject =
    kind.name === 'table' ? { fields: { type: 'array', minItems: 1, items: { type: 'object' } } } : {}
  return { ...columns, ...Object.fromEntries(kind.options.map((option) => [option.name, option.schema])) }
}
