/** Rules that only the database can answer: link targets, uniques, ranges that overlap. */
import type { Issue } from '#base/problems.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { RecordContext } from './context.ts'
import { storedValues } from './draft.ts'
import { overlapIssues } from './overlap.ts'
import { linkIssues } from './targets.ts'

/** All issues of a record that is about to be written; `before` is empty on create. */
export async function storedIssues(
  db: Connection,
  context: RecordContext,
  subject: { live: LiveRecord; before: StoredRecord | null; id: string },
): Promise<Issue[]> {
  const form = subject.live.program.form.name
  const values = storedValues(subject.live)
  const links = await linkIssues(db, context, subject)
  const unique = await context.store.uniqueConflicts(db, form, { id: subject.id, values })
  return [
    ...links,
    ...unique.flatMap(({ fields }) => fields.map((field) => ({ pointer: `/${field}`, code: 'not-unique' }))),
    ...(await overlapIssues(db, context, { ...subject, values })),
  ]
}
