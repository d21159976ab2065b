/** Saving: create or change, with every refusal led to where it belongs. */
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldProblem } from '#contract/wire-problem.ts'
import type { RecordAnswer } from '#contract/wire-record.ts'
import { isProblem, ProblemError } from '../client/problem-error.ts'
import { changeRecord, createRecord, readRecord } from '../client/records.ts'
import { newKey } from '../client/request.ts'
import type { FormStore } from '../form/form-store.ts'
import { bodyOnto, changeBody, createBody } from '../form/record-body.ts'
import { pointerInForm } from '../form/table-edits.ts'

export interface Conflict {
  readonly theirs: RecordAnswer
  readonly fields: readonly string[]
}
export interface Saving {
  readonly busy: boolean
  readonly failure: unknown
  readonly conflict: Conflict | null
  /** Grows with each refused save: the summary takes the focus. */
  readonly refusals: number
  save(): Promise<RecordAnswer | null>
  /** After a conflict: the fields to keep are sent again on top of theirs. */
  resolve(keep: ReadonlySet<string>): Promise<RecordAnswer | null>
  dropConflict(): void
}

export interface SaveTarget {
  readonly form: string
  readonly store: FormStore
  /** With the version that the changes were begun on. */
  readonly record: RecordAnswer | null
  readonly onSaved: (record: RecordAnswer) => void
}

export function useSave({ form, store, record, onSaved }: SaveTarget): Saving {
  const client = useQueryClient()
  const key = useRef(newKey())
  const running = useRef(false)
  const [state, setState] = useState<Pick<Saving, 'busy' | 'failure' | 'conflict' | 'refusals'>>({
    busy: false,
    failure: null,
    conflict: null,
    refusals: 0,
  })

  async function send(
    body: JsonObject,
    write: (body: JsonObject) => Promise<RecordAnswer>,
  ): Promise<RecordAnswer | null> {
    if (running.current) return null
    running.current = true
    setState((old) => ({ ...old, busy: true, failure: null, conflict: null }))
    try {
      const saved = await write(body)
      key.current = newKey()
      store.settle()
      setState((old) => ({ ...old, busy: false }))
      client.setQueryData(['records', form, 'record', saved.id], saved)
      void client.invalidateQueries({
        queryKey: ['records'],
        predicate: ({ queryKey }) => queryKey[2] !== 'record' || queryKey[3] !== saved.id,
      })
      onSaved(saved)
      return saved
    } catch (error) {
      await refuse(error, body)
      return null
    } finally {
      running.current = false
    }
  }

  async function refuse(error: unknown, sent: JsonObject): Promise<void> {
    if (error instanceof ProblemError && error.status === 422) key.current = newKey()
    if (record && isProblem(error, 'conflict')) {
      const theirs = await readRecord(form, record.id)
      setState((old) => ({ ...old, busy: false, conflict: { theirs, fields: error.document.fields ?? [] } }))
      return
    }
    if (error instanceof ProblemError && error.errors.length > 0) {
      store.show(error.errors.map((problem) => issueOf(problem, sent, store)))
      setState((old) => ({ ...old, busy: false, failure: null, refusals: old.refusals + 1 }))
      return
    }
    setState((old) => ({ ...old, busy: false, failure: error, refusals: old.refusals + 1 }))
  }

  async function save(): Promise<RecordAnswer | null> {
    store.pruneRows()
    if (store.check().length > 0) {
      setState((old) => ({ ...old, refusals: old.refusals + 1 }))
      return null
    }
    return send(record ? changeBody(store) : createBody(store), (body) =>
      record ? changeRecord(form, record, body) : createRecord(form, body, key.current),
    )
  }

  async function resolve(keep: ReadonlySet<string>): Promise<RecordAnswer | null> {
    const { conflict } = state
    if (!conflict) return null
    return send(bodyOnto(store, conflict.theirs, keep), (body) => changeRecord(form, conflict.theirs, body))
  }

  return { ...state, save, resolve, dropConflict: () => setState((old) => ({ ...old, conflict: null })) }
}

/** The server's words are already in the caller's language. */
function issueOf(problem: FieldProblem, sent: JsonObject, store: FormStore): Issue {
  return {
    pointer: pointerInForm(problem.pointer, sent, (table) => store.idsOf(table)),
    code: problem.code,
    ...(problem.message ? { message: problem.message } : {}),
    ...(problem.params ? { params: problem.params } : {}),
  }
}
