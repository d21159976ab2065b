/** Packs: the gallery, and installing one with all that it requires: one revision, then its records. */

import { type Actor, adminRole } from '#access/actor.ts'
import { jsonPointer } from '#base/json-pointer.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { PackAnswer } from '#contract/wire-pack.ts'
import { buildModel } from '#definitions/build-model.ts'
import { checkModel } from '#definitions/check/check-model.ts'
import type { CompileExpression } from '#definitions/check/checking.ts'
import { compareVersions, versionFits } from '#definitions/check/packs.ts'
import type { Definition, SourcedDefinition } from '#definitions/definition.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import type { Model } from '#definitions/model.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Connection } from '#storage/connection.ts'
import { lockFor } from '#storage/locks.ts'
import { currentRevision, loadDefinitions } from '#storage/revision-store.ts'
import { type DefinitionSet, definingPack, keyOf, setOf } from './definition-set.ts'
import { noteBase } from './pack-bases.ts'
import { sourcesOf } from './pack-merge.ts'
import { countDemo, type LoadedFile, loadedFiles, loadFile, missingFiles, type Progress } from './packs-data.ts'
import { readPacks, readPacksBeside, templatesFolder } from './packs-folder.ts'
import type { PackFolder } from './packs-reader.ts'
import { type Published, publishIn } from './publish.ts'
import { beside } from './steps.ts'
import type { Workspace } from './workspace.ts'

export interface InstallRequest {
  readonly name: string
  readonly demo?: boolean
  /** Default: the packs that come with the program. */
  readonly templates?: string
  readonly onProgress?: (progress: Progress) => void
}

export interface Installed {
  readonly revision: number
  /** In the order of installation; those that were there already are absent. */
  readonly packs: readonly string[]
  readonly files: readonly LoadedFile[]
  /** Rows of the packs' files that were refused: 0 unless the pack, or what was there before, is at fault. */
  readonly errorCount: number
}

/** All packs of the folder that can be read, with what they bring and the installed version. */
export async function listPacks(workspace: Workspace, templates = templatesFolder()): Promise<readonly PackAnswer[]> {
  const model = await workspace.model()
  const answers: PackAnswer[] = []
  for (const folder of (await readPacksBeside(templates, workspace.kinds)).values())
    if (folder.issues.length === 0) answers.push(...(await packAnswer(model, folder)))
  return answers
}

/** What is wrong with a pack, alone and together with all that it requires; warnings too. */
export function validatePack(kinds: FieldKinds, name: string, templates = templatesFolder()): readonly Issue[] {
  const packs = readPacks(templates, kinds)
  const wanted = withRequired(packs, name)
  const read = wanted.packs.flatMap(issuesOf)
  if (wanted.issues.length + read.length > 0) return [...wanted.issues, ...read]
  const built = buildModel(wanted.packs.flatMap(sourcesOf), kinds, 1)
  return built.ok ? checkModel(built.value, compileExpression as CompileExpression) : built.problem
}

/** Refusals: forbidden, not-found, already-done, definition-invalid (broken, or its names are taken). */
export async function installPack(workspace: Workspace, actor: Actor, request: InstallRequest): Promise<Installed> {
  if (!actor.roles.includes(adminRole))
    throw new Refusal('forbidden', {
      detail: { en: 'Only an admin installs packs.', 'zh-CN': '只有管理员可以安装模板包。' },
    })
  const packs = await readPacksBeside(request.templates ?? templatesFolder(), workspace.kinds)
  if (!packs.has(request.name)) throw new Refusal('not-found')
  const wanted = withRequired(packs, request.name)
  refuse([...wanted.issues, ...wanted.packs.flatMap(issuesOf)])
  const published = await workspace.db.write((db) =>
    publishMissing(db, workspace, { actor, wanted: wanted.packs, note: `pack ${request.name}` }),
  )
  const { onProgress, demo = false } = request
  const files = await loadMissing(workspace, actor, {
    folders: wanted.packs,
    demo,
    ...(onProgress ? { onProgress } : {}),
  })
  if (published.packs.length === 0 && files.length === 0) throw new Refusal('already-done')
  return {
    revision: published.revision,
    packs: published.packs,
    files,
    errorCount: files.reduce((sum, file) => sum + file.errorCount, 0),
  }
}

/** Loads what these packs bring and is not loaded yet, each file once; demo data only when asked. */
export async function loadMissing(
  workspace: Workspace,
  actor: Actor,
  from: Pick<InstallRequest, 'onProgress'> & { readonly folders: readonly PackFolder[]; readonly demo: boolean },
): Promise<readonly LoadedFile[]> {
  const files: LoadedFile[] = []
  for (const { pack, file } of await filesToLoad(workspace, from.folders, from.demo))
    files.push(
      await loadFile(workspace, actor, { pack, file, ...(from.onProgress ? { onProgress: from.onProgress } : {}) }),
    )
  warn(workspace, files)
  return files
}

