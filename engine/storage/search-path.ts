/** The ways to find what a search asks for. */
import type { SearchedField } from './search-fields.ts'

/** How a search finds its records. */
export type SearchPath =
  /** The index does not know all records of the form yet: their texts are looked through as they are. */
  | { readonly by: 'scan' }
  /** By the index. */
  | { readonly by: 'index'; readonly codes: ReadonlyMap<string, string> }
  /** Nearly every record answers: the list's own order finds a page of them sooner than the index. */
  | { readonly by: 'rows'; readonly fields: ReadonlyMap<string, SearchedField> }
