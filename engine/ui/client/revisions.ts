/** Publications over the wire. */
import type { PublicationAnswer, RevisionsAnswer } from '#contract/wire-revision.ts'
import { request } from './request.ts'

export function readRevisions(): Promise<RevisionsAnswer> {
  return request('/api/revisions')
}

/** `dryRun`: says what would change. `base`: the revision that the person has seen. */
export function rollBack(
  number: number,
  { base, dryRun }: { readonly base: number; readonly dryRun: boolean },
): Promise<PublicationAnswer> {
  return request(`/api/revisions/${number}/rollback`, { method: 'POST', body: { base, dry_run: dryRun } })
}
