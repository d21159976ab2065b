/** Live events: what the server tells of changed records makes lists and open records look again, quietly. */
import { signal } from '@preact/signals-core'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Model } from '#definitions/model.ts'
import { serverRevision } from './connection.ts'
import { useWorkspace } from './workspace.tsx'

export interface RecordEvent {
  readonly form: string
  readonly id: string
  readonly version: number
  readonly verb: 'create' | 'update' | 'delete' | 'restore'
}

/** `form/id` of records that somebody deleted while this page was open. */
export const deletedElsewhere = signal<ReadonlySet<string>>(new Set())

const gatherMs = 300
const againMs = 30_000

/** Listens while the page is looked at; a hidden page holds no connection and looks at everything again when it is shown. */
export function useLive(): void {
  const client = useQueryClient()
  const { model } = useWorkspace()
  useEffect(() => {
    const live = new LiveConnection(client, model)
    const follow = () => (document.visibilityState === 'visible' ? live.open() : live.close())
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      live.close()
    }
  }, [client, model])
}

class LiveConnection {
  readonly #client: QueryClient
  readonly #model: Model
  #source: EventSource | null = null
  #waiting: RecordEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #again: ReturnType<typeof setTimeout> | undefined
  #missed = false

  constructor(client: QueryClient, model: Model) {
    this.#client = client
    this.#model = model
  }

  open(): void {
    if (this.#source) return
    if (this.#missed) this.#lookAtAll()
    const source = new EventSource('/api/events')
    this.#source = source
    source.addEventListener('record', (event) => this.#gather(JSON.parse(event.data) as RecordEvent))
    source.addEventListener('revision', (event) => {
      serverRevision.value = (JSON.parse(event.data) as { readonly revision: number }).revision
    })
    source.addEventListener('resync', () => this.#lookAtAll())
    source.addEventListener('error', () => this.#failed(source))
  }

  close(): void {
    clearTimeout(this.#again)
    if (this.#source) this.#missed = true
    this.#source?.close()
    this.#source = null
  }

  /** The browser tries again by itself unless the server refused: then the session may have ended, which /api/app tells. */
  #failed(source: EventSource): void {
    if (source.readyState !== EventSource.CLOSED || source !== this.#source) return
    this.close()
    void this.#client.invalidateQueries({ queryKey: ['app'] })
    this.#again = setTimeout(() => this.open(), againMs)
  }

  #gather(event: RecordEvent): void {
    this.#waiting.push(event)
    this.#timer ??= setTimeout(() => this.#tell(), gatherMs)
  }

  #tell(): void {
    const events = this.#waiting
    this.#waiting = []
    this.#timer = undefined
    noteDeleted(events)
    refresh(this.#client, this.#model, events)
  }

  #lookAtAll(): void {
    this.#missed = false
    void this.#client.invalidateQueries({ queryKey: ['records'] })
  }
}

function noteDeleted(events: readonly RecordEvent[]): void {
  const keys = new Set(deletedElsewhere.peek())
  for (const { form, id, verb } of events)
    if (verb === 'delete') keys.add(`${form}/${id}`)
    else keys.delete(`${form}/${id}`)
  if (keys.size > 0 || deletedElsewhere.peek().size > 0) deletedElsewhere.value = keys
}

/** Lists of the form and of those that sum it up; of open records only the changed ones, and none that is gone: its page says so. */
export function refresh(client: QueryClient, model: Model, events: readonly RecordEvent[]): void {
  for (const form of new Set(events.map((event) => event.form))) {
    const versions = new Map(
      events.filter((event) => event.form === form && event.verb !== 'delete').map(({ id, version }) => [id, version]),
    )
    void client.invalidateQueries({
      queryKey: ['records', form],
      predicate: ({ queryKey, state }) => {
        if (queryKey[2] !== 'record') return true
        const known = (state.data as { readonly version?: number } | undefined)?.version ?? 0
        return (versions.get(String(queryKey[3])) ?? 0) > known
      },
    })
    for (const other of summing(model, form))
      void client.invalidateQueries({
        queryKey: ['records', other],
        predicate: ({ queryKey }) => queryKey[2] !== 'record',
      })
  }
}

/** Forms with a roll-up over this one. */
function summing(model: Model, form: string): readonly string[] {
  return [...model.forms.values()]
    .filter(({ name, fields }) => name !== form && [...fields.values()].some((field) => rollsUp(field, form)))
    .map(({ name }) => name)
}

function rollsUp(field: { readonly definition: { readonly [key: string]: unknown } }, form: string): boolean {
  return (field.definition['rollup'] as { readonly form?: string } | undefined)?.form === form
}
