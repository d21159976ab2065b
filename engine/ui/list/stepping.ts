/** The order of the list that one came from, for "previous" and "next" on a record. */
const lists = new Map<string, readonly string[]>()

export function rememberList(form: string, ids: readonly string[]): void {
  lists.set(form, ids)
}

export interface Step {
  readonly position: number
  readonly count: number
  readonly previous: string | undefined
  readonly next: string | undefined
}

/** Where the record stands in the list last seen; null when it was not in it. */
export function stepOf(form: string, id: string): Step | null {
  const ids = lists.get(form) ?? []
  const at = ids.indexOf(id)
  return at < 0 ? null : { position: at + 1, count: ids.length, previous: ids[at - 1], next: ids[at + 1] }
}
