/** Changes and publications applied again, in the order in which they happened, to a copy that nobody else uses. */
import { engineActor } from '#accounts/account.ts'
import { datetimeMs, todayIn } from '#base/dates.ts'
import { isObject, type JsonObject } from '#base/json.ts'
import type { Model } from '#definitions/model.ts'
import { compileForm } from '#expressions/form-program.ts'
import { createContext } from '#records/context.ts'
import { liveOf } from '#records/draft.ts'
import { raiseNumbers } from '#records/numbers.ts'
import { applyPatch } from '#storage/change-patch.ts'
import type { Connection } from '#storage/connection.ts'
import { createRecordStore } from '#storage/record-store.ts'
import { applySchema } from '#storage/schema-plan.ts'
import { writeSetting } from '#storage/setting-store.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { differencesOf, settle } from '../recompute.ts'
import { rememberShape, type Workspace } from '../workspace.ts'
import type { Cut, LoggedChange, LogReader, RowView } from './log.ts'

interface Publication {
  readonly number: number
  readonly ms: number
  readonly row: RowView
}

/** From the state after change `from` to the cut; answers with the numbers of changes and publications. */
export async function replay(
  workspace: Workspace,
  log: LogReader,
  span: { readonly from: number; readonly revision: number; readonly to: Cut },
): Promise<{ readonly changes: number; readonly publications: number }> {
  const publications = await publicationsOf(log, span)
  const run = new Replay(workspace, log)
  const waiting = [...publications]
  let changes = 0
  let segment: LoggedChange[] = []
  for await (const change of log.changes(span.from)) {
    if (change.seq > span.to.seq) break
    while (waiting[0] && comesBefore(waiting[0], change)) {
      await run.apply(segment)
      segment = []
      await run.publish(waiting.shift() as Publication)
    }
    segment.push(change)
    changes += 1
  }
  await run.apply(segment)
  for (const publication of waiting) await run.publish(publication)
  await recomputeAll(workspace, span.to)
  return { changes, publications: publications.length }
}

async function publicationsOf(log: LogReader, span: { revision: number; to: Cut }): Promise<readonly Publication[]> {
  const found: Publication[] = []
  for await (const row of log.rowsOf('fl_revision')) {
    const publication = { number: Number(row.get('number')), ms: row.ms('at'), row }
    if (publication.number > span.revision && publication.ms <= span.to.ms) found.push(publication)
  }
  return found.sort((a, b) => a.number - b.number)
}

/** Whoever writes holds the definitions still, so times tell; what a publication writes itself names it. */
function comesBefore(publication: Publication, change: LoggedChange): boolean {
  const named = isObject(change.cause) ? change.cause.publish : undefined
  return publication.ms < datetimeMs(change.at) || named === publication.number
}

class Replay {
  readonly #workspace: Workspace
  readonly #log: LogReader
  readonly #zones = new Map<string, string>()

  constructor(workspace: Workspace, log: LogReader) {
    this.#workspace = workspace
    this.#log = log
  }

  async publish({ number, row }: Publication): Promise<void> {
    const items: RowView[] = []
    for await (const item of this.#log.rowsOf('fl_revision_item'))
      if (Number(item.get('revision')) === number) items.push(item)
    const wanted = new Set(items.map((item) => item.get('hash')))
    const definitions: RowView[] = []
    for await (const definition of this.#log.rowsOf('fl_definition'))
      if (wanted.has(definition.get('hash'))) definitions.push(definition)
    await this.#workspace.db.write(async (db) => {
      const before = await this.#workspace.modelIn(db)
      for (const definition of definitions)
        await db
          .insertInto('fl_definition')
          .values(definition.values())
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      await db.insertInto('fl_revision').values(row.values()).execute()
      for (const item of items) await db.insertInto('fl_revision_item').values(item.values()).execute()
      await writeSetting(db, 'revision', number)
      const after = await this.#workspace.modelIn(db)
      await applySchema(db, before, after)
      await rememberShape(db, after)
    })
  }

