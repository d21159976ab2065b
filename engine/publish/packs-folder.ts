/** Where the packs lie: beside the program, whether it runs from sources or as built. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Bug } from '#base/bug.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { type PackFolder, packNames, readPack } from './packs-reader.ts'
import { atOnce, beside } from './steps.ts'

/** The folder `templates` of the package that this file belongs to. */
export function templatesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'templates')))
      return join(folder, 'templates')
  }
  throw new Bug('the package has no folder templates')
}

const known = new Map<string, { readonly signature: string; readonly pack: PackFolder }>()

type Packs = ReadonlyMap<string, PackFolder>

/** All packs of the folder by name; read again only when a file of theirs has changed. */
export function readPacks(templates: string, kinds: FieldKinds): Packs {
  return atOnce(steps(templates, kinds))
}

/** The same for a server: others get their turn between the files. */
export function readPacksBeside(templates: string, kinds: FieldKinds): Promise<Packs> {
  return beside(steps(templates, kinds))
}

function* steps(templates: string, kinds: FieldKinds): Generator<undefined, Packs> {
  const packs = new Map<string, PackFolder>()
  for (const name of packNames(templates)) packs.set(name, yield* readIfChanged(join(templates, name), name, kinds))
  return packs
}

function* readIfChanged(path: string, name: string, kinds: FieldKinds): Generator<undefined, PackFolder> {
  const signature = signatureOf(path)
  const before = known.get(path)
  if (before?.signature === signature) return before.pack
  const pack = yield* readPack(path, name, kinds)
  known.set(path, { signature, pack })
  return pack
}

function signatureOf(path: string): string {
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return files
    .sort()
    .map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`)
    .join('\n')
}
