/** The course of one import: what the server says of it, asked again while it goes on. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ImportAnswer, ImportMappingWire, ImportStateWire } from '#contract/wire-import.ts'
import { cancelImport, checkImport, commitImport, readImport, startImport, undoImport } from '../client/imports.ts'

export type ImportStep = 'file' | 'check' | 'map' | 'write' | 'done'

export interface ImportFlow {
  readonly step: ImportStep
  readonly busy: boolean
  readonly failure: unknown
  readonly answer: ImportAnswer | null
  readonly mapping: ImportMappingWire
  /** The mapping differs from the one that was checked. */
  readonly stale: boolean
  choose(file: File): Promise<void>
  /** One that was begun before. */
  open(id: string): Promise<void>
  map(mapping: ImportMappingWire): void
  check(): Promise<void>
  /** Also goes on with one that was stopped. */
  commit(): Promise<void>
  cancel(then: 'stop' | 'undo'): Promise<void>
  /** Takes back what was written. */
  undo(): Promise<void>
  again(): void
}

const none: ImportMappingWire = { columns: [] }
const pauseMs = 500

/** States in which the server works on it. */
export function isMoving(state: ImportStateWire): boolean {
  return state === 'arriving' || state === 'checking' || state === 'running' || state === 'undoing'
}

function stepOf(answer: ImportAnswer | null): ImportStep {
  if (!answer) return 'file'
  if (answer.state === 'ready') return 'map'
  if (answer.state === 'arriving' || answer.state === 'checking') return 'check'
  return isMoving(answer.state) ? 'write' : 'done'
}

export function useImport(form: string): ImportFlow {
  const client = useQueryClient()
  const [answer, setAnswer] = useState<ImportAnswer | null>(null)
  const [mapping, setMapping] = useState<ImportMappingWire>(none)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  function take(next: ImportAnswer): void {
    setAnswer(next)
    if (next.state === 'ready') setMapping(next.report.mapping)
    if (isMoving(next.state)) return
    void client.invalidateQueries({ queryKey: ['records'] })
    void client.invalidateQueries({ queryKey: ['imports'] })
  }
  async function attempt(work: () => Promise<ImportAnswer | null>): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      const next = await work()
      if (next) take(next)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer asks for the next one, and `take` is made anew with each
  useEffect(() => {
    if (!answer || !isMoving(answer.state)) return
    const { id } = answer
    const timer = setTimeout(() => {
      readImport(id).then(take, (error: unknown) => {
        setFailure(error)
        setAnswer((old) => old && { ...old })
      })
    }, pauseMs)
    return () => clearTimeout(timer)
  }, [answer])

  const id = answer?.id
  return {
    step: stepOf(answer),
    busy,
    failure,
    answer,
    mapping,
    stale: answer?.state === 'ready' && JSON.stringify(answer.report.mapping) !== JSON.stringify(mapping),
    choose: (chosen) => attempt(() => startImport(form, chosen)),
    open: (begun) => attempt(() => readImport(begun)),
    map: setMapping,
    check: () => attempt(async () => (id ? checkImport(id, mapping) : null)),
    commit: () => attempt(async () => (id && answer ? commitImport(id, skipsInvalid(answer)) : null)),
    cancel: (then) => attempt(async () => (id ? cancelImport(id, then === 'undo') : null)),
    undo: () => attempt(async () => (id ? undoImport(id) : null)),
    again: () => {
      setAnswer(null)
      setFailure(null)
      setMapping(none)
    },
  }
}

/** Where cells do not fit, the person has seen it; the rest is wanted. */
function skipsInvalid({ state, report }: ImportAnswer): boolean {
  return state === 'stopped' || report.errorCount > 0
}
