/** Reads records that the index does not know yet, some at a time; how far it came stands in the database. */
import { sql } from 'kysely'
import type { FormModel, Model } from '#definitions/model.ts'
import { type Connection, dialectOf, remembered } from './connection.ts'
import { formStore } from './form-store.ts'
import { recordIdsAfter } from './record-pages.ts'
import { searchShape } from './search-fields.ts'
import { absorbPending, absorbRecords } from './search-index.ts'

/** An index that was made in many steps lies in many pieces; afterwards they are put together, a little at a time. */
interface Pieces {
  state: 'whole' | 'many' | 'fewer'
}

const memory = Symbol('pieces of the search index')
const pagesAtOnce = 16

function piecesOf(db: Connection): Pieces {
  return remembered(db, memory, (): Pieces => ({ state: 'whole' }))
}

/** Is there anything to do? */
export async function hasSearchWork(db: Connection): Promise<boolean> {
  if (piecesOf(db).state !== 'whole') return true
  const building = sql`exists (select 1 from fl_search_form where state = 'building')`
  const pending = dialectOf(db) === 'sqlite' ? sql`exists (select 1 from fl_search_pending)` : sql`false`
  const { rows } = await sql<{ work: boolean | number }>`select (${building} or ${pending}) as work`.execute(db)
  return Boolean(rows[0]?.work)
}

interface Started {
  readonly form: string
  readonly shape: string
  readonly done: string | null
}

/** One step, at most `limit` records: of a form that is read anew, else of what waits. false: there was nothing to do. */
export async function workOnSearch(db: Connection, model: Model, limit: number): Promise<boolean> {
  const next = await nextForm(db, model)
  if (next === null) return (await absorbPending(db, limit)) > 0 || joinPieces(db)
  await buildForm(db, model, { ...next, limit })
  return true
}

/** Nodes that work at once take different forms. */
async function nextForm(
  db: Connection,
  model: Model,
): Promise<{ readonly form: FormModel; readonly done: string | null } | null> {
  const lock = dialectOf(db) === 'postgres' ? sql` for update skip locked` : sql``
  const { rows } =
    await sql<Started>`select form, shape, done from fl_search_form where state = 'building' order by form${lock}`.execute(
      db,
    )
  for (const { form: name, shape, done } of rows) {
    const form = model.forms.get(name)
    if (form !== undefined && searchShape(form) === shape) return { form, done }
  }
  return null
}

interface Build {
  readonly form: FormModel
  readonly done: string | null
  readonly limit: number
}

/** The records are locked: none is written with older words than it has. */
async function buildForm(db: Connection, model: Model, { form, done, limit }: Build): Promise<void> {
  const ids = await recordIdsAfter(db, form.name, { after: done, limit })
  const store = formStore(model, form.name, dialectOf(db))
  const records = await store.load(db, ids, { tables: false, deleted: true, lock: true })
  await absorbRecords(db, { model, form }, [...records.values()])
  const last = ids.at(-1) ?? done
  const state = ids.length < limit ? 'ready' : 'building'
  if (state === 'ready' && dialectOf(db) === 'sqlite') piecesOf(db).state = 'many'
  await db.updateTable('fl_search_form').set({ state, done: last }).where('form', '=', form.name).execute()
}

/** false: they are one. */
async function joinPieces(db: Connection): Promise<boolean> {
  const pieces = piecesOf(db)
  if (pieces.state === 'whole') return false
  const before = await countChanges(db)
  const pages = pieces.state === 'many' ? -pagesAtOnce : pagesAtOnce
  await sql`insert into fl_search_text (fl_search_text, rank) values ('merge', ${pages})`.execute(db)
  const isDone = (await countChanges(db)) - before < 2
  pieces.state = isDone ? 'whole' : 'fewer'
  return !isDone
}

async function countChanges(db: Connection): Promise<number> {
  const { rows } = await sql<{ count: number }>`select total_changes() as count`.execute(db)
  return Number(rows[0]?.count)
}

/** What the index lacks, in words; forms that are being read are passed over. */
export async function checkSearch(db: Connection, model: Model): Promise<readonly string[]> {
  const known = sql`select record from fl_search_record`
  const all = dialectOf(db) === 'sqlite' ? sql`${known} union all select record from fl_search_pending` : known
  const { rows } = await sql<Started>`select form, shape, done from fl_search_form where state = 'ready'`.execute(db)
  const found: string[] = []
  for (const { form: name, shape } of rows) {
    const form = model.forms.get(name)
    if (form === undefined || searchShape(form) !== shape) continue
    const { records } = formStore(model, name, dialectOf(db))
    const missing = await sql<{
      count: number
    }>`select count(*) as count from ${records.table} where id not in (${all})`.execute(db)
    const count = Number(missing.rows[0]?.count)
    if (count > 0) found.push(`the search index lacks ${count} records of ${name}`)
  }
  return found
}
