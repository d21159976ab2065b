/** Upgrading packs: a three-way merge of everything that they brought, in one revision; what both sides changed is asked first. */
import { type Actor, adminRole } from '#access/actor.ts'
import type { Json } from '#base/json.ts'
import { jsonPointer } from '#base/json-pointer.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { Text } from '#base/text.ts'
import { compareVersions } from '#definitions/check/packs.ts'
import type { DefinitionKind } from '#definitions/definition.ts'
import { changeText } from '#definitions/diff/change-text.ts'
import type { MergeConflict } from '#definitions/merge/three-way.ts'
import type { Connection } from '#storage/connection.ts'
import { lockFor } from '#storage/locks.ts'
import { currentRevision, loadDefinitions } from '#storage/revision-store.ts'
import { changeWords, type WordedChange } from './change-words.ts'
import { changesBetween, setOf } from './definition-set.ts'
import { baseOf, noteBase } from './pack-bases.ts'
import { type Decisions, isAsItCame, mergePacks, type PackMerge, type Renewal } from './pack-merge.ts'
import { loadMissing, withRequired } from './packs.ts'
import type { LoadedFile, Progress } from './packs-data.ts'
import { readPacks, templatesFolder } from './packs-folder.ts'
import type { PackFolder } from './packs-reader.ts'
import { type Published, type PublishRequest, publishIn, rehearsable } from './publish.ts'
import type { Workspace } from './workspace.ts'

export interface UpgradeRequest extends Decisions, Pick<PublishRequest, 'dryRun' | 'base'> {
  readonly name: string
  /** Default: the packs that come with the program. */
  readonly templates?: string
  readonly onProgress?: (progress: Progress) => void
}

export interface UpgradeConflict extends MergeConflict {
  readonly text: Text
}

export interface Upgraded extends Published {
  /** Upgraded in this revision: the pack, and what it requires where the folder has it newer. */
  readonly packs: readonly { readonly name: string; readonly from: string | null; readonly to: string }[]
  readonly conflicts: readonly UpgradeConflict[]
  readonly files: readonly LoadedFile[]
  readonly errorCount: number
}

/**
 * Records are not touched, demo data neither; data files that the new version brings are loaded.
 * Refusals: forbidden, not-found, already-done, conflict, definition-invalid (an open conflict is `upgrade-conflict`).
 */
export async function upgradePack(workspace: Workspace, actor: Actor, request: UpgradeRequest): Promise<Upgraded> {
  requireAdmin(actor)
  let plan: Plan | undefined
  const published = await rehearsable(
    workspace.db.write(async (db) => {
      plan = await planUpgrade(db, workspace, request)
      return publishPlan(db, { workspace, actor, request, plan })
    }),
  )
  const { folders, merge, installed } = plan as unknown as Plan
  const files = request.dryRun ? [] : await loadMissing(workspace, actor, { ...request, folders, demo: false })
  return {
    ...published,
    packs: folders.map((folder) => ({
      name: folder.name,
      from: installed.get(folder.name) ?? null,
      to: folder.pack?.version ?? '',
    })),
    conflicts: merge.conflicts.map(worded),
    files,
    errorCount: files.reduce((sum, file) => sum + file.errorCount, 0),
  }
}

export interface PackDifference {
  readonly installed: string
  readonly available: string
  /** What was changed here since the pack came. */
  readonly mine: readonly WordedChange[]
  /** What the folder's version changes. */
  readonly theirs: readonly WordedChange[]
  readonly conflicts: readonly UpgradeConflict[]
}

/** Both sides of an upgrade, without one. Refusal not-found: not installed, or not in the folder. */
export function comparePack(
  workspace: Workspace,
  request: Pick<UpgradeRequest, 'name' | 'templates'>,
): Promise<PackDifference> {
  return workspace.db.read(async (db) => {
    const { folder, installed } = await findPack(db, workspace, request)
    const revision = await currentRevision(db)
    const standing = await loadDefinitions(db, revision)
    const base = await baseOf(db, { pack: folder.name, revision })
    const [came, brought] = [base, folder.definitions].map((definitions) =>
      setOf(definitions.map((definition) => ({ definition, pack: folder.name }))),
    ) as [ReturnType<typeof setOf>, ReturnType<typeof setOf>]
    const mine = setOf(standing.filter(({ pack }) => pack === folder.name))
    const merge = mergePacks(standing, { renewed: [{ folder, base }], fresh: [], kinds: workspace.kinds }, {})
    refuse(merge.issues)
    return {
      installed,
      available: folder.pack?.version ?? '',
      mine: changeWords(changesBetween(came, mine)),
      theirs: changeWords(changesBetween(came, brought)),
      conflicts: merge.conflicts.map(worded),
    }
  })
}

