/**
 * Makes TypeScript out of the document that a workspace gives of itself: types of every form that the caller sees.
 * `FORMLOOM_KEY=fl_… npx tsx examples/client/generate.ts http://localhost:8080 > workspace.ts`
 */
import { fileURLToPath } from 'node:url'

type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly (string | null)[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly title?: string
}

export interface OpenApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const widest = 120

/** The whole file, the same for the same document. */
export function typesOf(document: OpenApiDocument): string {
  const { schemas } = document.components
  const forms = Object.keys(schemas).filter((name) => /^[a-z][a-z0-9_]*$/.test(name))
  const written: string[] = []
  const link = schemas.Link
  if (link) written.push(interfaceOf('Link', link, written))
  for (const form of forms.sort())
    for (const [part, suffix] of [
      ['', ''],
      ['.create', 'Create'],
      ['.change', 'Change'],
    ] as const) {
      const schema = schemas[form + part]
      if (schema) written.push(interfaceOf(pascal(form) + suffix, schema, written))
    }
  const lines = forms.map((form) => {
    const name = pascal(form)
    const parts = [`record: ${name}`, `create: ${name}Create`, `change: ${name}Change`]
    return [`  readonly ${form}: {`, ...parts.map((part) => `    readonly ${part}`), '  }'].join('\n')
  })
  const forTheClient = ['/** What the client knows of each form. */', 'export interface Forms {', ...lines, '}', '']
  return [header, ...written, forTheClient.join('\n')].join('\n')
}

const header = '/** Types of a workspace, made by generate.ts from its OpenAPI document; not to be edited. */\n'

/** Rows of tables become interfaces of their own, before the one that holds them. */
function interfaceOf(name: string, schema: Schema, written: string[]): string {
  const lines = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const rows = property.items?.properties ? property.items : undefined
    const row = `${name}${pascal(key)}Row`
    if (rows) written.push(interfaceOf(row, rows, written))
    const type = rows ? [`readonly ${row}[]`] : alternatives(property)
    const mark = schema.required?.includes(key) ? '' : '?'
    const comment =
      property.title && property.title !== key ? [`  /** ${property.title.replaceAll('*/', '* /')} */`] : []
    return [...comment, ...propertyLines(`  readonly ${key}${mark}:`, type)]
  })
  const title = schema.title ? `/** ${schema.title.replaceAll('*/', '* /')} */\n` : ''
  return `${title}export interface ${name} {\n${lines.join('\n')}\n}\n`
}

function propertyLines(start: string, type: readonly string[]): readonly string[] {
  const line = `${start} ${type.join(' | ')}`
  return line.length <= widest ? [line] : [start, ...type.map((one) => `    | ${one}`)]
}

/** The members of the union that a schema allows. */
function alternatives(schema: Schema): readonly string[] {
  if (schema.$ref) return [pascal(schema.$ref.split('/').at(-1) ?? '')]
  if (schema.enum) return schema.enum.map((value) => (value === null ? 'null' : `'${value.replaceAll("'", "\\'")}'`))
  if (schema.oneOf) return [...new Set(schema.oneOf.flatMap(alternatives))]
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  return types.length === 0 ? ['unknown'] : types.map((type) => plainType(type, schema))
}

function plainType(type: string, { items }: Schema): string {
  if (type === 'integer') return 'number'
  if (type !== 'array') return type
  const of = items ? alternatives(items) : ['unknown']
  return `readonly ${of.length > 1 ? `(${of.join(' | ')})` : of[0]}[]`
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-zA-Z0-9])/g, (_match, letter: string) => letter.toUpperCase())
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const answer = await fetch(new URL('/api/openapi.json', process.argv[2] ?? 'http://localhost:8080'), {
    headers: { authorization: `Bearer ${process.env.FORMLOOM_KEY ?? ''}` },
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  process.stdout.write(typesOf((await answer.json()) as OpenApiDocument))
}
