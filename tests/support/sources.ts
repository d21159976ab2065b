/** The project's own files as the house tests see them: names, texts, and who imports whom. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

export interface Import {
  readonly specifier: string
  /** File of this project, or null for a package or a Node module. */
  readonly target: string | null
}

export interface Module {
  /** Relative to the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
}

/** Every file that git keeps or would keep, as it is on disk now. */
export function projectFiles(): readonly string[] {
  const parameters = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const names = execFileSync('git', parameters, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\0')
  return [...new Set(names)].filter((name) => name !== '' && existsSync(join(root, name))).sort()
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** TypeScript below these folders with its imports: type-only, re-exported and dynamic ones included. */
export function modulesIn(...folders: readonly string[]): readonly Module[] {
  return projectFiles()
    .filter((path) => /\.tsx?$/.test(path) && folders.some((folder) => path.startsWith(`${folder}/`)))
    .map(readModule)
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('tests/')
}

function readModule(path: string): Module {
  const text = readText(path)
  const specifiers = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName)
  const imports = [...new Set(specifiers)].map((specifier) => ({ specifier, target: resolveImport(path, specifier) }))
  return { path, text, imports }
}

const aliases = Object.entries((JSON.parse(readText('package.json')) as { imports: Record<string, string> }).imports)

/** `#layer/file.ts` and relative specifiers → path of the file, whether it exists or not. */
export function resolveImport(importer: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(importer), specifier))
  const alias = aliases.find(([pattern]) => specifier.startsWith(pattern.replace('*', '')))
  if (alias === undefined) return null
  return posix.normalize(alias[1].replace('*', specifier.slice(alias[0].length - 1)))
}
