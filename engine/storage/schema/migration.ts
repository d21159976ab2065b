/** One step of the system tables; numbers are consecutive and a published step never changes. */
import type { Connection } from '../connection.ts'

export interface Migration {
  readonly number: number
  up(db: Connection): Promise<void>
}
