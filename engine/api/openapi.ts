/** The OpenAPI 3.1 document: the routes from their contracts, one schema per form that the caller sees. */

import { fieldAt } from '#access/field-set.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { catalogue, type ProblemCode } from '#base/problems.ts'
import { type Locale, resolveText } from '#base/text.ts'
import type { RouteContract } from '#contract/route.ts'
import { routeContracts } from '#contract/routes.ts'
import type { FieldDefinition, FormDefinition } from '#definitions/definition.ts'
import type { FieldModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { RecordContext } from '#records/context.ts'
import { describeForm } from '#records/describe.ts'

export function openApi(context: RecordContext, locale: Locale): JsonObject {
  const forms = [...context.model.forms.keys()].filter(
    (name) => context.policy.form(name)?.may('read') || context.policy.form(name)?.may('create'),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Formloom',
      version: '0.1.0',
      description: `Revision ${context.model.revision}. Errors are application/problem+json (RFC 9457); each type answers with its documentation.`,
    },
    paths: paths(),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'formloom', description: '`__Host-formloom` behind TLS' },
        key: { type: 'http', scheme: 'bearer', description: 'A key of POST /api/keys' },
      },
      schemas: {
        Problem: problemSchema,
        ...Object.fromEntries(forms.map((name) => [name, formSchema(context, name, locale)])),
      },
    },
  }
}

function paths(): JsonObject {
  const found: Record<string, Record<string, Json>> = {}
  for (const contract of routeContracts) {
    const path = contract.url.replace(/:([a-z]+)/g, '{$1}')
    found[path] = { ...found[path], [contract.method.toLowerCase()]: operation(contract) }
  }
  return found
}

function operation(contract: RouteContract): JsonObject {
  const codes: readonly ProblemCode[] = [
    ...new Set([...contract.problems, ...(contract.auth === 'public' ? [] : ['unauthenticated' as const])]),
  ]
  return {
    operationId: contract.id,
    summary: contract.summary,
    tags: [contract.action],
    security: contract.auth === 'public' ? [] : contract.personal ? [{ session: [] }] : [{ session: [] }, { key: [] }],
    'x-auth': contract.auth,
    parameters: [...parameters(contract.params, 'path'), ...parameters(contract.query, 'query'), ...headers(contract)],
    ...(contract.body || contract.upload ? { requestBody: { required: true, content: bodyContent(contract) } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(contract.answers).map(([status, schema]) => [
          status,
          {
            description: 'As asked',
            ...(schema ? { content: { 'application/json': { schema: plain(schema) } } } : {}),
          },
        ]),
      ),
      ...Object.fromEntries(
        [...new Set(codes.map((code) => catalogue[code].status))].map((status) => [
          status,
          problemResponse(codes.filter((code) => catalogue[code].status === status)),
        ]),
      ),
    },
  }
}

function bodyContent(contract: RouteContract): JsonObject {
  const file: JsonObject = {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: {
          file: { type: 'string', format: 'binary' },
          ...(contract.upload === 'only' ? {} : { mapping: { type: 'string' } }),
        },
        required: ['file'],
      },
    },
  }
  return {
    ...(contract.body ? { 'application/json': { schema: plain(contract.body) } } : {}),
    ...(contract.upload ? file : {}),
  }
}

function parameters(schema: unknown, place: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return []
  const { properties, required } = plain(schema) as { properties?: JsonObject; required?: readonly string[] }
  return Object.entries(properties ?? {}).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || required?.includes(name) === true,
    schema: of,
  }))
}

function headers(contract: RouteContract): readonly Json[] {
  const text = { type: 'string' }
  return [
    ...(contract.conditional
      ? [
          {
            name: 'If-Match',
            in: 'header',
            required: true,
            schema: text,
            description: 'The version that was read, in quotes',
          },
        ]
      : []),
    ...(contract.idempotent
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: text,
            description: 'The same key and body have one effect',
          },
        ]
      : []),
  ]
}

function problemResponse(codes: readonly ProblemCode[]): JsonObject {
  return {
    description: codes.map((code) => `\`${code}\`: ${resolveText(catalogue[code].title, 'en')}`).join('; '),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}

const problemSchema: JsonObject = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: { type: 'string' },
          code: { type: 'string' },
          message: { type: 'string' },
          hint: { type: 'string' },
          params: { type: 'object' },
        },
      },
    },
  },
}

/** The writable and readable fields of a form, as this caller may see them. */
function formSchema(context: RecordContext, name: string, locale: Locale): JsonObject {
  const described = describeForm(context, name) as unknown as FormDefinition & {
    readonly policy: { readonly readonly: readonly string[] }
  }
  const form = context.model.forms.get(name)
  const locked = new Set(described.policy.readonly)
  const property = (field: FieldDefinition, path: string, model: FieldModel | undefined): JsonObject => ({
    ...(model?.table
      ? rowsSchema(field, (column) =>
          property(column, `${path}.${column.name}`, form && fieldAt(form, `${path}.${column.name}`)),
        )
      : valueSchema(model?.type)),
    title: resolveText(field.label, locale) || field.name,
    ...(locked.has(path) || model?.computed || model?.kind.generated ? { readOnly: true } : {}),
  })
  return {
    type: 'object',
    title: resolveText(described.label, locale) || name,
    properties: Object.fromEntries(
      described.fields.map((field) => [field.name, property(field, field.name, form?.fields.get(field.name))]),
    ),
    required: described.fields.filter((field) => field.required === true).map((field) => field.name),
  }
}

function rowsSchema(field: FieldDefinition, property: (column: FieldDefinition) => JsonObject): JsonObject {
  return {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        ...Object.fromEntries((field.fields ?? []).map((column) => [column.name, property(column)])),
      },
    },
  }
}

/** What is written; a link is read as `{id, title}`. */
function valueSchema(type: ValueType | undefined): JsonObject {
  switch (type?.is) {
    case 'boolean':
      return { type: ['boolean', 'null'] }
    case 'integer':
      return { type: ['integer', 'null'] }
    case 'decimal':
      return { type: ['string', 'null'], description: `Decimal with at most ${type.scale} places` }
    case 'date':
      return { type: ['string', 'null'], format: 'date' }
    case 'datetime':
      return { type: ['string', 'null'], format: 'date-time' }
    case 'time':
      return { type: ['string', 'null'], format: 'time' }
    case 'duration':
      return { type: ['string', 'null'], format: 'duration' }
    case 'text':
      return { type: ['string', 'null'] }
    case 'record':
      return { type: ['string', 'null'], description: `Id of a record of ${type.form}; read as {id, title}` }
    case 'list':
      return { type: ['array', 'null'], items: valueSchema(type.of) }
    default:
      return {}
  }
}

function plain(schema: unknown): Json {
  return JSON.parse(JSON.stringify(schema)) as Json
}
