/** The OpenAPI 3.1 document: every route from its contract, and for each form that the caller sees its schemas and routes. */
import type { Policy } from '#access/policy.ts'
import type { Json, JsonObject } from '#base/json.ts'
import type { Locale } from '#base/text.ts'
import { routeContracts } from '#contract/routes.ts'
import type { RecordContext } from '#records/context.ts'
import { breathe } from '#records/import/sheet.ts'
import { pathsOfForm, type SeenForm, seenForm, seenForms } from './openapi-forms.ts'
import { operationOf, type Shared } from './openapi-operation.ts'

/** As JSON text. Hundreds of forms take a while: others have their turn in between, and the last few documents are kept. */
export async function openApi(context: RecordContext, locale: Locale): Promise<string> {
  const known = kept.find((one) => one.policy === context.policy && one.locale === locale)
  if (known) return known.text
  const text = JSON.stringify(await documentOf(context, locale))
  kept.push({ policy: context.policy, locale, text })
  if (kept.length > mostKept) kept.shift()
  return text
}

/** A policy is of one model and one set of roles, and lives as long as the model does. */
const kept: { readonly policy: Policy; readonly locale: Locale; readonly text: string }[] = []
const mostKept = 4
/** So many forms, then somebody else. */
const formsAtOnce = 10

async function documentOf(context: RecordContext, locale: Locale): Promise<JsonObject> {
  const shared: Shared = { parameters: new Map(), responses: new Map() }
  const paths: Record<string, Json> = { ...generalPaths(shared) }
  const schemas: Record<string, Json> = { Problem: problemSchema, Link: linkSchema }
  const forms: SeenForm[] = []
  for (const name of seenForms(context)) {
    const form = seenForm(context, name, locale)
    Object.assign(paths, pathsOfForm(form, shared))
    Object.assign(schemas, form.schemas)
    if (forms.push(form) % formsAtOnce === 0) await breathe()
  }
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
      schemas,
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

function tagsOf(forms: readonly SeenForm[]): readonly Json[] {
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
