/** One route as an OpenAPI operation. Parameters and problem responses are shared: each is written once, under components. */
import type { Json, JsonObject } from '#base/json.ts'
import { catalogue, type ProblemCode } from '#base/problems.ts'
import { resolveText } from '#base/text.ts'
import { problemsOf } from '#contract/problems-of.ts'
import type { RouteContract } from '#contract/route.ts'

/** What several operations refer to; filled while they are made. */
export interface Shared {
  readonly parameters: Map<string, JsonObject>
  readonly responses: Map<string, JsonObject>
}

/** The same route for one form: what the general one leaves open. */
export interface Specific {
  readonly form: string
  readonly summary: string
  readonly body?: JsonObject
  readonly answer?: JsonObject
}

export function operationOf(contract: RouteContract, shared: Shared, specific?: Specific): JsonObject {
  return {
    operationId: specific ? `forms.${specific.form}.${contract.id.split('.').at(-1)}` : contract.id,
    summary: specific?.summary ?? contract.summary,
    tags: [specific?.form ?? contract.action],
    security: contract.auth === 'public' ? [] : contract.personal ? [{ session: [] }] : [{ session: [] }, { key: [] }],
    'x-auth': contract.auth,
    parameters: parametersOf(contract, shared, specific),
    ...(contract.body || contract.upload
      ? { requestBody: { required: true, content: bodyContent(contract, specific?.body) } }
      : {}),
    responses: { ...answers(contract, specific?.answer), ...problemResponses(contract, shared) },
  }
}

function parametersOf(contract: RouteContract, shared: Shared, specific: Specific | undefined): readonly Json[] {
  const params = parameters(contract.params, 'path').filter(({ name }) => !specific || name !== 'form')
  return [...params, ...parameters(contract.query, 'query'), ...requestHeaders(contract)].map((parameter) => {
    const key = parameter.in === 'header' ? String(parameter.name) : `${contract.id}.${String(parameter.name)}`
    shared.parameters.set(key, parameter)
    return { $ref: `#/components/parameters/${key}` }
  })
}

function parameters(schema: unknown, place: 'path' | 'query'): readonly JsonObject[] {
  if (schema === undefined) return []
  const { properties, required } = plain(schema) as { properties?: JsonObject; required?: readonly string[] }
  return Object.entries(properties ?? {}).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || required?.includes(name) === true,
    schema: of,
  }))
}

function requestHeaders(contract: RouteContract): readonly JsonObject[] {
  const header = (name: string, required: boolean, description: string) => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string' },
    description,
  })
  return [
    ...(contract.conditional ? [header('If-Match', true, 'The version that was read, in quotes')] : []),
    ...(contract.idempotent ? [header('Idempotency-Key', false, 'The same key and body have one effect')] : []),
  ]
}

function bodyContent(contract: RouteContract, body: JsonObject | undefined): JsonObject {
  const fields: JsonObject = contract.upload === 'only' ? {} : { mapping: { type: 'string' } }
  const file = { type: 'string', format: 'binary' }
  const form: JsonObject = { schema: { type: 'object', properties: { file, ...fields }, required: ['file'] } }
  return {
    ...(contract.body ? { 'application/json': { schema: body ?? plain(contract.body) } } : {}),
    ...(contract.upload ? { 'multipart/form-data': form } : {}),
  }
}

function answers(contract: RouteContract, answer: JsonObject | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(contract.answers).map(([status, schema]) => [
      status,
      {
        description: descriptions[status] ?? 'Done',
        headers: answerHeaders(contract, status),
        ...content(contract, { status, schema, answer }),
      },
    ]),
  )
}

const descriptions: Readonly<Record<string, string>> = {
  '200': 'As asked',
  '201': 'Created',
  '202': 'Accepted; it goes on in the background',
  '204': 'Done; nothing to say',
  '304': 'What you have is still true',
}

function answerHeaders(contract: RouteContract, status: string): JsonObject {
  const header = (name: string): JsonObject => ({ [name]: { $ref: `#/components/headers/${name}` } })
  return {
    ...header('X-Request-Id'),
    ...(contract.auth === 'public' ? {} : header('X-Formloom-Revision')),
    ...(contract.tagged ? header('ETag') : {}),
    ...(contract.located && status === '201' ? header('Location') : {}),
  }
}

function content(
  { media }: RouteContract,
  {
    status,
    schema,
    answer,
  }: { readonly status: string; readonly schema: unknown; readonly answer: JsonObject | undefined },
): JsonObject {
  if (schema) return { content: { 'application/json': { schema: answer ?? plain(schema) } } }
  if (!media || status === '304') return {}
  return { content: Object.fromEntries(media.map((type) => [type, { schema: { type: 'string' } }])) }
}

function problemResponses(contract: RouteContract, shared: Shared): JsonObject {
  const codes = [...problemsOf(contract)].sort()
  const statuses = [...new Set(codes.map((code) => catalogue[code].status))].sort()
  return Object.fromEntries(
    statuses.map((status) => {
      const of = codes.filter((code) => catalogue[code].status === status)
      const key = of.join('.')
      shared.responses.set(key, problemResponse(of))
      return [status, { $ref: `#/components/responses/${key}` }]
    }),
  )
}

function problemResponse(codes: readonly ProblemCode[]): JsonObject {
  const again = codes.some((code) => [429, 503].includes(catalogue[code].status))
  const type = { type: 'string', enum: codes.map((code) => `/problems/${code}`) }
  return {
    description: codes.map((code) => `\`${code}\`: ${resolveText(catalogue[code].title, 'en')}`).join('; '),
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
      ...(again ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } : {}),
    },
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { type } }] },
      },
    },
  }
}

/** Schemas carry symbols of their builder, and tuples in the spelling of an older draft. */
function plain(schema: unknown): JsonObject {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) =>
    isTuple(value) ? { ...withoutItems(value), prefixItems: value.items, items: false } : value,
  ) as JsonObject
}

function isTuple(value: unknown): value is { readonly items: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items)
}

function withoutItems({
  items: _items,
  additionalItems: _more,
  ...rest
}: {
  items: unknown
  additionalItems?: unknown
}): object {
  return rest
}
