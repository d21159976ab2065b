/** The course of one import. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ImportAnswer, ImportMappingWire } from '#contract/wire-import.ts'
import { commitImport, readImport, startImport, undoImport } from '../client/imports.ts'

export type ImportStep = 'file' | 'map' | 'write' | 'done'

export interface ImportFlow {
  readonly step: ImportStep
  readonly busy: boolean
  readonly failure: unknown
  readonly answer: ImportAnswer | null
  readonly mapping: ImportMappingWire
  /** The mapping differs from the one that was checked. */
  readonly stale: boolean
  choose(file: File): Promise<void>
  map(mapping: ImportMappingWire): void
  check(): Promise<void>
  commit(): Promise<void>
  /** Takes back what was written. */
  undo(): Promise<void>
  again(): void
}

const none: ImportMappingWire = { columns: [] }
const finished = new Set(['done', 'failed', 'undone'])

export function useImport(form: string): ImportFlow {
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [answer, setAnswer] = useState<ImportAnswer | null>(null)
  const [mapping, setMapping] = useState<ImportMappingWire>(none)
  const [step, setStep] = useState<ImportStep>('file')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  function take(next: ImportAnswer): void {
    setAnswer(next)
    if (next.report) setMapping(next.report.mapping)
    setStep('map')
  }
  useEffect(() => {
    if (step !== 'write' || !answer) return
    const timer = setInterval(() => {
      readImport(answer.id)
        .then((next) => {
          setAnswer((old) => ({ ...old, ...next }))
          if (finished.has(next.state)) {
            setStep('done')
            void client.invalidateQueries({ queryKey: ['records'] })
          }
        })
        .catch(setFailure)
    }, 600)
    return () => clearInterval(timer)
  }, [step, answer, client])

  return {
    step,
    busy,
    failure,
    answer,
    mapping,
    stale: answer?.report !== undefined && JSON.stringify(answer.report?.mapping) !== JSON.stringify(mapping),
    choose: (chosen) =>
      attempt(async () => {
        setFile(chosen)
        take(await startImport(form, chosen))
      }),
    map: setMapping,
    check: () =>
      attempt(async () => {
        if (file) take(await startImport(form, file, mapping))
      }),
    commit: () =>
      attempt(async () => {
        if (!answer) return
        const next = await commitImport(answer.id, mapping, (answer.report?.errorCount ?? 0) > 0)
        setAnswer((old) => ({ ...old, ...next }))
        setStep(finished.has(next.state) ? 'done' : 'write')
        if (finished.has(next.state)) await client.invalidateQueries({ queryKey: ['records'] })
      }),
    undo: () =>
      attempt(async () => {
        if (!answer) return
        const next = await undoImport(answer.id)
        setAnswer((old) => ({ ...old, ...next }))
        setStep(finished.has(next.state) ? 'done' : 'write')
        await client.invalidateQueries({ queryKey: ['records'] })
      }),
    again: () => {
      setStep('file')
      setAnswer(null)
      setFile(null)
      setMapping(none)
    },
  }
}
