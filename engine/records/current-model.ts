/** A write and a publication never cross: whoever writes holds the definitions still, and stands on the ones that are published. */
import { bulkOf } from '#storage/bulk.ts'
import type { Connection } from '#storage/connection.ts'
import { holdRevision } from '#storage/revision-store.ts'
import type { RecordContext } from './context.ts'

/** Thrown where definitions were published after the request had begun: its root begins again, under the new ones. */
export class StaleModel extends Error {
  constructor() {
    super('definitions were published meanwhile')
    this.name = 'StaleModel'
  }
}

/** First station of every write; without it a record written beside a publication would miss the new formulas and roll-ups. */
export async function holdModel(db: Connection, context: RecordContext): Promise<void> {
  const revision = bulkOf(db)?.kind.revision ?? (await holdRevision(db))
  if (revision !== context.model.revision) throw new StaleModel()
}
