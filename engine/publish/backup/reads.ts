/** What a server on a restored copy is asked, and what it must answer. */
import { beginSession } from '#accounts/sessions.ts'
import { recordIdsAfter } from '#storage/record-pages.ts'
import { createRecordStore } from '#storage/record-store.ts'
import type { Workspace } from '../workspace.ts'

export interface ExpectedRead {
  readonly path: string
  /** Of the record that answers; absent: any answer of success. */
  readonly version?: number
}

const wanted = 20
const perForm = 3

/** Twenty reads over as many forms as there are: lists, records, histories. */
export async function expectedReads(workspace: Workspace): Promise<readonly ExpectedRead[]> {
  const model = await workspace.model()
  const store = createRecordStore(model, workspace.db.dialect)
  const reads: ExpectedRead[] = [{ path: '/readyz' }, { path: '/api/app' }]
  for (const form of [...model.forms.keys()].sort()) {
    const records = await workspace.db.read(async (db) =>
      store.load(db, form, await recordIdsAfter(db, form, { after: null, limit: perForm })),
    )
    reads.push({ path: `/api/forms/${form}/records?limit=20` })
    for (const { id, version } of records.values()) {
      reads.push(
        { path: `/api/forms/${form}/records/${id}`, version },
        { path: `/api/forms/${form}/records/${id}/history` },
      )
    }
  }
  return spread(reads)
}

/** Evenly over all of them; again from the first where they are fewer. */
function spread(reads: readonly ExpectedRead[]): readonly ExpectedRead[] {
  const step = Math.max(1, reads.length / wanted)
  return Array.from({ length: wanted }, (_, index) => reads[Math.floor(index * step) % reads.length] as ExpectedRead)
}

/** A session of the user on the copy, which ends with it. */
export function openSession(workspace: Workspace, user: string): Promise<string> {
  const from = { address: null, agent: 'formloom verify' }
  return workspace.db.write((db) => beginSession(db, user, { now: workspace.clock.now(), from }))
}
