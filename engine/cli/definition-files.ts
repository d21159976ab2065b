/** Definitions as files: `<folder>/<kind>s/<name>.json` for the workspace's own, `<folder>/packs/<pack>/…` for those of packs. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Issue } from '#base/problems.ts'
import { canonicalText } from '#definitions/canonical.ts'
import {
  type Definition,
  type DefinitionKind,
  definitionKinds,
  type SourcedDefinition,
} from '#definitions/definition.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { parseDefinition } from '#definitions/parse.ts'
import { nameOf } from '#publish/definition-set.ts'

const packsFolder = 'packs'

/** Relative to the folder: `forms/order.json`. */
export function fileOf({ definition, pack }: SourcedDefinition): string {
  const inside =
    definition.kind === 'pack' ? 'pack.json' : join(folderOf(definition.kind), `${nameOf(definition)}.json`)
  return pack === undefined ? inside : join(packsFolder, pack, inside)
}

function folderOf(kind: DefinitionKind): string {
  return `${kind}s`
}

export interface Written {
  readonly written: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: number
}

/** Writes what differs and removes files of definitions that are gone; other files are left alone. */
export function writeDefinitions(folder: string, sources: readonly SourcedDefinition[]): Written {
  const wanted = new Map(sources.map((source) => [fileOf(source), canonicalText(source.definition)]))
  const withPacks = sources.some(({ pack }) => pack !== undefined)
  const removed = definitionFiles(folder, withPacks).filter((file) => !wanted.has(file))
  for (const file of removed) rmSync(join(folder, file))
  const written = [...wanted].filter(([file, text]) => !isWritten(join(folder, file), text)).map(([file]) => file)
  for (const file of written) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), wanted.get(file) ?? '')
  }
  return { written, removed, unchanged: wanted.size - written.length }
}

function isWritten(path: string, text: string): boolean {
  return existsSync(path) && readFileSync(path, 'utf8') === text
}

export interface ReadDefinitions {
  readonly sources: readonly SourcedDefinition[]
  /** Pointers begin with the file. */
  readonly issues: readonly Issue[]
}

/** All definitions below the folder; what cannot be read is an issue. */
export function readDefinitions(folder: string, kinds: FieldKinds): ReadDefinitions {
  const sources: SourcedDefinition[] = []
  const issues: Issue[] = []
  for (const file of definitionFiles(folder, true)) {
    const read = readDefinition(join(folder, file), kinds)
    const pointer = `/${file.replaceAll('\\', '/').replaceAll('/', '~1')}`
    if ('issues' in read) issues.push(...read.issues.map((issue) => ({ ...issue, pointer: pointer + issue.pointer })))
    else {
      const pack = packOf(file)
      const source = { definition: read.definition, ...(pack === undefined ? {} : { pack }) }
      if (fileOf(source) === file) sources.push(source)
      else
        issues.push({
          pointer: `${pointer}/name`,
          code: 'pack-file-name',
          params: { name: nameOf(read.definition), file: fileOf(source) },
        })
    }
  }
  return { sources, issues }
}

function readDefinition(
  path: string,
  kinds: FieldKinds,
): { readonly definition: Definition } | { readonly issues: readonly Issue[] } {
  try {
    const parsed = parseDefinition(JSON.parse(readFileSync(path, 'utf8')), kinds)
    return parsed.ok ? { definition: parsed.value } : { issues: parsed.problem }
  } catch (error) {
    if (error instanceof SyntaxError) return { issues: [{ pointer: '', code: 'not-json' }] }
    throw error
  }
}

function packOf(file: string): string | undefined {
  const [first, second] = file.split(/[\\/]/)
  return first === packsFolder ? second : undefined
}

/** Relative paths of everything that looks like a definition. */
function definitionFiles(folder: string, withPacks: boolean): readonly string[] {
  const own = filesBelow(folder, '')
  const packs = withPacks && existsSync(join(folder, packsFolder)) ? readdirSync(join(folder, packsFolder)) : []
  return [...own, ...packs.flatMap((pack) => filesBelow(folder, join(packsFolder, pack)))]
}

function filesBelow(folder: string, inside: string): readonly string[] {
  const packFile = join(inside, 'pack.json')
  const files = definitionKinds.flatMap((kind) => {
    const at = join(inside, folderOf(kind))
    if (kind === 'pack' || !existsSync(join(folder, at))) return []
    return readdirSync(join(folder, at))
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => join(at, file))
  })
  return inside !== '' && existsSync(join(folder, packFile)) ? [packFile, ...files] : files
}
