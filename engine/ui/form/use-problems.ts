/** All problems that a form shows, kept up to date. */
import { useSignal } from '../parts/use-signal.ts'
import type { FormStore } from './form-store.ts'

export function useProblems(store: FormStore) {
  useSignal(store.shown)
  return store.allProblems()
}
