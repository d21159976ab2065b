/** A broken invariant of our own code: thrown with its values, never shown to a caller. */
export class Bug extends Error {
  readonly values: Readonly<Record<string, unknown>>
  constructor(message: string, values: Readonly<Record<string, unknown>> = {}) {
    super(`${message} ${JSON.stringify(values)}`)
    this.name = 'Bug'
    this.values = values
  }
}

/** Closes an exhaustive switch. */
export function never(value: never): never {
  throw new Bug('unreachable', { value })
}
