/** Where the packs lie: beside the program, whether it runs from sources or as built. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Bug } from '#base/bug.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { type PackFolder, packNames, readPack } from './packs-reader.ts'

/** The folder `templates` of the package that this file belongs to. */
export function templatesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'templates')))
      return join(folder, 'templates')
  }
  throw new Bug('the package has no folder templates')
}

const known = new Map<string, { readonly signature: string; readonly pack: PackFolder }>()

/** All packs of the folder by name; read again only when a file of theirs has changed. */
export function readPacks(templates: string, kinds: FieldKinds): ReadonlyMap<string, PackFolder> {
  return new Map(packNames(templates).map((name) => [name, readIfChanged(join(templates, name), name, kinds)]))
}

function readIfChanged(path: string, name: string, kinds: FieldKinds): PackFolder {
  const signature = signatureOf(path)
  const before = known.get(path)
  if (before?.signature === signature) return before.pack
  const pack = readPack(path, name, kinds)
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
