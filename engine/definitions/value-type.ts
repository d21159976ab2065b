/** Static types of fields and expressions. A kind maps each field to one; columns, checks and comparisons follow from it. */
export type ValueType =
  | { readonly is: 'boolean' }
  | { readonly is: 'integer' }
  /** Exact decimal, at most 15 significant digits, `scale` decimals. On the wire a string. */
  | { readonly is: 'decimal'; readonly scale: number }
  | { readonly is: 'text'; readonly options?: readonly string[] }
  | { readonly is: 'date' }
  | { readonly is: 'time' }
  /** UTC, ISO 8601 with milliseconds and Z. */
  | { readonly is: 'datetime' }
  /** Whole seconds in expressions and columns; ISO 8601 (`PT8H`) on the wire. */
  | { readonly is: 'duration' }
  /** A link: the id of a record of `form` (of a row of `table` of it). */
  | { readonly is: 'record'; readonly form: string; readonly table?: string }
  /** An any_link: `form/id` of one of several forms. */
  | { readonly is: 'any_record'; readonly forms: readonly string[] }
  /** A list of values: tags, multi_choice, links. */
  | { readonly is: 'list'; readonly of: ValueType }
  /** The rows of a table field. */
  | { readonly is: 'rows'; readonly table: string }
  /** Structured JSON that only `empty` may look at: attachment, signature, region. */
  | { readonly is: 'opaque' }
  /** The literal null; fits every type. */
  | { readonly is: 'empty' }

export const valueTypes = {
  boolean: { is: 'boolean' },
  integer: { is: 'integer' },
  text: { is: 'text' },
  date: { is: 'date' },
  time: { is: 'time' },
  datetime: { is: 'datetime' },
  duration: { is: 'duration' },
  opaque: { is: 'opaque' },
  empty: { is: 'empty' },
} as const satisfies Record<string, ValueType>
