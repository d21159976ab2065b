/** Every change of every record: what changed, who, why; chained by hash per record. */
import { type RawBuilder, sql } from 'kysely'
import type { Json } from '#base/json.ts'
import { bulkOf } from './bulk.ts'
import { canonicalJson } from './canonical-json.ts'
import type { CommittedChange } from './change-feed.ts'
import { hashedColumns, hashOf, hashOfRedacted, hashOfRow, textOf } from './change-hash.ts'
import type { ChangeInput } from './change-input.ts'
import { type ChangePatch, diffValues } from './change-patch.ts'
import { vouchedRedactions, vouchKey } from './change-redaction.ts'
import { announce, type Connection, type Dialect, dialectOf } from './connection.ts'
import { ManyRows } from './many-rows.ts'
import { Prepared, type ResultRow } from './prepared.ts'
import { leaveWords } from './search-index.ts'

export type { ChangePatch, FieldChange, RowsChange } from './change-patch.ts'

export interface Change {
  /** Order of everything that happened. */
  readonly seq: number
  readonly form: string
  readonly record: string
  readonly version: number
  readonly actor: string | null
  readonly onBehalf: string | null
  readonly cause: Json
  readonly at: string
  readonly patch: ChangePatch
}

/**
 * The caller holds the record's lock, so nothing comes between. A record's first change follows none.
 * `words`: what the record is found by from now on, as the search index spells it; null where that stays as it is.
 */
export async function appendChange(db: Connection, change: ChangeInput, words: string | null = null): Promise<void> {
  const values = [
    change.form,
    change.record,
    change.version,
    change.actor,
    change.onBehalf ?? null,
    canonicalJson(change.cause),
    change.at,
    canonicalJson(diffValues(change.before ?? {}, change.after ?? {}) as unknown as Json),
  ]
  const { form, record } = change
  announce(db, { kind: 'record', form, id: record, version: change.version, verb: verbOf(change) })
  const bulk = bulkOf(db)
  if (bulk && change.before === null) {
    const ends = [null, hashOf([...values, null])]
    return bulk.wait({ values: [...values, ...ends], words: words === null ? null : { record, form, body: words } })
  }
  await writeWaiting(db)
  const chain = change.before === null ? [hashOf([...values, null])] : [form, record, chainText(values), form, record]
  const statement = statements[dialectOf(db)][change.before === null ? 'first' : 'next']
  await (words === null
    ? statement.alone.count(db, [...values, ...chain])
    : statement.withWords.count(db, statement.bind([...values, ...chain], { form, record, words })))
}

const many = new ManyRows('fl_change', {
  ...Object.fromEntries([...hashedColumns, 'hash'].map((name) => [name, 'text' as const])),
  version: 'integer',
})

/** What waits in a bulk; before anything that reads or follows it. */
export async function writeWaiting(db: Connection): Promise<void> {
  const waiting = bulkOf(db)?.take() ?? []
  if (waiting.length === 0) return
  await many.insert(
    db,
    waiting.map(({ values }) => values),
  )
  await leaveWords(
    db,
    waiting.flatMap(({ words }) => words ?? []),
  )
}

function verbOf({ before, after }: ChangeInput): CommittedChange['verb'] {
  if (before === null) return 'create'
  const [was, is] = [before['deleted_at'] ?? null, after?.['deleted_at'] ?? null]
  if (after === null || (was === null && is !== null)) return 'delete'
  return was !== null && is === null ? 'restore' : 'update'
}

