/** Where a list stands: the form as this person may use it, the view, what the address asks for. */

import type { ReactNode } from 'react'
import type { Text } from '#base/text.ts'
import type { RecordAnswer } from '#contract/wire-record.ts'
import type { FormDefinition, ViewDefinition } from '#definitions/definition.ts'
import type { FormAccess } from '../client/workspace.tsx'
import type { Column } from './columns.ts'
import type { ListSearch } from './list-search.ts'

export interface ListPlace {
  readonly access: FormAccess
  readonly view: ViewDefinition | undefined
  readonly search: ListSearch
  readonly onSearch: (change: Partial<ListSearch>) => void
}

/** What rows and cards are drawn from. */
export interface RecordsProps {
  /** Stands behind the last row, inside of what scrolls. */
  readonly end?: ReactNode
  readonly place: ListPlace
  readonly columns: readonly Column[]
  readonly records: readonly RecordAnswer[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (selected: ReadonlySet<string>) => void
}

/** What people call several records of a form: `Orders`; 订单. */
export function pluralOf({ plural, label }: Pick<FormDefinition, 'plural' | 'label'>): Text | undefined {
  return plural ?? label
}

/** `Order` → `order`, but `SKU` and 订单 stay. */
export function lower(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}
