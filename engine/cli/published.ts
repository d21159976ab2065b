/** The definitions that are published, and files compared with them. */
import type { SourcedDefinition } from '#definitions/definition.ts'
import {
  changesBetween,
  type DefinitionChange,
  type DefinitionKey,
  keyOf,
  keyText,
  setOf,
} from '#publish/definition-set.ts'
import type { Workspace } from '#publish/workspace.ts'
import { currentRevision, loadDefinitions } from '#storage/revision-store.ts'

export interface PublishedSet {
  readonly revision: number
  readonly sources: readonly SourcedDefinition[]
}

export function publishedSet(workspace: Workspace): Promise<PublishedSet> {
  return workspace.db.read(async (db) => {
    const revision = await currentRevision(db)
    return { revision, sources: revision === 0 ? [] : await loadDefinitions(db, revision) }
  })
}

export interface Comparison {
  readonly put: readonly SourcedDefinition[]
  /** Published and in no file: the workspace's own, and those of packs that the files hold. */
  readonly missing: readonly DefinitionKey[]
  /** What a push makes of it. */
  readonly changes: readonly DefinitionChange[]
}

/** Files against what is published. `prune`: what is in no file goes. */
export function compareWith(
  published: PublishedSet,
  files: readonly SourcedDefinition[],
  options: { readonly prune: boolean },
): Comparison {
  const before = setOf(published.sources)
  const given = setOf(files)
  const packs = new Set(files.map(({ pack }) => pack))
  const missing = published.sources
    .filter((source) => (source.pack === undefined || packs.has(source.pack)) && !given.has(keyText(keyOf(source))))
    .map(keyOf)
  const after = new Map([...before, ...given])
  if (options.prune) for (const key of missing) after.delete(keyText(key))
  const changes = changesBetween(before, after)
  const changed = new Set(changes.map(({ key }) => keyText(key)))
  return { put: files.filter((source) => changed.has(keyText(keyOf(source)))), missing, changes }
}
