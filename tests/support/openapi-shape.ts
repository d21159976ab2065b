/** What an OpenAPI 3.1 document must look like: the objects of the specification as a JSON Schema (draft 2020-12), and its rules that no schema can say. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Json, JsonObject } from '#base/json.ts'

const text = { type: 'string' }
const refTo = (part: string) => ({ $ref: `#/$defs/${part}` })
const mapOf = (part: string) => ({ type: 'object', additionalProperties: refTo(part) })
/** An object of the specification: these properties, extensions, and nothing else. */
const only = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  required: [...required],
  patternProperties: { '^x-': true },
  additionalProperties: false,
})
/** The object itself, or a reference to one under components. */
const orReference = (object: JsonObject, place: string): JsonObject => ({
  if: { type: 'object', required: ['$ref'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: only({ $ref: { type: 'string', pattern: `^#/components/${place}/` }, summary: text, description: text }),
  else: object,
})
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

const documentSchema: JsonObject = {
  ...only(
    {
      openapi: { type: 'string', pattern: '^3\\.1\\.\\d+$' },
      info: only(
        {
          title: text,
          version: text,
          summary: text,
          description: text,
          license: only({ name: text, identifier: text, url: text }, ['name']),
        },
        ['title', 'version'],
      ),
      servers: { type: 'array', items: only({ url: text, description: text }, ['url']) },
      tags: { type: 'array', items: only({ name: text, description: text }, ['name']) },
      paths: { type: 'object', patternProperties: { '^/': refTo('path') }, additionalProperties: false },
      components: only({
        schemas: { type: 'object' },
        parameters: mapOf('parameter'),
        headers: mapOf('header'),
        responses: mapOf('response'),
        securitySchemes: mapOf('securityScheme'),
      }),
    },
    ['openapi', 'info', 'paths'],
  ),
  $defs: {
    path: only({ ...Object.fromEntries(methods.map((method) => [method, refTo('operation')])), summary: text }),
    operation: only(
      {
        operationId: text,
        summary: text,
        description: text,
        tags: { type: 'array', items: text },
        security: { type: 'array', items: { type: 'object', additionalProperties: { type: 'array', items: text } } },
        parameters: { type: 'array', items: refTo('parameter'), uniqueItems: true },
        requestBody: only({ description: text, required: { type: 'boolean' }, content: refTo('content') }, ['content']),
        responses: {
          type: 'object',
          minProperties: 1,
          patternProperties: { '^([1-5]\\d\\d|default)$': refTo('response') },
          additionalProperties: false,
        },
      },
      ['operationId', 'responses'],
    ),
    parameter: orReference(
      only(
        {
          name: text,
          in: { enum: ['path', 'query', 'header', 'cookie'] },
          required: { type: 'boolean' },
          description: text,
          schema: { type: ['object', 'boolean'] },
        },
        ['name', 'in', 'schema'],
      ),
      'parameters',
    ),
    header: orReference(
      only({ description: text, required: { type: 'boolean' }, schema: { type: 'object' } }, ['schema']),
      'headers',
    ),
    response: orReference(
      only({ description: text, headers: mapOf('header'), content: refTo('content') }, ['description']),
      'responses',
    ),
    content: {
      type: 'object',
      minProperties: 1,
      additionalProperties: only({ schema: { type: ['object', 'boolean'] } }),
    },
    securityScheme: only(
      { type: { enum: ['apiKey', 'http'] }, name: text, in: text, scheme: text, description: text },
      ['type'],
    ),
  },
}

/** Everything that is wrong with the document, in words; empty when nothing is. */
export function openApiFaults(document: JsonObject): readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const check = ajv.compile(documentSchema)
  const shape = check(document)
    ? []
    : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  return [
    ...shape,
    ...schemasIn(document, '').flatMap(({ schema, pointer }) =>
      ajv.validateSchema(schema as object) ? [] : [`${pointer}: ${ajv.errorsText(ajv.errors)}`],
    ),
    ...referencesIn(document)
      .filter((target) => pointed(document, target) === undefined)
      .map((target) => `${target} leads nowhere`),
    ...operationFaults(document),
    ...unusedComponents(document),
  ]
}

/** Schema objects: whatever stands under `schema`, and the components. */
function schemasIn(value: Json, pointer: string): readonly { readonly schema: Json; readonly pointer: string }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value as JsonObject).flatMap(([key, child]) => {
    const at = `${pointer}/${key}`
    if (key === 'schema' || pointer === '/components/schemas') return [{ schema: child as Json, pointer: at }]
    return schemasIn(child as Json, at)
  })
}

function referencesIn(value: Json): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = (value as JsonObject).$ref
  return [
    ...(typeof own === 'string' ? [own] : []),
    ...Object.values(value).flatMap((child) => referencesIn(child as Json)),
  ]
}

function pointed(document: JsonObject, reference: string): Json | undefined {
  const segments = reference.replace(/^#\//, '').split('/')
  return segments.reduce<Json | undefined>(
    (at, segment) => (typeof at === 'object' && at !== null ? (at as JsonObject)[segment] : undefined),
    document,
  )
}

export interface Operation {
  readonly path: string
  readonly method: string
  readonly operation: JsonObject
}

export function operationsOf(document: JsonObject): readonly Operation[] {
  return Object.entries(document.paths as JsonObject).flatMap(([path, item]) =>
    Object.entries(item as JsonObject).map(([method, operation]) => ({
      path,
      method,
      operation: operation as JsonObject,
    })),
  )
}

/** The object behind a reference. */
export function resolved(document: JsonObject, value: Json | undefined): JsonObject {
  const reference = (value as JsonObject | undefined)?.$ref
  return (typeof reference === 'string' ? pointed(document, reference) : value) as JsonObject
}

function operationFaults(document: JsonObject): readonly string[] {
  const operations = operationsOf(document)
  const ids = operations.map(({ operation }) => String(operation.operationId))
  const schemes = Object.keys((document.components as JsonObject).securitySchemes as JsonObject)
  return operations.flatMap(({ path, method, operation }) => {
    const at = `${method} ${path}`
    const parameters = (operation.parameters as readonly Json[]).map((one) => resolved(document, one))
    const inPath = parameters.filter((one) => one.in === 'path')
    const template = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1])
    const names = parameters.map((one) => `${one.in} ${one.name}`)
    const unknown = (operation.security as readonly JsonObject[])
      .flatMap(Object.keys)
      .filter((name) => !schemes.includes(name))
    return [
      ...(ids.filter((id) => id === operation.operationId).length > 1
        ? [`${at}: its operationId is another’s, too`]
        : []),
      ...(inPath
        .map(({ name }) => name)
        .sort()
        .join() === template.sort().join()
        ? []
        : [`${at}: its path parameters differ`]),
      ...(inPath.every((one) => one.required === true) ? [] : [`${at}: a path parameter is not required`]),
      ...(new Set(names).size === names.length ? [] : [`${at}: a parameter stands twice`]),
      ...unknown.map((name) => `${at}: no security scheme ${name}`),
    ]
  })
}

function unusedComponents(document: JsonObject): readonly string[] {
  const used = new Set(referencesIn(document))
  const { parameters, responses, headers } = document.components as Record<string, JsonObject>
  return Object.entries({ parameters, responses, headers }).flatMap(([part, of]) =>
    Object.keys(of ?? {})
      .filter((name) => !used.has(`#/components/${part}/${name}`))
      .map((name) => `components.${part}.${name} is used nowhere`),
  )
}
