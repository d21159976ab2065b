/** Definitions, revisions and packs: read, publish, install. */
import type { JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import * as contract from '#contract/routes/definitions.ts'
import { hashDefinition } from '#definitions/canonical.ts'
import type { Definition, SourcedDefinition } from '#definitions/definition.ts'
import type { Model } from '#definitions/model.ts'
import { upgradePack } from '#publish/pack-upgrade.ts'
import { installPack, listPacks } from '#publish/packs.ts'
import { publishDefinitions } from '#publish/publish.ts'
import { rollBack } from '#publish/rollback.ts'
import { listRevisions } from '#storage/revision-store.ts'
import { route } from '../call.ts'
import { issueEntry } from '../problem-document.ts'

export const definitionRoutes = [
  route(contract.definitionsList, async ({ model, query }) => {
    const wanted = model.sources.filter(
      ({ definition, pack }) => (!query.kind || definition.kind === query.kind) && (!query.pack || pack === query.pack),
    )
    return {
      status: 200,
      body: {
        revision: model.revision,
        definitions: wanted.map((source) => ({
          ...entryOf(source),
          ...(query.full ? { definition: source.definition } : {}),
        })),
      },
    }
  }),
  route(contract.definitionsRead, async ({ model, params }) => {
    const sources = model.sources.filter(
      ({ definition }) =>
        definition.kind === params.kind &&
        (nameOf(definition) === params.name || ('extends' in definition && definition.extends === params.name)),
    )
    const merged = mergedOf(model, params.kind, params.name) ?? sources[0]?.definition
    if (!merged) throw new Refusal('not-found')
    return {
      status: 200,
      body: {
        revision: model.revision,
        definition: merged,
        sources: sources.map((source) => ({ ...entryOf(source), definition: source.definition })),
      },
    }
  }),
  route(contract.definitionsPublish, async ({ parts, actor, body, locale }) => {
    const { definitions, remove, note, dry_run: dryRun, base } = body
    const done = await publishDefinitions(parts.workspace, actor, {
      definitions: definitions ?? [],
      ...(remove ? { remove: remove as NonNullable<Parameters<typeof publishDefinitions>[2]['remove']> } : {}),
      ...(note === undefined ? {} : { note }),
      ...(dryRun ? { dryRun } : {}),
      ...(base === undefined ? {} : { base }),
    })
    return { status: 200, body: { ...done, issues: done.issues.map((issue) => issueEntry(issue, locale)) } }
  }),
  route(contract.revisionsList, async ({ parts, model, records }) => {
    const revisions = await parts.workspace.db.read(async (db) => {
      const all = await listRevisions(db)
      const people = [...new Set(all.flatMap(({ by }) => by ?? []))]
      const users = await records.store.load(db, 'user', people, { tables: false, deleted: true })
      return all.map((one) => ({ ...one, by_title: users.get(one.by ?? '')?.title ?? null }))
    })
    return { status: 200, body: { current: model.revision, revisions } }
  }),
  route(contract.revisionsRollback, async ({ parts, actor, params, body, locale }) => {
    const { note, dry_run: dryRun, base } = body
    const done = await rollBack(parts.workspace, actor, {
      revision: Number(params.number),
      ...(note === undefined ? {} : { note }),
      ...(dryRun ? { dryRun } : {}),
      ...(base === undefined ? {} : { base }),
    })
    return { status: 200, body: { ...done, issues: done.issues.map((issue) => issueEntry(issue, locale)) } }
  }),
  route(contract.packsList, async ({ parts }) => ({
    status: 200,
    body: { packs: await listPacks(parts.workspace, parts.templates) },
  })),
  route(contract.packsInstall, async ({ parts, actor, params, body }) => {
    const done = await installPack(parts.workspace, actor, {
      name: params.name,
      demo: body.demo === true,
      templates: parts.templates,
    })
    return { status: 200, body: { revision: done.revision, packs: done.packs, error_count: done.errorCount } }
  }),
  route(contract.packsUpgrade, async ({ parts, actor, params, body, locale }) => {
    const { take, resolve, dry_run: dryRun, base } = body
    const done = await upgradePack(parts.workspace, actor, {
      name: params.name,
      templates: parts.templates,
      ...(take ? { take } : {}),
      ...(resolve ? { resolve: new Map(Object.entries(resolve)) } : {}),
      ...(dryRun ? { dryRun } : {}),
      ...(base === undefined ? {} : { base }),
    })
    const { revision, packs, conflicts, changes, errorCount } = done
    const issues = done.issues.map((issue) => issueEntry(issue, locale))
    return { status: 200, body: { revision, packs, conflicts, changes, issues, error_count: errorCount } }
  }),
]

function entryOf({ definition, pack }: SourcedDefinition): JsonObject {
  const extended = 'extends' in definition && typeof definition.extends === 'string' ? definition.extends : null
  return {
    kind: definition.kind,
    name: nameOf(definition),
    pack: pack ?? null,
    extends: extended,
    hash: hashDefinition(definition),
  }
}

function nameOf(definition: Definition): string {
  return definition.name ?? ('extends' in definition ? String(definition.extends) : '')
}

/** The form or role with all its extensions. */
function mergedOf(model: Model, kind: string, name: string): Definition | undefined {
  if (kind === 'form') return model.forms.get(name)?.definition
  return kind === 'role' ? model.roles.get(name) : undefined
}
