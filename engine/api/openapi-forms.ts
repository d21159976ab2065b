/** The forms of a workspace in its OpenAPI document: schemas of what is read and written, and the routes of each form. */
import { fieldAt } from '#access/field-set.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { type Locale, resolveText } from '#base/text.ts'
import type { RouteContract } from '#contract/route.ts'
import * as records from '#contract/routes/records.ts'
import type { FieldDefinition, FormDefinition, LifecycleDefinition } from '#definitions/definition.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { RecordContext } from '#records/context.ts'
import { describeForm } from '#records/describe.ts'
import { operationOf, type Shared, type Specific } from './openapi-operation.ts'

/** A form as this caller may see it. */
export interface SeenForm {
  readonly name: string
  readonly label: string
  readonly verbs: readonly string[]
  /** Components: the record as read, to be created, to be changed, and a page of records. */
  readonly schemas: JsonObject
}

interface Described extends FormDefinition {
  readonly lifecycle?: LifecycleDefinition
  readonly policy: {
    readonly verbs: readonly string[]
    readonly readonly: readonly string[]
    readonly masked: readonly string[]
    readonly owner: boolean
  }
}

export function seenForms(context: RecordContext): readonly string[] {
  return [...context.model.forms.keys()].filter(
    (name) => context.policy.form(name)?.may('read') || context.policy.form(name)?.may('create'),
  )
}

export function seenForm(context: RecordContext, name: string, locale: Locale): SeenForm {
  const described = describeForm(context, name) as unknown as Described
  const seeing: Seeing = { described, form: context.model.forms.get(name) as FormModel, locale }
  const label = resolveText(described.label, locale) || name
  return { name, label, verbs: described.policy.verbs, schemas: schemasOf(seeing, name, label) }
}

/** The usual routes with the form's own schemas; only those that the caller has a grant for. */
export function pathsOfForm({ name, label, verbs }: SeenForm, shared: Shared): JsonObject {
  const schema = (suffix = '') => ({ $ref: `#/components/schemas/${name}${suffix}` })
  const method = (contract: RouteContract, verb: string, of: Omit<Specific, 'form' | 'summary'>) =>
    verbs.includes(verb)
      ? {
          [contract.method.toLowerCase()]: operationOf(contract, shared, {
            form: name,
            summary: `${label}: ${contract.summary}`,
            ...of,
          }),
        }
      : {}
  const paths: JsonObject = {
    [`/api/forms/${name}/records`]: {
      ...method(records.recordsList, 'read', { answer: schema('.page') }),
      ...method(records.recordsCreate, 'create', { body: schema('.create'), answer: schema() }),
    },
    [`/api/forms/${name}/records/query`]: method(records.recordsQuery, 'read', { answer: schema('.page') }),
    [`/api/forms/${name}/records/{id}`]: {
      ...method(records.recordsRead, 'read', { answer: schema() }),
      ...method(records.recordsChange, 'update', { body: schema('.change'), answer: schema() }),
      ...method(records.recordsDelete, 'delete', {}),
    },
  }
  return Object.fromEntries(Object.entries(paths).filter(([, path]) => Object.keys(path as JsonObject).length > 0))
}

interface Seeing {
  readonly described: Described
  readonly form: FormModel
  readonly locale: Locale
}

type Face = 'read' | 'written'

function schemasOf(seeing: Seeing, name: string, title: string): JsonObject {
  const { described } = seeing
  const written = Object.fromEntries(
    described.fields
      .filter((field) => isWritable(seeing, field, field.name))
      .map((field) => [field.name, propertyOf(seeing, field, { path: field.name, face: 'written' })]),
  )
  const owner: JsonObject = described.policy.owner
    ? { owner: { type: ['string', 'null'], description: 'Id of a user' } }
    : {}
  const filled = new Set(described.fields.flatMap((field) => Object.keys((field.copy ?? {}) as JsonObject)))
  const required = described.fields
    .filter(({ name: own, required, default: usual }) => required === true && usual === undefined && !filled.has(own))
    .map((field) => field.name)
    .filter((own) => Object.hasOwn(written, own))
  const never = Object.fromEntries(required.map((own) => [own, notNull(written[own] as JsonObject)]))
  const properties: JsonObject = { ...written, ...never, ...owner }
  const body: JsonObject = { type: 'object', properties, additionalProperties: false }
  return {
    [name]: recordSchema(seeing, title),
    [`${name}.create`]: { ...body, title, required },
    [`${name}.change`]: { ...body, title },
    [`${name}.page`]: pageSchema(name),
  }
}

