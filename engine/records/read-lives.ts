/** What is computed when read: live cells for the records of an answer whose forms have such fields. */
import type { FormProgram } from '#expressions/form-program.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { Connection } from '#storage/connection.ts'
import { type RecordCells, storedRecord } from '#storage/record-cells.ts'
import type { Raw } from '#storage/wire-text.ts'
import type { RecordContext } from './context.ts'
import { liveOfAll } from './draft.ts'
import type { Lives } from './record-text.ts'

export interface LiveNode {
  /** null: nothing that is shown is computed when read. */
  readonly program: FormProgram | null
  readonly expand: ReadonlyMap<string, LiveNode>
}

interface Found {
  readonly node: LiveNode
  readonly cells: RecordCells
  readonly rows: readonly Raw[]
}

const none: Lives = new Map()

export function needsLives({ program, expand }: LiveNode): boolean {
  if (program !== null) return true
  for (const node of expand.values()) if (needsLives(node)) return true
  return false
}

export async function livesOf(db: Connection, context: RecordContext, found: Found): Promise<Lives> {
  if (!needsLives(found.node)) return none
  const lives = new Map<RecordCells, ReadonlyMap<string, LiveRecord>>()
  await addLives(db, context, found, lives)
  return lives
}

async function addLives(
  db: Connection,
  context: RecordContext,
  { node, cells, rows }: Found,
  lives: Map<RecordCells, ReadonlyMap<string, LiveRecord>>,
): Promise<void> {
  if (node.program !== null) lives.set(cells, await livesIn(db, context, { cells, rows, program: node.program }))
  for (const [name, inner] of node.expand) {
    const target = cells.expanded.get(name)
    if (target) await addLives(db, context, { node: inner, cells: target, rows }, lives)
  }
}

async function livesIn(
  db: Connection,
  context: RecordContext,
  {
    cells,
    rows,
    program,
  }: { readonly cells: RecordCells; readonly rows: readonly Raw[]; readonly program: FormProgram },
): Promise<ReadonlyMap<string, LiveRecord>> {
  const distinct = new Map(rows.filter((row) => row[cells.id] !== null).map((row) => [row[cells.id], row]))
  const records = [...distinct.values()].map((row) => storedRecord(cells, row))
  const lives = await liveOfAll(db, context, { records, program })
  for (const live of lives) live.recompute()
  return new Map(lives.map((live, index) => [String(records[index]?.id), live]))
}
