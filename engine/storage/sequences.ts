/** Numbers for sequence fields: gapless under a lock, or in blocks without contention. */
import { sql } from 'kysely'
import { type Connection, contextOf, dialectOf, remembered } from './connection.ts'

export interface SequenceKey {
  readonly form: string
  readonly field: string
  /** Values of the scope fields, joined; '' without a scope. */
  readonly scope: string
  /** `2026`, `2026-11`, `2026-11-22`; '' when it never starts over. */
  readonly period: string
  /** true: taken in the caller's transaction, which then holds the counter until it ends. */
  readonly gapless: boolean
}

/** Numbers taken but not handed out yet. */
interface Block {
  next: number
  end: number
}

interface Blocks {
  readonly taken: Map<string, Block>
  readonly taking: Map<string, Promise<Block>>
}

const blockSize = 20
const memory = Symbol('number blocks')

/** The next number, from 1. Without `gapless` PostgreSQL hands out blocks from memory; SQLite has one writer, so nothing is gained by them. */
export async function nextNumber(db: Connection, key: SequenceKey): Promise<number> {
  if (key.gapless || dialectOf(db) === 'sqlite') return take(db, key, 1)
  const blocks = remembered<Blocks>(db, memory, () => ({ taken: new Map(), taking: new Map() }))
  const name = nameOf(key)
  for (;;) {
    const block = blocks.taken.get(name)
    if (block !== undefined && block.next < block.end) {
      block.next += 1
      return block.next - 1
    }
    await refill(db, key, blocks)
  }
}

/** Moves the counter past a number that came from elsewhere: the next one is larger. */
export async function raiseNumber(db: Connection, key: SequenceKey, number: number): Promise<void> {
  await ensure(db, key)
  const next = number + 1
  await matching(db, key).set({ next }).where('next', '<', next).execute()
  if (key.gapless || dialectOf(db) === 'sqlite') return
  const block = remembered<Blocks>(db, memory, () => ({ taken: new Map(), taking: new Map() })).taken.get(nameOf(key))
  if (block !== undefined && block.next < next) block.next = Math.min(next, block.end)
}

/** Callers that come at once share one refill. */
async function refill(db: Connection, key: SequenceKey, blocks: Blocks): Promise<void> {
  const name = nameOf(key)
  const taking = blocks.taking.get(name) ?? takeBlock(db, key)
  blocks.taking.set(name, taking)
  try {
    blocks.taken.set(name, await taking)
  } finally {
    blocks.taking.delete(name)
  }
}

async function takeBlock(db: Connection, key: SequenceKey): Promise<Block> {
  const next = await contextOf(db).database.aside((own) => take(own, key, blockSize))
  return { next, end: next + blockSize }
}

/** The first of `count` numbers. */
async function take(db: Connection, key: SequenceKey, count: number): Promise<number> {
  const { form, field, scope, period } = key
  const { rows } = await sql<{ next: number }>`insert into fl_sequence (form, field, scope, period, next)
    values (${form}, ${field}, ${scope}, ${period}, ${1 + count})
    on conflict (form, field, scope, period) do update set next = fl_sequence.next + ${count} returning next`.execute(db)
  return Number(rows[0]?.next) - count
}

async function ensure(db: Connection, { form, field, scope, period }: SequenceKey): Promise<void> {
  await db.insertInto('fl_sequence').values({ form, field, scope, period, next: 1 }).onConflict((conflict) => conflict.doNothing()).execute()
}

function matching(db: Connection, { form, field, scope, period }: SequenceKey) {
  return db.updateTable('fl_sequence').where('form', '=', form).where('field', '=', field).where('scope', '=', scope).where('period', '=', period)
}

function nameOf({ form, field, scope, period }: SequenceKey): string {
  return JSON.stringify([form, field, scope, period])
}
