/** One difference between two versions of a definition, by name. */
import type { Json } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import type { DefinitionKind } from '../definition.ts'

export interface DefinitionChange {
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  readonly kind: DefinitionKind
  /** Name of the definition; of an extension, of what it extends. */
  readonly name: string
  /** Pointer below the definition; members of arrays by name or id: `/fields/total/formula`. Empty for the definition itself. */
  readonly pointer: string
  readonly before?: Json
  readonly after?: Json
  /** A sentence for people. */
  readonly text: Text
}
