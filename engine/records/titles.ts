/** Titles quote linked records (`SO-1 · ACME`): when the quoted title changes, the quoting ones follow in the same transaction. */
import { compileForm } from '#expressions/form-program.ts'
import type { Connection } from '#storage/connection.ts'
import type { Target } from '#storage/stored-record.ts'
import type { RecordContext } from './context.ts'
import { liveOf } from './draft.ts'

/** At most this many records follow at once; the rest get their title with their next write, and `verify --repair` finds them. */
const mostFollowing = 1000

/** Recomputes the titles of living records whose title reads the one that changed; follows three steps. */
export async function refreshTitles(db: Connection, context: RecordContext, changed: Target, depth = 0): Promise<void> {
  if (depth >= 3) return
  for (const incoming of context.model.forms.get(changed.form)?.incoming ?? []) {
    if (incoming.table) continue
    const program = compileForm(context.model, incoming.form)
    const quotes = program.title?.linkReads.some((read) => read.from[0] === incoming.field.name)
    if (!quotes) continue
    const ids = await context.store.linkingIds(
      db,
      { form: incoming.form, field: incoming.field.name },
      { id: changed.id, limit: mostFollowing },
    )
    for (const record of (await context.store.load(db, incoming.form, ids)).values()) {
      const live = await liveOf(db, context, record, program)
      const title = program.title?.evaluate(live.scope())
      if (typeof title !== 'string' || title === record.title) continue
      await context.store.setColumns(db, { form: incoming.form, id: record.id }, { title: title.slice(0, 500) })
      await refreshTitles(db, context, { form: incoming.form, id: record.id }, depth + 1)
    }
  }
}
