/** One change of a record as its writer tells it to the log. */
import type { Json, JsonObject } from '#base/json.ts'

export interface ChangeInput {
  readonly form: string
  readonly record: string
  readonly version: number
  readonly actor: string | null
  readonly onBehalf?: string | null
  /** What made it: `{write: 'update'}`, `{transition: 'submit'}`, `{import: id}` … */
  readonly cause: Json
  readonly at: string
  /** Wire values, system fields that matter among them; null before a create. */
  readonly before: JsonObject | null
  /** null: erased. */
  readonly after: JsonObject | null
}
