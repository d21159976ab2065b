/** One cell of the store as a component sees it; only this cell's changes render it again. */
import { computed } from '@preact/signals-core'
import { useMemo } from 'react'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { CellRules } from '#expressions/judge.ts'
import { useSignal } from '../parts/use-signal.ts'
import type { FormStore } from './form-store.ts'

export interface CellState {
  readonly value: Json
  readonly rules: CellRules
  readonly problems: readonly Issue[]
  readonly changed: boolean
}

export function useCell(store: FormStore, key: string): CellState {
  const value = useSignal(store.value(key))
  const rules = useSignal(store.rulesFor(key))
  const problems = useSignal(store.problemsOf(key))
  const changed = useSignal(useMemo(() => computed(() => store.changed.value.has(key)), [store, key]))
  return { value, rules, problems, changed }
}
