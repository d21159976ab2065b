/** Published definitions, content-addressed, one complete set per revision. */
import { Bug } from '#base/bug.ts'
import { sha256 } from '#base/sha256.ts'
import { canonicalText, hashDefinition, rememberHash } from '#definitions/canonical.ts'
import type { Definition, SourcedDefinition } from '#definitions/definition.ts'
import { announce, type Connection, contextOf, remembered } from './connection.ts'
import { lockFor, shareLockAndAsk } from './locks.ts'

export interface RevisionInput {
  /** The complete set, in pack order; without the engine's own. */
  readonly items: readonly SourcedDefinition[]
  readonly by: string | null
  readonly at: string
  readonly note: string | null
}

export interface RevisionEntry {
  readonly number: number
  readonly at: string
  readonly by: string | null
  readonly note: string | null
  readonly hash: string
}

const pointer = 'revision'

/** 0: nothing published yet. */
export async function currentRevision(db: Connection): Promise<number> {
  const row = await db.selectFrom('fl_setting').select('value').where('key', '=', pointer).executeTakeFirst()
  return row === undefined ? 0 : Number(row['value'])
}

const held = Symbol('revision that writes stand on')

/**
 * Holds the published definitions still until the transaction ends, and says which they are. A writing connection of SQLite is alone and
 * sees everything that was ever committed: it asks again only when the revision may have moved.
 */
export async function holdRevision(db: Connection): Promise<number> {
  const stamp = contextOf(db).database.identityStamp()
  if (stamp === null) return askHolding(db)
  const known = remembered<{ stamp: string; revision: number }>(db, held, () => ({ stamp: '', revision: 0 }))
  if (known.stamp !== stamp) {
    known.revision = await askHolding(db)
    known.stamp = stamp
  }
  return known.revision
}

async function askHolding(db: Connection): Promise<number> {
  const [row] = await shareLockAndAsk(db, 'publish', `select value from fl_setting where key = '${pointer}'`)
  return Number(row?.['value'] ?? 0)
}

/** In the order in which they were saved. */
export async function loadDefinitions(db: Connection, revision: number): Promise<readonly SourcedDefinition[]> {
  const rows = await db
    .selectFrom('fl_revision_item as item')
    .innerJoin('fl_definition as definition', 'definition.hash', 'item.hash')
    .select(['item.pack', 'definition.hash', 'definition.body'])
    .where('item.revision', '=', revision)
    .orderBy('item.position')
    .execute()
  return rows.map((row) => {
    const definition = JSON.parse(String(row['body'])) as Definition
    rememberHash(definition, String(row['hash']))
    return { definition, ...(row['pack'] === null ? {} : { pack: String(row['pack']) }) }
  })
}

export async function hasRevision(db: Connection, number: number): Promise<boolean> {
  const row = await db.selectFrom('fl_revision').select('number').where('number', '=', number).executeTakeFirst()
  return row !== undefined
}

/** Kept beside the revisions, for who knows their hashes; answers with these. */
export async function keepDefinitions(db: Connection, definitions: readonly Definition[]): Promise<readonly string[]> {
  for (const definition of definitions) await saveDefinition(db, definition, hashDefinition(definition))
  return definitions.map(hashDefinition)
}

/** In the order of the hashes; all of them must have been kept. */
export async function definitionsByHash(db: Connection, hashes: readonly string[]): Promise<readonly Definition[]> {
  const rows = await db
    .selectFrom('fl_definition')
    .select(['hash', 'body'])
    .where('hash', 'in', [...hashes])
    .execute()
  const found = new Map(rows.map((row) => [String(row['hash']), JSON.parse(String(row['body'])) as Definition]))
  return hashes.map((hash) => {
    const definition = found.get(hash)
    if (!definition) throw new Bug('a definition is gone', { hash })
    return definition
  })
}

/** The first revision with this pack in it; null: there was none. */
export async function firstRevisionOf(db: Connection, pack: string): Promise<number | null> {
  const row = await db
    .selectFrom('fl_revision_item')
    .select((of) => of.fn.min('revision').as('revision'))
    .where('pack', '=', pack)
    .executeTakeFirst()
  return row?.revision === null || row?.revision === undefined ? null : Number(row.revision)
}

/** Saves the next revision and moves the pointer, in the caller's transaction. Takes the publishing lock. */
export async function saveRevision(db: Connection, input: RevisionInput): Promise<number> {
  await lockFor(db, 'publish')
  const number = (await latest(db)) + 1
  const items = input.items.map((item) => ({ ...item, hash: hashDefinition(item.definition) }))
  const hash = sha256(items.map((item) => `${item.pack ?? ''} ${item.hash}\n`).join(''))
  for (const item of items) await saveDefinition(db, item.definition, item.hash)
  await db.insertInto('fl_revision').values({ number, at: input.at, by: input.by, note: input.note, hash }).execute()
  for (const [position, item] of items.entries()) await saveItem(db, { ...item, revision: number, position })
  await movePointer(db, number)
  announce(db, { kind: 'revision', revision: number })
  return number
}

/** Newest first. */
export async function listRevisions(db: Connection): Promise<readonly RevisionEntry[]> {
  const rows = await db.selectFrom('fl_revision').selectAll().orderBy('number', 'desc').execute()
  return rows.map((row) => ({
    number: Number(row['number']),
    at: String(row['at']),
    by: row['by'] as string | null,
    note: row['note'] as string | null,
    hash: String(row['hash']),
  }))
}

async function latest(db: Connection): Promise<number> {
  const row = await db
    .selectFrom('fl_revision')
    .select((of) => of.fn.max('number').as('number'))
    .executeTakeFirst()
  return Number(row?.number ?? 0)
}

async function saveDefinition(db: Connection, definition: Definition, hash: string): Promise<void> {
  const name = nameOf(definition)
  await db
    .insertInto('fl_definition')
    .values({ hash, kind: definition.kind, name, body: canonicalText(definition) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

interface Item extends SourcedDefinition {
  readonly hash: string
  readonly revision: number
  readonly position: number
}

async function saveItem(db: Connection, { definition, pack, hash, revision, position }: Item): Promise<void> {
  const base = extendedBy(definition)
  await db
    .insertInto('fl_revision_item')
    .values({
      revision,
      position,
      kind: definition.kind,
      name: nameOf(definition),
      pack: pack ?? null,
      extends: base,
      hash,
    })
    .execute()
}

async function movePointer(db: Connection, number: number): Promise<void> {
  await db
    .insertInto('fl_setting')
    .values({ key: pointer, value: String(number) })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(number) }))
    .execute()
}

function extendedBy(definition: Definition): string | null {
  return 'extends' in definition && typeof definition.extends === 'string' ? definition.extends : null
}

/** An extension goes by the name of what it extends. */
function nameOf(definition: Definition): string {
  return extendedBy(definition) ?? ('name' in definition && typeof definition.name === 'string' ? definition.name : '')
}
