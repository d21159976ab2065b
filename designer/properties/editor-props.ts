/** What the control of a property is given. */
import type { Json } from '#base/json.ts'
import type { PropertyEntry } from './entries.ts'

export interface EditorProps {
  readonly entry: PropertyEntry
  /** In the person's language. */
  readonly label: string
  /** undefined takes the property away. */
  readonly onValue: (value: Json | undefined) => void
  /** The edit is over: the next one is a step of its own. */
  readonly onEnd: () => void
}
