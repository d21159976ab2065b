/** Fields against their kinds: the common properties of `form.json` and the options of the kind's manifest, composed into one schema per kind. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { amendable } from './amendable.ts'
import type { FieldKind, FieldKinds } from './field-kind.ts'
import { schemaIssues } from './schema-issues.ts'
import { commonSchema, definitionSchemas } from './schemas.ts'

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
  return fields.flatMap((field: Json, index) => (isObject(field) ? oneField(field, `${pointer}/${index}`, against) : []))
}

function oneField(field: JsonObject, pointer: string, against: Against): readonly Issue[] {
  const own = field.type === undefined && against.extending ? amendIssues(field) : kindIssues(field, against.kinds)
  const columns = listIssues(field.fields, `${pointer}/fields`, { ...against, extending: against.extending && field.type === undefined })
  return [...own.map((issue) => ({ ...issue, pointer: pointer + issue.pointer })), ...columns]
}

function kindIssues(field: JsonObject, kinds: FieldKinds): readonly Issue[] {
  if (field.type === undefined) return [{ pointer: '/type', code: 'missing-property', params: { property: 'type' } }]
  if (typeof field.type !== 'string') return [{ pointer: '/type', code: 'wrong-type', params: { expected: 'string' } }]
  const kind = kinds.get(field.type)
  if (!kind) return [{ pointer: '/type', code: 'unknown-kind', params: { name: field.type } }]
  return run(kindValidator(kind, kinds), field)
}

function amendIssues(field: JsonObject): readonly Issue[] {
  return Object.keys(field).filter((key) => !amendable.includes(key))
    .map((key) => ({ pointer: `/${key}`, code: 'extension-changes', params: { property: key } }))
}

function run(validate: ValidateFunction, field: JsonObject): readonly Issue[] {
  return validate(field) ? [] : schemaIssues(validate.errors ?? [])
}

const compiled = new WeakMap<FieldKinds, Map<string, ValidateFunction>>()

function kindValidator(kind: FieldKind, kinds: FieldKinds): ValidateFunction {
  const known = compiled.get(kinds) ?? new Map<string, ValidateFunction>()
  compiled.set(kinds, known)
  const found = known.get(kind.name) ?? newAjv().compile(fieldSchema(kind))
  known.set(kind.name, found)
  return found
}

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: false, messages: false })
  ajv.addSchema(commonSchema)
  ajv.addSchema(definitionSchemas.form)
  return ajv
}

/** The whole schema of a field of this kind: what the properties panel edits and the documentation shows. */
export function fieldSchema(kind: FieldKind): JsonObject {
  const shared = (definitionSchemas.form.$defs as JsonObject).field as JsonObject
  const { fields, ...common } = shared.properties as JsonObject
  const options = Object.fromEntries(kind.options.map((option) => [option.name, option.schema]))
  const columns: JsonObject = kind.name === 'table' ? { fields: { ...(fields as JsonObject), items: { type: 'object' }, minItems: 1 } } : {}
  const properties = { ...common, rollup: { $ref: 'form.json#/$defs/rollup' }, type: { const: kind.name }, ...columns, ...options }
  const required = ['name', 'type', ...kind.options.filter((option) => option.required).map((option) => option.name)]
  return { type: 'object', properties, required, additionalProperties: false }
}
