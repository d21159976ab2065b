/** The OpenAPI 3.1 document: every route from its contract, and for each form that the caller sees its schemas and routes. */
import type { Json, JsonObject } from '#base/json.ts'
import type { Locale } from '#base/text.ts'
import { routeContracts } from '#contract/routes.ts'
import type { RecordContext } from '#records/context.ts'
import { pathsOfForm, seenForms } from './openapi-forms.ts'
import { operationOf, type Shared } from './openapi-operation.ts'

export function openApi(context: RecordContext, locale: Locale): JsonObject {
  const forms = seenForms(context, locale)
  const shared: Shared = { parameters: new Map(), responses: new Map() }
  const paths = { ...generalPaths(shared), ...Object.assign({}, ...forms.map((form) => pathsOfForm(form, shared))) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Formloom',
      version: `0.1.0+revision.${context.model.revision}`,
      description: `Revision ${context.model.revision}. Errors are application/problem+json (RFC 9457); each type answers with its documentation.`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: tagsOf(forms),
    paths,
    components: {
      securitySchemes,
      headers: responseHeaders,
      parameters: Object.fromEntries(shared.parameters),
      responses: Object.fromEntries(shared.responses),
      schemas: Object.assign({ Problem: problemSchema, Link: linkSchema }, ...forms.map(({ schemas }) => schemas)),
    },
  }
}

function generalPaths(shared: Shared): JsonObject {
  const found: Record<string, Record<string, Json>> = {}
  for (const contract of routeContracts) {
    const path = contract.url.replace(/:([a-z]+)/g, '{$1}')
    found[path] = { ...found[path], [contract.method.toLowerCase()]: operationOf(contract, shared) }
  }
  return found
}

function tagsOf(forms: ReturnType<typeof seenForms>): readonly Json[] {
  const actions = [...new Set(routeContracts.map(({ action }) => action))]
  const names = forms.map(({ name }) => name)
  return [
    ...actions.filter((name) => !names.includes(name)).map((name) => ({ name })),
    ...forms.map(({ name, label }) => ({ name, description: label })),
  ]
}

const securitySchemes: JsonObject = {
  session: { type: 'apiKey', in: 'cookie', name: 'formloom', description: '`__Host-formloom` behind TLS' },
  key: { type: 'http', scheme: 'bearer', description: 'A key of POST /api/keys' },
}

const responseHeaders: JsonObject = {
  'X-Request-Id': { schema: { type: 'string' }, description: 'Of the request; the one that you sent, or a new one' },
  'X-Formloom-Revision': { schema: { type: 'string' }, description: 'The revision that answered' },
  ETag: { schema: { type: 'string' }, description: 'The version, in quotes' },
  Location: { schema: { type: 'string' }, description: 'Of what was created' },
  'Retry-After': { schema: { type: 'string' }, description: 'Seconds' },
}

const linkSchema: JsonObject = {
  type: 'object',
  description: 'A linked record; more of it with `expand`',
  properties: { id: { type: 'string' }, title: { type: ['string', 'null'] }, form: { type: 'string' } },
  required: ['id', 'title'],
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
