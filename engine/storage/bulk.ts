/** Many writes in one transaction: changes of new records wait for the end of their savepoint, and what was seen once is remembered. */
import { Bug } from '#base/bug.ts'
import { type Connection, dialectOf } from './connection.ts'

/** The change of a new record, as the log and the search index take it. */
export interface WaitingChange {
  readonly values: readonly (string | number | null)[]
  readonly words: { readonly record: string; readonly form: string; readonly body: string } | null
}

export interface BulkKind {
  /** dropped: everything will be undone, so nobody reads its changes. */
  readonly changes: 'kept' | 'dropped'
  /** Forms whose new records nothing in this transaction asks for again, where all of it will be undone. */
  readonly unread?: ReadonlySet<string>
  /** The published definitions that are held still until the transaction ends; asked for before the first savepoint. */
  readonly revision?: number
}

export class Bulk {
  readonly kind: BulkKind
  readonly #seen = new Map<string, { readonly visible: object; readonly ids: Set<string> }>()
  #waiting: WaitingChange[] = []

  constructor(kind: BulkKind) {
    this.kind = kind
  }

  wait(change: WaitingChange): void {
    this.#waiting.push(change)
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  take(): readonly WaitingChange[] {
    const taken = this.#waiting
    this.#waiting = []
    return taken
  }

  /** Ids of the form that `visible` was asked for and has shown in this transaction. */
  seen(form: string, visible: object): Set<string> {
    const known = this.#seen.get(form)
    if (known?.visible === visible) return known.ids
    const ids = new Set<string>()
    this.#seen.set(form, { visible, ids })
    return ids
  }

  /** A record of the form is another than before. */
  forget(form: string): void {
    this.#seen.delete(form)
  }

  /** The savepoint is undone: what was written and seen in it never was. */
  undo(): void {
    this.#waiting = []
    this.#seen.clear()
  }
}

const bulks = new WeakMap<Connection, Bulk>()

export function bulkOf(db: Connection): Bulk | undefined {
  return bulks.get(db)
}

/** All that `work` writes must stand under a savepoint, whose end writes what waits. */
export async function inBulk<T>(db: Connection, kind: BulkKind, work: () => Promise<T>): Promise<T> {
  const bulk = new Bulk(kind)
  bulks.set(db, bulk)
  try {
    const answer = await work()
    if (bulk.isWaiting) throw new Bug('a bulk has written outside of a savepoint')
    return answer
  } finally {
    bulks.delete(db)
  }
}

/** Where ids may be remembered; null: others write beside this transaction, so each time is asked anew. */
export function seenInBulk(db: Connection, form: string, visible: object): Set<string> | null {
  return dialectOf(db) === 'sqlite' ? (bulkOf(db)?.seen(form, visible) ?? null) : null
}
