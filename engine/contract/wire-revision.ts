/** Publications: their history, and what one would change or has changed, in words. */
import type { Json } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import type { FieldProblem } from './wire-problem.ts'

export interface RevisionAnswer {
  readonly number: number
  readonly at: string
  readonly by: string | null
  /** The name of who published it; null where nobody is known. */
  readonly by_title: string | null
  readonly note: string | null
  readonly hash: string
}
export interface RevisionsAnswer {
  readonly current: number
  /** Newest first. */
  readonly revisions: readonly RevisionAnswer[]
}

export interface PublicationAnswer {
  readonly revision: number
  readonly changes: readonly {
    readonly change: 'added' | 'changed' | 'removed'
    readonly pointer: string
    readonly kind: string
    readonly name: string
    readonly text: Text
  }[]
  readonly issues: readonly FieldProblem[]
}

export type Side = 'mine' | 'theirs'
export interface ConflictAnswer {
  readonly pointer: string
  /** Absent: not there on that side. */
  readonly mine?: Json
  readonly theirs?: Json
  readonly text: Text
  readonly taken: Side | null
}
export interface UpgradeAnswer extends PublicationAnswer {
  readonly packs: readonly { readonly name: string; readonly from: string | null; readonly to: string }[]
  readonly conflicts: readonly ConflictAnswer[]
}
