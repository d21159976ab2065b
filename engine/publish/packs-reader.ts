/** Reads a pack from its folder: only what belongs to a pack, within limits, everything that is wrong at once. */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject, type Json } from '#base/json.ts'
import { isName } from '#base/names.ts'
import type { Issue } from '#base/problems.ts'
import { type Definition, type DefinitionKind, definitionKinds, type PackDefinition } from '#definitions/definition.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { parseDefinition } from '#definitions/parse.ts'
import { nameOf } from './definition-set.ts'

export interface PackFolder {
  readonly name: string
  readonly path: string
  /** Absent when `pack.json` is missing or refused. */
  readonly pack?: PackDefinition
  /** All definitions, the pack's own among them. */
  readonly definitions: readonly Definition[]
  /** Pointers begin with the file: `/forms~1order.json/fields/0`. */
  readonly issues: readonly Issue[]
}

/** Folder of a pack (and of a pulled workspace) → the kind of what lies in it. */
export const kindFolders: ReadonlyMap<string, DefinitionKind> = new Map(
  definitionKinds.filter((kind) => kind !== 'pack').map((kind) => [`${kind}s`, kind]),
)

const limits = { files: 2_000, definitionBytes: 1_000_000, dataBytes: 50_000_000 } as const

/** The names of the packs in a folder of packs, in alphabetical order. */
export function packNames(templates: string): readonly string[] {
  if (!existsSync(templates)) return []
  const entries = readdirSync(templates, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(templates, entry.name, 'pack.json')))
    .map((entry) => entry.name)
    .sort()
}

/** Reads and parses, and pauses after each file; never throws for what a pack holds. */
export function* readPack(path: string, name: string, kinds: FieldKinds): Generator<undefined, PackFolder> {
  const reading: Reading = { path, name, kinds, issues: [], definitions: [], files: 0 }
  const own = readDefinition(reading, { file: 'pack.json', kind: 'pack', name })
  for (const [folder, kind] of kindFolders)
    for (const file of filesIn(reading, folder)) {
      readDefinition(reading, { file: `${folder}/${file}`, kind, name: file.replace(/\.json$/, '') })
      yield
    }
  const pack = own?.kind === 'pack' ? own : undefined
  for (const file of [...(pack?.data ?? []), ...(pack?.demo ?? [])]) checkDataFile(reading, file)
  return { name, path, definitions: reading.definitions, issues: reading.issues, ...(pack ? { pack } : {}) }
}

/** A CSV file of a pack, as text. Refused files are issues of `readPack`, so this one is there. */
export function readData(pack: PackFolder, file: string): string {
  return readFileSync(join(pack.path, file), 'utf8').replace(/^\uFEFF/, '')
}

interface Reading {
  readonly path: string
  readonly name: string
  readonly kinds: FieldKinds
  readonly issues: Issue[]
  readonly definitions: Definition[]
  files: number
}

interface Place {
  /** Relative to the pack. */
  readonly file: string
  readonly kind: DefinitionKind
  readonly name: string
}

function filesIn(reading: Reading, folder: string): readonly string[] {
  const path = join(reading.path, folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .sort()
    .filter((file) => {
      if (file.startsWith('.')) return false
      if (file.endsWith('.json')) return true
      add(reading, `${folder}/${file}`, { pointer: '', code: 'pack-foreign-file' })
      return false
    })
}

function readDefinition(reading: Reading, place: Place): Definition | null {
  const { file, kind, name } = place
  const json = readJson(reading, file)
  if (json === undefined) return null
  const parsed = parseDefinition(json, reading.kinds)
  if (!parsed.ok) {
    for (const issue of parsed.problem) add(reading, file, issue)
    return null
  }
  const definition = parsed.value
  if (definition.kind !== kind)
    add(reading, file, { pointer: '/kind', code: 'not-allowed-value', params: { allowed: kind } })
  else if (nameOf(definition) !== name)
    add(reading, file, { pointer: '/name', code: 'pack-file-name', params: { name: nameOf(definition), file: name } })
  else {
    reading.definitions.push(definition)
    return definition
  }
  return null
}

function readJson(reading: Reading, file: string): Json | undefined {
  const text = readBounded(reading, file, limits.definitionBytes)
  if (text === null) return undefined
  try {
    const json = JSON.parse(text) as Json
    if (isObject(json)) return json
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  add(reading, file, { pointer: '', code: 'not-json' })
  return undefined
}

/** Plain files only: a link could lead out of the pack. */
function readBounded(reading: Reading, file: string, most: number): string | null {
  const path = join(reading.path, file)
  reading.files += 1
  const status = existsSync(path) ? lstatSync(path) : null
  const code = !status
    ? 'pack-file-missing'
    : !status.isFile()
      ? 'pack-foreign-file'
      : status.size > most || reading.files > limits.files
        ? 'too-large'
        : null
  if (code === null) return readFileSync(path, 'utf8')
  add(reading, file, { pointer: '', code, ...(code === 'too-large' ? { params: { max: most } } : {}) })
  return null
}

function checkDataFile(reading: Reading, file: string): void {
  const [folder, base = '', ...rest] = file.split('/')
  const isInside =
    (folder === 'data' || folder === 'demo') && rest.length === 0 && base.endsWith('.csv') && isName(base.slice(0, -4))
  if (isInside) readBounded(reading, file, limits.dataBytes)
  else add(reading, file, { pointer: '', code: 'pack-foreign-file' })
}

function add({ issues }: Reading, file: string, issue: Issue): void {
  issues.push({ ...issue, pointer: `/${file.replaceAll('~', '~0').replaceAll('/', '~1')}${issue.pointer}` })
}