/** The pack after all that it requires, each once. */
export function withRequired(
  packs: ReadonlyMap<string, PackFolder>,
  name: string,
): { readonly packs: readonly PackFolder[]; readonly issues: readonly Issue[] } {
  const found = new Map<string, PackFolder>()
  const issues: Issue[] = []
  const visit = (one: string, path: readonly string[]): void => {
    const folder = packs.get(one)
    if (!folder || found.has(one) || path.includes(one)) return
    for (const [required, range] of Object.entries(folder.pack?.requires ?? {})) {
      issues.push(...requirementIssues(one, { name: required, range, found: packs.get(required) }))
      visit(required, [...path, one])
    }
    found.set(one, folder)
  }
  visit(name, [])
  return { packs: [...found.values()], issues }
}

function requirementIssues(
  pack: string,
  wanted: { name: string; range: string; found: PackFolder | undefined },
): readonly Issue[] {
  const { name, range, found } = wanted
  const pointer = jsonPointer('pack', pack, 'requires', name)
  if (!found) return [{ pointer, code: 'pack-missing', params: { name, range } }]
  const version = found.pack?.version ?? ''
  return versionFits(version, range) ? [] : [{ pointer, code: 'pack-version', params: { name, range, found: version } }]
}

function issuesOf(folder: PackFolder): readonly Issue[] {
  return folder.issues.map((issue) => ({ ...issue, pointer: jsonPointer(folder.name) + issue.pointer }))
}

interface Missing {
  readonly actor: Actor
  readonly wanted: readonly PackFolder[]
  readonly note: string
}

async function publishMissing(
  db: Connection,
  workspace: Workspace,
  { actor, wanted, note }: Missing,
): Promise<Pick<Published, 'revision'> & { readonly packs: readonly string[] }> {
  await lockFor(db, 'publish')
  const revision = await currentRevision(db)
  const installed = (await workspace.modelIn(db)).packs
  const missing = wanted.filter((folder) => !installed.has(folder.name))
  if (missing.length === 0) return { revision, packs: [] }
  const sources = missing.flatMap(sourcesOf)
  refuse(takenNames(setOf(revision === 0 ? [] : await loadDefinitions(db, revision)), sources))
  const packs = new Map(sources.map(({ definition, pack }) => [definition, pack as string]))
  const packOf = (definition: Definition) => packs.get(definition) as string
  const published = await publishIn(db, {
    workspace,
    actor,
    request: { note },
    definitions: [...packs.keys()],
    issues: [],
    packOf,
  })
  for (const { name: pack, definitions } of missing)
    await noteBase(db, { pack, revision: published.revision, definitions })
  return { revision: published.revision, packs: missing.map((folder) => folder.name) }
}

/** A pack never takes the place of what stands there under the same name. */
function takenNames(before: DefinitionSet, sources: readonly SourcedDefinition[]): readonly Issue[] {
  return sources.flatMap((source): readonly Issue[] => {
    const { kind, name } = keyOf(source)
    const isTaken = source.definition.name !== undefined && definingPack(before, keyOf(source)) !== undefined
    return isTaken ? [{ pointer: jsonPointer(kind, name), code: 'name-taken', params: { name } }] : []
  })
}

/** Data of all packs before demo of any: demo may link to it. */
async function filesToLoad(
  workspace: Workspace,
  wanted: readonly PackFolder[],
  demo: boolean,
): Promise<readonly { readonly pack: PackFolder; readonly file: string }[]> {
  const data: { pack: PackFolder; file: string }[] = []
  const demos: { pack: PackFolder; file: string }[] = []
  for (const pack of wanted) {
    for (const file of missingFiles(pack, await loadedFiles(workspace, pack.name), demo))
      (file.startsWith('data/') ? data : demos).push({ pack, file })
  }
  return [...data, ...demos]
}

function warn(workspace: Workspace, files: readonly LoadedFile[]): void {
  for (const { pack, file, errorCount, errors } of files) {
    if (errorCount > 0)
      workspace.log.warn('pack.rows-refused', {
        pack,
        file,
        count: errorCount,
        first: errors.slice(0, 20).map(({ line, column, issue }) => ({ line, column, code: issue.code })),
      })
  }
}

async function packAnswer(model: Model, folder: PackFolder): Promise<readonly PackAnswer[]> {
  const { pack, definitions } = folder
  if (!pack) return []
  const installed = model.packs.get(pack.name)?.version
  const count = (kind: Definition['kind']) =>
    definitions.filter((definition) => definition.kind === kind && definition.name !== undefined).length
  return [
    {
      name: pack.name,
      version: pack.version,
      label: pack.label ?? pack.name,
      ...(pack.description ? { description: pack.description } : {}),
      ...(pack.icon ? { icon: pack.icon } : {}),
      requires: Object.keys(pack.requires ?? {}),
      installed: installed ?? null,
      upgrade: installed !== undefined && compareVersions(pack.version, installed) > 0 ? pack.version : null,
      counts: {
        forms: count('form'),
        views: count('view'),
        roles: count('role'),
        lifecycles: count('lifecycle'),
        records: await beside(countDemo(folder)),
      },
      demo: (pack.demo ?? []).length > 0,
    },
  ]
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Refusal('definition-invalid', { issues })
}
