/** What pure code may not reach by itself: time, identity, randomness, log. The roots hand these in. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

export interface Ids {
  /** A new UUIDv7 (RFC 9562), lower case with hyphens; sortable by time. */
  next(): string
}

/** Never values of records, secrets, or messages of errors that may quote them: see `logged-failure.ts`. */
export interface Log {
  /** Absent: nobody wants to know. */
  debug?(event: string, data?: Readonly<Record<string, unknown>>): void
  info(event: string, data?: Readonly<Record<string, unknown>>): void
  warn(event: string, data?: Readonly<Record<string, unknown>>): void
  error(event: string, data?: Readonly<Record<string, unknown>>): void
}