function recordSchema(seeing: Seeing, title: string): JsonObject {
  const { described } = seeing
  const link: JsonObject = { oneOf: [{ $ref: '#/components/schemas/Link' }, { type: 'null' }] }
  const states = described.lifecycle?.states.map((state) => state.name)
  const time = { type: 'string', format: 'date-time' }
  return {
    type: 'object',
    title,
    properties: {
      id: { type: 'string' },
      version: { type: 'integer' },
      title: { type: ['string', 'null'] },
      ...(states ? { state: { type: ['string', 'null'], enum: [...states, null] } } : {}),
      ...Object.fromEntries(
        described.fields.map((field) => [field.name, propertyOf(seeing, field, { path: field.name, face: 'read' })]),
      ),
      owner: link,
      created_at: time,
      created_by: link,
      updated_at: time,
      updated_by: link,
      deleted_at: time,
      can: { type: 'array', items: { type: 'string' } },
    },
    required: ['id', 'version', 'title', 'created_at', 'updated_at'],
  }
}

function pageSchema(name: string): JsonObject {
  return {
    type: 'object',
    properties: {
      records: { type: 'array', items: { $ref: `#/components/schemas/${name}` } },
      next: { type: ['string', 'null'] },
      count: { type: ['integer', 'null'] },
    },
    required: ['records', 'next', 'count'],
  }
}

function isWritable({ described, form }: Seeing, field: FieldDefinition, path: string): boolean {
  const model = fieldAt(form, path)
  const { policy } = described
  if (!model || model.computed !== null || model.kind.generated || policy.masked.includes(path)) return false
  return field.readonly !== true && (model.table !== undefined || !policy.readonly.includes(path))
}

function propertyOf(
  seeing: Seeing,
  field: FieldDefinition,
  at: { readonly path: string; readonly face: Face },
): JsonObject {
  const model = fieldAt(seeing.form, at.path)
  const title = resolveText(field.label, seeing.locale) || field.name
  if (model?.table) return { ...rowsSchema(seeing, field, at), title }
  if (at.face === 'written') return { ...valueSchema(model, at.face), title }
  if (seeing.described.policy.masked.includes(at.path))
    return { type: ['string', 'null'], title, description: 'Masked: its last four characters', readOnly: true }
  return { ...valueSchema(model, at.face), title, ...(isWritable(seeing, field, at.path) ? {} : { readOnly: true }) }
}

function rowsSchema(
  seeing: Seeing,
  field: FieldDefinition,
  { path, face }: { readonly path: string; readonly face: Face },
): JsonObject {
  const columns = (field.fields ?? []).filter(
    (column) => face === 'read' || isWritable(seeing, column, `${path}.${column.name}`),
  )
  return {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        ...Object.fromEntries(
          columns.map((column) => [column.name, propertyOf(seeing, column, { path: `${path}.${column.name}`, face })]),
        ),
      },
      ...(face === 'read' ? { required: ['id'] } : { additionalProperties: false }),
    },
  }
}

function valueSchema(model: FieldModel | undefined, face: Face): JsonObject {
  return model ? orNull(typeSchema(model.type, face)) : {}
}

/** Every value may be empty; an empty list is null, too. */
function orNull(schema: JsonObject): JsonObject {
  if (typeof schema.type !== 'string')
    return Object.keys(schema).length === 0 ? schema : { oneOf: [schema, { type: 'null' }] }
  return {
    ...schema,
    type: [schema.type, 'null'],
    ...(Array.isArray(schema.enum) ? { enum: [...(schema.enum as readonly Json[]), null] } : {}),
  }
}

/** What must be filled in. */
function notNull(schema: JsonObject): JsonObject {
  const { type, oneOf } = schema
  if (Array.isArray(oneOf)) return { ...schema, oneOf: oneOf.filter((one) => (one as JsonObject).type !== 'null') }
  if (!Array.isArray(type)) return schema
  const values: JsonObject = Array.isArray(schema.enum) ? { enum: schema.enum.filter((value) => value !== null) } : {}
  return { ...schema, type: String(type[0]), ...values }
}

function typeSchema(type: ValueType, face: Face): JsonObject {
  switch (type.is) {
    case 'boolean':
    case 'integer':
      return { type: type.is }
    case 'decimal':
      return decimalSchema(type.scale, face)
    case 'date':
    case 'time':
    case 'duration':
      return { type: 'string', format: type.is }
    case 'datetime':
      return { type: 'string', format: 'date-time' }
    case 'text':
      return { type: 'string', ...(type.options ? { enum: [...type.options] } : {}) }
    case 'record':
      return face === 'read'
        ? { $ref: '#/components/schemas/Link' }
        : { type: 'string', description: `Id of a record of ${type.form}` }
    case 'any_record':
      return face === 'read'
        ? { $ref: '#/components/schemas/Link' }
        : { type: 'string', description: `form/id of one of ${type.forms.join(', ')}` }
    case 'list':
      return { type: 'array', items: typeSchema(type.of, face) }
    case 'rows':
    case 'opaque':
    case 'empty':
      return {}
    default:
      return type satisfies never
  }
}

/** Exact: a string; a number is accepted, too. */
function decimalSchema(scale: number, face: Face): JsonObject {
  const description = `Decimal with at most ${scale} places`
  if (face === 'read') return { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$', description }
  return { oneOf: [{ type: 'string' }, { type: 'number' }], description }
}
