/**
 * Publishing: a set of definitions becomes the next revision, all or nothing.
 * Stations: rights → parse → merge with what stands → whole → checks → one transaction: tables, computed values, revision.
 */

import { type Actor, adminRole, builderRole } from '#access/actor.ts'
import { engineActor } from '#accounts/account.ts'
import { formatDatetime } from '#base/dates.ts'
import { isObject } from '#base/json.ts'
import { jsonPointer } from '#base/json-pointer.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import { buildModel } from '#definitions/build-model.ts'
import { checkModel, isError } from '#definitions/check/check-model.ts'
import type { CompileExpression } from '#definitions/check/checking.ts'
import type { Definition, SourcedDefinition } from '#definitions/definition.ts'
import type { Model } from '#definitions/model.ts'
import { parseDefinition } from '#definitions/parse.ts'
import { compileExpression } from '#expressions/compile.ts'
import { createContext } from '#records/context.ts'
import { appendAudit } from '#storage/audit-log.ts'
import type { Connection } from '#storage/connection.ts'
import { lockFor } from '#storage/locks.ts'
import { currentRevision, loadDefinitions, saveRevision } from '#storage/revision-store.ts'
import { applySchema } from '#storage/schema-plan.ts'
import { backfill } from './backfill.ts'
import { changeWords, type WordedChange } from './change-words.ts'
import {
  changeSet,
  changesBetween,
  type DefinitionChange,
  type DefinitionKey,
  type DefinitionSet,
  definingPack,
  keyOf,
  setOf,
} from './definition-set.ts'
import { rememberShape, type Workspace } from './workspace.ts'

export interface PublishRequest {
  /** Put: added, or in the place of the one with the same kind, name and pack. */
  readonly definitions: readonly unknown[]
  readonly remove?: readonly DefinitionKey[]
  /** Whose definitions these are. Absent or null: the workspace's; one that a pack has defined is then changed in its place. */
  readonly pack?: string | null
  readonly note?: string
  /** Says what would happen, and changes nothing. */
  readonly dryRun?: boolean
  /** The revision that the caller has seen; `conflict` when another was published since. */
  readonly base?: number
}

export interface Published {
  readonly revision: number
  readonly changes: readonly WordedChange[]
  /** Warnings only: an error refuses. */
  readonly issues: readonly Issue[]
  /** What was run on the tables. */
  readonly statements: readonly string[]
}

/** Refusals: forbidden, conflict, definition-invalid with every issue at once. Nothing changed → the same revision. */
export async function publishDefinitions(
  workspace: Workspace,
  actor: Actor,
  request: PublishRequest,
): Promise<Published> {
  requirePublisher(actor)
  const parsed = parseAll(workspace, request)
  return rehearsable(workspace.db.write((db) => publishIn(db, { workspace, actor, request, ...parsed })))
}

/** Definitions that are parsed already, each with its pack. */
export interface SourceRequest extends Omit<PublishRequest, 'definitions' | 'pack'> {
  readonly put: readonly SourcedDefinition[]
}

/** The same for definitions that are parsed already: files. */
export async function publishSources(
  workspace: Workspace,
  actor: Actor,
  { put, ...request }: SourceRequest,
): Promise<Published> {
  requirePublisher(actor)
  const packs = new Map(put.map(({ definition, pack }) => [definition, pack ?? null]))
  const packOf = (definition: Definition) => packs.get(definition) ?? null
  return rehearsable(
    workspace.db.write((db) =>
      publishIn(db, { workspace, actor, request, definitions: [...packs.keys()], issues: [], packOf }),
    ),
  )
}

/** A dry run ends its transaction by what it found; that is its answer. */
export function rehearsable(write: Promise<Published>): Promise<Published> {
  return write.catch((error: unknown) => {
    if (error instanceof Rehearsed) return error.outcome
    throw error
  })
}

interface Parsed {
  readonly definitions: readonly Definition[]
  readonly issues: readonly Issue[]
}

interface Publication extends Parsed {
  readonly workspace: Workspace
  readonly actor: Actor
  readonly request: Omit<PublishRequest, 'definitions'>
  /** Whose each one is, where that is known one by one. */
  readonly packOf?: (definition: Definition) => string | null
  /** The complete set, in the place of all that stands: a rollback, an upgrade. */
  readonly whole?: readonly SourcedDefinition[]
}

/** The same inside a transaction, for definitions that are parsed already: packs. */
export async function publishIn(db: Connection, publication: Publication): Promise<Published> {
  const { workspace, actor, request } = publication
  await lockFor(db, 'publish')
  const revision = await currentRevision(db)
  if (request.base !== undefined && request.base !== revision) throw new Refusal('conflict', { params: { revision } })
  const before = setOf(revision === 0 ? [] : await loadDefinitions(db, revision))
  const after = setAfter(before, publication)
  const changes = changesBetween(before, after.set)
  requireRights(actor, changes)
  refuse([...publication.issues, ...after.issues])
  if (changes.length === 0) return { revision, changes: [], issues: [], statements: [] }
  const { model, warnings } = wholeOf(workspace, {
    set: after.set,
    revision: revision + 1,
    changes,
    own: (request.pack ?? null) === null && !publication.packOf,
  })
  const statements = await applyModel(db, { workspace, actor, before: await workspace.modelIn(db), after: model })
  const outcome = { changes: changeWords(changes), issues: warnings, statements }
  if (request.dryRun) throw new Rehearsed({ ...outcome, revision })
  return { ...outcome, revision: await save(db, publication, { model, changes }) }
}

