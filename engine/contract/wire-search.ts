/** Search across forms as it travels. */

/** Start and end of each place that answers, in UTF-16 units. */
export type Marks = readonly (readonly [start: number, end: number])[]

export interface SearchHit {
  readonly id: string
  /** null: there is none, or the caller may not read it. */
  readonly title: string | null
  readonly marks: Marks
  /** The other field that answers, where the title alone does not. */
  readonly field?: string
  readonly snippet?: string
  readonly snippet_marks?: Marks
}

export interface SearchGroup {
  readonly form: string
  readonly records: readonly SearchHit[]
  /** The form has others that answer. */
  readonly more: boolean
}

export interface SearchAnswer {
  /** Best first. */
  readonly groups: readonly SearchGroup[]
  /** Forms whose index is being made: they answer later. */
  readonly reading: readonly string[]
}
