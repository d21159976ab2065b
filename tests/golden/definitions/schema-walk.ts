/** Walks the JSON Schemas of definitions: every property once, each with a way to build a whole definition around a value of it. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { type DefinitionKind, definitionKinds } from '#definitions/definition.ts'
import { commonSchema, definitionSchemas, followSchema } from '#definitions/schemas.ts'

export interface SchemaProperty {
  /** `form.fields.rollup.op`; parts shared by kinds are `common.selector.role`. */
  readonly path: string
  readonly kind: DefinitionKind
  readonly name: string
  readonly schema: JsonObject
  /** JSON Pointer of the property in what `around` builds. */
  readonly pointer: string
  around(value: Json): JsonObject
}

interface Node {
  readonly path: string
  readonly kind: DefinitionKind
  readonly schema: JsonObject
  readonly root: JsonObject
  readonly pointer: string
  around(value: Json): Json
}

export function schemaProperties(): readonly SchemaProperty[] {
  const seen = new Set<JsonObject>()
  return definitionKinds.flatMap((kind) => {
    const schema = definitionSchemas[kind]
    return visit({ path: kind, kind, schema, root: schema, pointer: '', around: (value) => value }, seen)
  })
}

function visit(node: Node, seen: Set<JsonObject>): readonly SchemaProperty[] {
  const followed = follow(node)
  if (seen.has(followed.schema)) return []
  seen.add(followed.schema)
  const here = Object.entries(objectOf(followed.schema.properties)).map(([name, schema]) =>
    childOf(followed, name, schema as JsonObject),
  )
  const own = here.map(({ path, pointer, around }, index): SchemaProperty => {
    const [name = '', schema] = Object.entries(objectOf(followed.schema.properties))[index] ?? []
    return {
      path,
      kind: node.kind,
      name,
      schema: schema as JsonObject,
      pointer,
      around: around as (value: Json) => JsonObject,
    }
  })
  return [...own, ...[...here, ...innerOf(followed)].flatMap((child) => visit(child, seen))]
}

function follow(node: Node): Node {
  const target = node.schema.$ref
  if (typeof target !== 'string') return node
  const { schema, root } = followSchema(node.schema, node.root)
  const name = target.split('/').at(-1) ?? ''
  return { ...node, schema, root, path: root === commonSchema ? `common.${name}` : `${node.kind}.${name}` }
}

function childOf(node: Node, name: string, schema: JsonObject): Node {
  const around = (value: Json) =>
    node.around({ ...(sampleOf(node.schema, node.root, name) as JsonObject), [name]: value })
  return {
    path: `${node.path}.${name}`,
    kind: node.kind,
    schema,
    root: node.root,
    pointer: `${node.pointer}/${name}`,
    around,
  }
}

/** Members of arrays and values of maps. */
function innerOf(node: Node): readonly Node[] {
  const { items, additionalProperties } = node.schema
  const inner: Node[] = []
  if (isObject(items))
    inner.push({ ...node, schema: items, pointer: `${node.pointer}/0`, around: (value) => node.around([value]) })
  if (isObject(additionalProperties))
    inner.push({
      ...node,
      schema: additionalProperties,
      pointer: `${node.pointer}/some`,
      around: (value) => node.around({ some: value }),
    })
  return inner
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

const texts = [
  'some',
  'P1D',
  '1.0.0',
  'data/a.csv',
  'demo/a.csv',
  'en',
  'form.measure',
  '2026-01-01',
  '08:00',
  '0 8 * * 1',
  'read',
  '/x',
  '0.5',
  'Asia/Shanghai',
]

/** A small valid value of the schema: what is required, no more. `beside` says which property will be put in. */
export function sampleOf(schema: JsonObject, root: JsonObject, beside = ''): Json {
  const here = followSchema(schema, root)
  const found = here.schema
  if (found.const !== undefined) return found.const
  if (Array.isArray(found.enum)) return found.enum[0] as Json
  const type = Array.isArray(found.type) ? found.type[0] : found.type
  switch (type) {
    case 'string':
      return texts.find((text) => typeof found.pattern !== 'string' || new RegExp(found.pattern).test(text)) ?? ''
    case 'integer':
    case 'number':
      return typeof found.minimum === 'number' ? found.minimum : 1
    case 'boolean':
      return true
    case 'array':
      return Array.from({ length: Number(found.minItems ?? 0) }, () => sampleOf(objectOf(found.items), here.root))
    case 'object':
      return objectSample(here, beside)
    default:
      return 'anything'
  }
}

function objectSample(
  { schema, root }: { readonly schema: JsonObject; readonly root: JsonObject },
  beside: string,
): Json {
  const conditional =
    isObject(schema.else) && Array.isArray(schema.else.required) ? schema.else.required.map(String) : []
  const properties = objectOf(schema.properties)
  const declared = [...(Array.isArray(schema.required) ? schema.required.map(String) : []), ...conditional]
  const required =
    declared.length === 0 && schema.minProperties !== undefined ? Object.keys(properties).slice(0, 1) : declared
  const sample = Object.fromEntries(required.map((name) => [name, sampleOf(objectOf(properties[name]), root)]))
  const isField = properties.when_hidden !== undefined
  return isField ? { ...sample, type: beside === 'fields' ? 'table' : 'text' } : sample
}

/** A value that the schema cannot accept; undefined where it accepts any. */
export function wrongFor(schema: JsonObject, root: JsonObject): Json | undefined {
  const { schema: found } = followSchema(schema, root)
  const types = (Array.isArray(found.type) ? found.type : [found.type]).map(String)
  if (found.const !== undefined || found.enum !== undefined) return 'NOT ALLOWED'
  if (found.type === undefined) return undefined
  return [42, true, 'NOT ALLOWED'].find(
    (value) => !types.includes(typeof value) && !(typeof value === 'number' && types.includes('integer')),
  )
}

/** A value that the property takes; two of a field are judged by its kind, too. */
export function rightFor(property: SchemaProperty): Json {
  if (property.path === 'form.field.type') return 'text'
  if (property.path === 'form.field.fields') return [{ name: 'some', type: 'text' }]
  return sampleOf(property.schema, rootOf(property))
}

export function rootOf(property: SchemaProperty): JsonObject {
  return property.path.startsWith('common.') ? commonSchema : definitionSchemas[property.kind]
}
