/** Formulas that read what this person may not see: the server works them out, a moment after the last key. */
import { useEffect } from 'react'
import { evaluateRecord } from '../client/records.ts'
import { useWorkspace } from '../client/workspace.tsx'
import type { FormStore } from '../form/form-store.ts'
import { changeBody, createBody } from '../form/record-body.ts'
import { useSignal } from '../parts/use-signal.ts'

const waitMs = 400

export interface ServerValuesProps {
  readonly store: FormStore
  readonly form: string
  /** null: a new record. */
  readonly id: string | null
}

/** Draws nothing: it listens to every edit, so that the page above need not. */
export function ServerValues({ store, form, id }: ServerValuesProps): null {
  const { readable } = useWorkspace()
  const { undecided } = readable.programOf(form)
  const edits = useSignal(store.edits)
  useEffect(() => {
    const wanted = [...undecided].filter((key) => !key.includes('/') && store.program.fields.get(key)?.field.computed)
    if (edits === 0 || wanted.length === 0) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const values = id === null ? createBody(store) : changeBody(store)
      evaluateRecord(form, { ...(id === null ? {} : { id }), values }, stop.signal)
        .then((answer) => {
          for (const key of wanted) if (key in answer.values) store.receive(key, answer.values[key] ?? null)
        })
        .catch(() => undefined) // The save tells what is wrong; until then the old figure stands.
    }, waitMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [edits, store, form, id, undecided])
  return null
}
