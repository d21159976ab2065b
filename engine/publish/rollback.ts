/** Rolling back: the definitions of an earlier revision become the next one, through the same gate as any publication. */
import type { Actor } from '#access/actor.ts'
import { Refusal } from '#base/problems.ts'
import { hasRevision, loadDefinitions } from '#storage/revision-store.ts'
import { keepBases } from './pack-bases.ts'
import { type Published, type PublishRequest, publishIn, rehearsable, requirePublisher } from './publish.ts'
import type { Workspace } from './workspace.ts'

export interface RollbackRequest extends Pick<PublishRequest, 'note' | 'dryRun' | 'base'> {
  /** Whose definitions come back. */
  readonly revision: number
}

/**
 * Records are not touched: fields that come back bring the values that they had, fields that go keep theirs for later.
 * Refusals: forbidden, not-found, conflict, definition-invalid. The definitions of today → the same revision.
 */
export function rollBack(workspace: Workspace, actor: Actor, request: RollbackRequest): Promise<Published> {
  requirePublisher(actor)
  return rehearsable(
    workspace.db.write(async (db) => {
      if (!(await hasRevision(db, request.revision))) throw new Refusal('not-found')
      const whole = await loadDefinitions(db, request.revision)
      const note = request.note ?? `rollback to ${request.revision}`
      const published = await publishIn(db, {
        workspace,
        actor,
        request: { ...request, note },
        definitions: [],
        issues: [],
        whole,
      })
      if (published.changes.length > 0) await keepBases(db, { from: request.revision, to: published.revision })
      return published
    }),
  )
}