interface Plan {
  readonly revision: number
  /** All that come or are renewed, each after what it requires. */
  readonly folders: readonly PackFolder[]
  readonly merge: PackMerge
  /** Versions before, by name. */
  readonly installed: ReadonlyMap<string, string>
}

async function planUpgrade(db: Connection, workspace: Workspace, request: UpgradeRequest): Promise<Plan> {
  await lockFor(db, 'publish')
  const { folder, packs } = await findPack(db, workspace, request)
  const revision = await currentRevision(db)
  const installed = new Map([...(await workspace.modelIn(db)).packs].map(([name, { version }]) => [name, version]))
  const wanted = withRequired(packs, request.name).packs.filter((one) => one === folder || isNewer(one, installed))
  refuse(wanted.flatMap((one) => olderIssues(one, installed)))
  const renewed: Renewal[] = []
  for (const one of wanted.filter(({ name }) => installed.has(name)))
    renewed.push({ folder: one, base: await baseOf(db, { pack: one.name, revision }) })
  if (renewed.every(isAsItCame)) throw new Refusal('already-done')
  const fresh = wanted.filter(({ name }) => !installed.has(name))
  const standing = await loadDefinitions(db, revision)
  const merge = mergePacks(standing, { renewed, fresh, kinds: workspace.kinds }, request)
  return { revision, folders: wanted, merge, installed }
}

async function findPack(
  db: Connection,
  workspace: Workspace,
  { name, templates }: Pick<UpgradeRequest, 'name' | 'templates'>,
): Promise<{
  readonly folder: PackFolder
  readonly packs: ReadonlyMap<string, PackFolder>
  readonly installed: string
}> {
  const packs = readPacks(templates ?? templatesFolder(), workspace.kinds)
  const folder = packs.get(name)
  const installed = (await workspace.modelIn(db)).packs.get(name)?.version
  if (!folder || installed === undefined) throw new Refusal('not-found')
  return { folder, packs, installed }
}

interface Publishing {
  readonly workspace: Workspace
  readonly actor: Actor
  readonly request: UpgradeRequest
  readonly plan: Plan
}

async function publishPlan(db: Connection, publishing: Publishing): Promise<Published> {
  const { workspace, actor, request, plan } = publishing
  const { merge, folders } = plan
  const open = merge.conflicts.filter(({ taken }) => taken === null).map(openIssue)
  if (request.dryRun && merge.issues.length + open.length > 0) return proposal(db, plan)
  refuse([...merge.issues, ...open])
  const published = await publishIn(db, {
    workspace,
    actor,
    request: { ...request, note: `upgrade of ${request.name}` },
    definitions: [],
    issues: [],
    whole: merge.whole,
  })
  for (const { name: pack, definitions } of folders)
    await noteBase(db, { pack, revision: published.revision, definitions })
  return published
}

/** With open conflicts nothing can be rehearsed; the changes are those with mine in their places. */
async function proposal(db: Connection, { revision, merge }: Plan): Promise<Published> {
  const changes = changesBetween(setOf(await loadDefinitions(db, revision)), setOf(merge.whole))
  return { revision, changes: changeWords(changes), issues: merge.issues, statements: [] }
}

function isNewer({ name, pack }: PackFolder, installed: ReadonlyMap<string, string>): boolean {
  const version = installed.get(name)
  return version === undefined || (pack !== undefined && compareVersions(pack.version, version) > 0)
}

function olderIssues({ name, pack }: PackFolder, installed: ReadonlyMap<string, string>): readonly Issue[] {
  const version = installed.get(name)
  if (!pack || version === undefined || compareVersions(pack.version, version) >= 0) return []
  const params = { name, version: pack.version, installed: version }
  return [{ pointer: jsonPointer('pack', name, 'version'), code: 'pack-older', params }]
}

function openIssue({ pointer, mine, theirs }: MergeConflict): Issue {
  return { pointer, code: 'upgrade-conflict', params: { mine: mine ?? null, theirs: theirs ?? null } }
}

function worded(conflict: MergeConflict): UpgradeConflict {
  const [, kind = '', name = '', ...rest] = conflict.pointer.split('/')
  const text = changeText({
    change: 'changed',
    kind: kind as DefinitionKind,
    name,
    pointer: rest.length > 0 ? `/${rest.join('/')}` : '',
    before: conflict.mine ?? ('—' as Json),
    after: conflict.theirs ?? ('—' as Json),
  })
  return { ...conflict, text }
}

function requireAdmin(actor: Actor): void {
  if (actor.roles.includes(adminRole)) return
  throw new Refusal('forbidden', {
    detail: { en: 'Only an admin upgrades packs.', 'zh-CN': '只有管理员可以升级模板包。' },
  })
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Refusal('definition-invalid', { issues })
}
