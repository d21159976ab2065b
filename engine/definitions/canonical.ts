/** The one written form of a definition: keys in schema order, two-space indent, a newline at the end; and its hash. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { sha256 } from '#base/sha256.ts'
import type { Definition } from './definition.ts'
import { definitionSchemas, followSchema } from './schemas.ts'

/** Law: `canonicalText(JSON.parse(canonicalText(d))) = canonicalText(d)`, whatever the order of keys in `d`. */
export function canonicalText(definition: Definition): string {
  const schema = definitionSchemas[definition.kind]
  return `${JSON.stringify(ordered(definition as unknown as Json, schema, schema), null, 2)}\n`
}

/** SHA-256 of the canonical text, as 64 hexadecimal digits. */
export function hashDefinition(definition: Definition): string {
  const known = hashes.get(definition)
  if (known !== undefined) return known
  const hash = sha256(canonicalText(definition))
  hashes.set(definition, hash)
  return hash
}

/** Spares the work where the hash was stored with the definition, which nobody else has changed since. */
export function rememberHash(definition: Definition, hash: string): void {
  hashes.set(definition, hash)
}

/** Definitions are immutable, so each is hashed once. */
const hashes = new WeakMap<Definition, string>()

/** Where the options of a kind stand: after `help`, before the rules. */
const optionsAfter = 'help'
/** Keys that come first where no schema orders them. */
const leading = ['name', 'id', 'value', 'label']

function ordered(value: Json, schema: JsonObject, root: JsonObject): Json {
  const here = followSchema(schema, root)
  if (Array.isArray(value)) return value.map((item: Json) => ordered(item, schemaOf(here.schema.items), here.root))
  if (!isObject(value)) return value
  const properties = schemaOf(here.schema.properties)
  const result: Record<string, Json> = {}
  for (const key of keysInOrder(value, Object.keys(properties))) {
    const child = properties[key] ?? here.schema.additionalProperties
    put(result, key, ordered(value[key] as Json, schemaOf(child), here.root))
  }
  return result
}

function keysInOrder(value: JsonObject, known: readonly string[]): readonly string[] {
  const present = Object.keys(value).filter((key) => value[key] !== undefined)
  const split = known.indexOf(optionsAfter) + 1 || known.length
  const free = present.filter((key) => !known.includes(key)).sort(byLeading)
  const wanted = [...known.slice(0, split), ...free, ...known.slice(split)]
  return wanted.filter((key) => present.includes(key))
}

function byLeading(left: string, right: string): number {
  const rank = (key: string) => (leading.indexOf(key) + leading.length + 1) % (leading.length + 1)
  return rank(left) - rank(right) || (left < right ? -1 : 1)
}

function schemaOf(schema: Json | undefined): JsonObject {
  return isObject(schema) ? schema : {}
}

/** Plain assignment would call the setter of `__proto__`. */
function put(target: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}