  /** All of them in one transaction, as links may point forward. */
  async apply(changes: readonly LoggedChange[]): Promise<void> {
    if (changes.length === 0) return
    await this.#workspace.db.write(async (db) => {
      const model = await this.#workspace.modelIn(db)
      const known = new Map<string, StoredRecord>()
      for (const change of changes) await this.#applyOne(db, { model, change, known })
    })
  }

  async #applyOne(
    db: Connection,
    work: { model: Model; change: LoggedChange; known: Map<string, StoredRecord> },
  ): Promise<void> {
    const { model, change, known } = work
    const store = createRecordStore(model, this.#workspace.db.dialect)
    const key = `${change.form}/${change.record}`
    const loaded =
      known.get(key) ?? (await store.load(db, change.form, [change.record], { deleted: true })).get(change.record)
    const after = changed(loaded ?? null, change)
    if (loaded === undefined) await store.insert(db, change.form, after)
    else await store.update(db, change.form, { before: loaded, after })
    known.set(key, after)
    await this.#raiseNumbers(db, { model, change, after })
  }

  async #raiseNumbers(
    db: Connection,
    { model, change, after }: { model: Model; change: LoggedChange; after: StoredRecord },
  ): Promise<void> {
    const program = compileForm(model, change.form)
    const fields = new Set(Object.keys(change.patch).filter((name) => program.fields.get(name)?.field.kind.generated))
    if (fields.size === 0) return
    const ms = datetimeMs(change.at)
    const { db: database, ids } = this.#workspace
    const context = createContext({ db: database, model, actor: engineActor(''), clock: { now: () => ms }, ids })
    const live = await liveOf(db, context, after, program)
    await raiseNumbers(db, { live, fields, today: todayIn(await this.#zoneOf(db, model, change.actor), ms) })
  }

  /** Numbers that begin anew with a period do so at midnight of whoever wrote. */
  async #zoneOf(db: Connection, model: Model, actor: string | null): Promise<string> {
    if (actor === null) return 'UTC'
    const known = this.#zones.get(actor)
    if (known !== undefined) return known
    const store = createRecordStore(model, this.#workspace.db.dialect)
    const zone = (await store.load(db, 'user', [actor], { deleted: true })).get(actor)?.values['zone']
    this.#zones.set(actor, typeof zone === 'string' && zone !== '' ? zone : 'UTC')
    return this.#zoneOf(db, model, actor)
  }
}

/** What a publication does to records moves their version, and nobody has edited them. */
function changed(before: StoredRecord | null, change: LoggedChange): StoredRecord {
  const told: JsonObject = before
    ? { ...before.values, owner: before.owner, state: before.state, deleted_at: before.deleted_at }
    : {}
  const { owner, state, deleted_at, ...values } = applyPatch(told, change.patch)
  const edited = !(before && isObject(change.cause) && 'publish' in change.cause)
  return {
    id: change.record,
    version: change.version,
    title: before?.title ?? null,
    owner: textOf(owner),
    state: textOf(state),
    created_at: before?.created_at ?? change.at,
    created_by: before ? before.created_by : change.actor,
    updated_at: edited ? change.at : before.updated_at,
    updated_by: edited ? change.actor : before.updated_by,
    deleted_at: textOf(deleted_at),
    values,
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Roll-ups feed each other and titles quote each other no deeper than this. */
const mostRounds = 12

/** Roll-ups and titles move without a change of their own record: they follow from the others. */
async function recomputeAll(workspace: Workspace, { ms }: Cut): Promise<void> {
  const model = await workspace.model()
  const context = createContext({ ...workspace, model, actor: engineActor(''), clock: { now: () => ms } })
  for (let round = 0; round < mostRounds; round += 1) {
    const moved = await workspace.db.write(async (db) => {
      let count = 0
      for (const form of model.forms.keys()) {
        for await (const differences of differencesOf(db, context, form)) {
          await settle(db, context, differences)
          count += differences.length
        }
      }
      return count
    })
    if (moved === 0) return
  }
}
