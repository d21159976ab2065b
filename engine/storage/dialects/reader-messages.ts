/** What server and reader process say to each other. One statement at a time; its rows come in batches, each asked for. */

export type ReaderRequest =
  | {
      readonly is: 'run'
      /** Takes the snapshot that all statements up to `end` see. */
      readonly begins: boolean
      readonly sql: string
      readonly parameters: readonly unknown[]
    }
  | { readonly is: 'more' }
  /** Lets the snapshot go, and the rest of the rows. */
  | { readonly is: 'end' }

export type ReaderAnswer =
  | { readonly is: 'ready' }
  | {
      readonly is: 'rows'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly unknown[])[]
      readonly last: boolean
    }
  | { readonly is: 'failed'; readonly code: string; readonly message: string }
