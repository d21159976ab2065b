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
  const blocks = blocksOf(db)
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

/**
 * Moves the counter past a number that came from elsewhere: the next one is larger. Without `gapless` PostgreSQL does so at once and for
 * good, for blocks are taken beside the caller's transaction and would wait for it.
 */
export async function raiseNumber(db: Connection, key: SequenceKey, number: number): Promise<void> {
  const next = number + 1
  if (key.gapless || dialectOf(db) === 'sqlite') return raise(db, key, next)
  await contextOf(db).database.aside((own) => raise(own, key, next))
  const block = blocksOf(db).taken.get(nameOf(key))
  if (block !== undefined && block.next < next) block.next = Math.min(next, block.end)
}

async function raise(db: Connection, { form, field, scope, period }: SequenceKey, next: number): Promise<void> {
  const values = { form, field, scope, period, next }
  await db
    .insertInto('fl_sequence')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['form', 'field', 'scope', 'period']).doUpdateSet({ next }).where('fl_sequence.next', '<', next),
    )
    .execute()
}

function blocksOf(db: Connection): Blocks {
  return remembered<Blocks>(db, memory, () => ({ taken: new Map(), taking: new Map() }))
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
    on conflict (form, field, scope, period) do update set next = fl_sequence.next + ${count} returning next`.execute(
    db,
  )
  return Number(rows[0]?.next) - count
}

function nameOf({ form, field, scope, period }: SequenceKey): string {
  return JSON.stringify([form, field, scope, period])
}
