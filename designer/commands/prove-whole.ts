/** Equality of JSON that says what differs. */
import { sameJson } from '../model/to-definition.ts'

export function deepEqual(actual: unknown, expected: unknown, law: string): void {
  if (!sameJson(actual, expected))
    throw new Error(`${law}: ${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`)
}