function setAfter(before: DefinitionSet, publication: Publication): ReturnType<typeof changeSet> {
  if (publication.whole) return { set: setOf(publication.whole), issues: [] }
  const put = publication.definitions.map((definition) => sourced(before, definition, publication))
  return changeSet(before, { put, remove: publication.request.remove ?? [] })
}

/** Ends the transaction of a dry run without a trace. */
class Rehearsed extends Error {
  readonly outcome: Published
  constructor(outcome: Published) {
    super('dry run')
    this.outcome = outcome
  }
}

export function requirePublisher(actor: Actor): void {
  if (actor.roles.includes(adminRole) || actor.roles.includes(builderRole)) return
  throw forbidden({
    en: 'Only an admin or a builder publishes definitions.',
    'zh-CN': '只有管理员或搭建者可以发布定义。',
  })
}

/** Roles decide who sees what: only an admin, who holds everything, gives that. */
function requireRights(actor: Actor, changes: readonly DefinitionChange[]): void {
  if (actor.roles.includes(adminRole)) return
  const roles = changes.filter(({ key }) => key.kind === 'role').map(({ key }) => key.name)
  if (roles.length > 0)
    throw forbidden({
      en: `Only an admin publishes roles: ${roles.join(', ')}.`,
      'zh-CN': `只有管理员可以发布角色：${roles.join('、')}。`,
    })
}

function forbidden(detail: { readonly en: string; readonly 'zh-CN': string }): Refusal {
  return new Refusal('forbidden', { detail })
}

function parseAll(workspace: Workspace, request: PublishRequest): Parsed {
  const definitions: Definition[] = []
  const issues: Issue[] = []
  const seen = new Set<string>()
  for (const [index, input] of request.definitions.entries()) {
    const parsed = parseDefinition(input, workspace.kinds)
    const at = pointerOf(input, index)
    if (seen.has(at)) issues.push({ pointer: at, code: 'name-taken', params: { name: at.split('/').at(-1) ?? '' } })
    seen.add(at)
    if (parsed.ok) definitions.push(parsed.value)
    else issues.push(...parsed.problem.map((issue) => ({ ...issue, pointer: at + issue.pointer })))
  }
  return { definitions, issues }
}

/** `/form/order`, or by position where even that is unreadable. */
function pointerOf(input: unknown, index: number): string {
  const name = isObject(input) ? (input.name ?? input.extends) : undefined
  if (isObject(input) && typeof input.kind === 'string' && typeof name === 'string')
    return jsonPointer(input.kind, name)
  return jsonPointer('definitions', index)
}

/** A whole definition of a name that a pack has stays that pack's; a new one, or an extension, is the workspace's. */
function sourced(before: DefinitionSet, definition: Definition, { request, packOf }: Publication): SourcedDefinition {
  const named = packOf ? packOf(definition) : (request.pack ?? null)
  const owner =
    named === null && definition.name !== undefined ? definingPack(before, keyOf({ definition })) : undefined
  const pack = named ?? owner ?? null
  return pack === null ? { definition } : { definition, pack }
}

interface Whole {
  readonly set: DefinitionSet
  readonly revision: number
  readonly changes: readonly DefinitionChange[]
  /** A local publication: what the workspace adds to a pack's definition may carry its prefix. */
  readonly own: boolean
}

function wholeOf(workspace: Workspace, whole: Whole): { readonly model: Model; readonly warnings: readonly Issue[] } {
  const built = buildModel([...whole.set.values()], workspace.kinds, whole.revision)
  if (!built.ok) throw new Refusal('definition-invalid', { issues: built.problem })
  const found = checkModel(built.value, compileExpression as CompileExpression)
  const touched = new Set(whole.own ? [] : whole.changes.map(({ key }) => jsonPointer(key.kind, key.name)))
  const counts = (issue: Issue) =>
    issue.code !== 'workspace-prefix' || touched.has(issue.pointer.split('/').slice(0, 3).join('/'))
  refuse(found.filter(isError).filter(counts))
  return { model: built.value, warnings: found.filter((issue) => !isError(issue)) }
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Refusal('definition-invalid', { issues })
}

interface Move {
  readonly workspace: Workspace
  readonly actor: Actor
  readonly before: Model
  readonly after: Model
}

async function applyModel(db: Connection, { workspace, actor, before, after }: Move): Promise<readonly string[]> {
  const statements = await applySchema(db, before, after)
  const context = createContext({
    db: workspace.db,
    model: after,
    actor: engineActor(actor.id ?? ''),
    clock: workspace.clock,
    ids: workspace.ids,
  })
  await backfill(db, context, before)
  return statements
}

async function save(
  db: Connection,
  { workspace, actor, request }: Publication,
  made: { model: Model; changes: readonly DefinitionChange[] },
): Promise<number> {
  const at = formatDatetime(workspace.clock.now())
  const items = made.model.sources.filter(({ pack }) => pack !== 'system')
  const revision = await saveRevision(db, { items, by: actor.id, at, note: request.note ?? null })
  await rememberShape(db, made.model)
  await appendAudit(db, {
    at,
    actor: actor.id,
    event: 'definitions.published',
    data: { revision, definitions: made.changes.map(({ key }) => `${key.kind}/${key.name}`) },
  })
  return revision
}