/** Newest first; `before` is the `seq` of the last one seen. */
export async function changesOf(
  db: Connection,
  target: { readonly form: string; readonly record: string },
  page: { readonly before?: number; readonly limit: number },
): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('fl_change')
    .selectAll()
    .where('form', '=', target.form)
    .where('record', '=', target.record)
    .where('seq', '<', page.before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('seq', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map(changeOf)
}

export interface BrokenChange {
  readonly seq: number
  readonly form: string
  readonly record: string
}

const page = 1_000

/** Walks all chains; empty when nothing was touched. A removed link shows at the change after it. */
export async function verifyChanges(db: Connection): Promise<readonly BrokenChange[]> {
  const broken: BrokenChange[] = []
  const last = new Map<string, string>()
  const vouched = await vouchedRedactions(db)
  for (let seq = 0; ; ) {
    const rows = await db
      .selectFrom('fl_change')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(page)
      .execute()
    for (const row of rows) {
      const key = `${row['form']}/${row['record']}`
      const isWhole = isAsWritten(row, vouched) && row['prev_hash'] === (last.get(key) ?? null)
      if (!isWhole) broken.push({ seq: Number(row['seq']), form: String(row['form']), record: String(row['record']) })
      last.set(key, String(row['hash']))
    }
    if (rows.length < page) return broken
    seq = Number(rows[rows.length - 1]?.['seq'])
  }
}

/** Or as an erasure left it, which the audit log vouches for. */
function isAsWritten(row: ResultRow, vouched: ReadonlyMap<string, string>): boolean {
  if (row['redacted'] === null) return row['hash'] === hashOfRow(row)
  const isVouched = vouched.get(vouchKey(row['redacted'], row['seq'])) === row['redacted_hash']
  return isVouched && row['redacted_hash'] === hashOfRedacted(row)
}

/** The text under the hash up to the previous hash, which only the database knows. */
function chainText(values: readonly unknown[]): string {
  return `${textOf(values).slice(0, -1)},`
}

function changeOf(row: ResultRow): Change {
  return {
    seq: Number(row['seq']),
    form: String(row['form']),
    record: String(row['record']),
    version: Number(row['version']),
    actor: row['actor'] as string | null,
    onBehalf: row['on_behalf'] as string | null,
    cause: JSON.parse(String(row['cause'])) as Json,
    at: String(row['at']),
    patch: JSON.parse(String(row['patch'])) as ChangePatch,
  }
}

interface Words {
  readonly form: string
  readonly record: string
  readonly words: string
}

interface Append {
  readonly alone: Prepared
  readonly withWords: Prepared
  bind(values: readonly unknown[], words: Words): readonly unknown[]
}

const names = sql.join([...hashedColumns, 'hash'].map((name) => sql.id(name)))
const given = sql.join(hashedColumns.slice(0, -1).map(() => null))

/** Nothing stands before it. */
const first = sql`${given}, null, ${null}`

/** Reads the previous hash and chains to it. */
function next(dialect: Dialect): RawBuilder<unknown> {
  const before = sql`from fl_change where form = ${null} and record = ${null} order by seq desc limit 1`
  const bytes = sql`${null} || coalesce((select '"' || hash || '"' ${before}), 'null') || ']'`
  const chained =
    dialect === 'sqlite' ? sql`fl_sha256(${bytes})` : sql`encode(sha256(convert_to(${bytes}, 'UTF8')), 'hex')`
  return sql`${given}, (select hash ${before}), ${chained}`
}

/** One statement for both on SQLite, too: see the view `fl_change_words`. */
function onSqlite(values: RawBuilder<unknown>): Append {
  return {
    alone: new Prepared(() => sql`insert into fl_change (${names}) values (${values})`),
    withWords: new Prepared(() => sql`insert into fl_change_words (${names}, words) values (${values}, ${null})`),
    bind: (bound, { words }) => [...bound, words],
  }
}

function onPostgres(values: RawBuilder<unknown>): Append {
  const words = sql`insert into fl_search_record (record, form, body) values (${null}, ${null}, ${null}::text::tsvector)
    on conflict (record) do update set form = excluded.form, body = excluded.body`
  return {
    alone: new Prepared(() => sql`insert into fl_change (${names}) values (${values})`),
    withWords: new Prepared(() => sql`with words as (${words}) insert into fl_change (${names}) values (${values})`),
    bind: (bound, of) => [of.record, of.form, of.words, ...bound],
  }
}

const statements = {
  sqlite: { first: onSqlite(first), next: onSqlite(next('sqlite')) },
  postgres: { first: onPostgres(first), next: onPostgres(next('postgres')) },
} as const
