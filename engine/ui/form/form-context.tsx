/** What the parts of one form share: its store and how they are drawn. Never changes while typing. */
import { createContext, type ReactNode, useContext } from 'react'
import type { FormDefinition } from '#definitions/definition.ts'
import type { FormStore } from './form-store.ts'
import type { LinkedRecords } from './linked-records.ts'

/** edit: every field is an input. read: text that becomes an input. design: inputs that do nothing. */
export type FormMode = 'edit' | 'read' | 'design'

/** What surrounds a node of the layout in a designer. */
export type Decorate = (kind: 'tab' | 'section' | 'item', id: string, node: ReactNode) => ReactNode

export interface FormRuntime {
  readonly store: FormStore
  readonly form: FormDefinition
  readonly mode: FormMode
  readonly linked?: LinkedRecords
  readonly decorate?: Decorate
}

const FormContext = createContext<FormRuntime | null>(null)
export const FormProvider = FormContext.Provider

export function useFormRuntime(): FormRuntime {
  const runtime = useContext(FormContext)
  if (!runtime) throw new Error('useFormRuntime outside of a form')
  return runtime
}
