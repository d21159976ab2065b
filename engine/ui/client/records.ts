/** Records over the wire: list, read, create, change, delete, restore, history, sums. */
import type { JsonObject } from '#base/json.ts'
import type {
  AggregateAnswer,
  AggregateRequest,
  BulkAnswer,
  BulkOperation,
  EvaluateAnswer,
  HistoryAnswer,
  ListAnswer,
  ListRequest,
  RecordAnswer,
} from '#contract/wire-record.ts'
import { request } from './request.ts'

const base = (form: string) => `/api/forms/${form}/records`

export function listRecords(form: string, query: ListRequest, signal?: AbortSignal): Promise<ListAnswer> {
  return request(`${base(form)}${queryString(query)}`, signal ? { signal } : {})
}

export function readRecord(form: string, id: string): Promise<RecordAnswer> {
  return request(`${base(form)}/${id}`)
}

export function createRecord(form: string, values: JsonObject, key?: string): Promise<RecordAnswer> {
  return request(base(form), { method: 'POST', body: values, ...(key ? { key } : {}) })
}

export function changeRecord(
  form: string,
  at: { readonly id: string; readonly version: number },
  values: JsonObject,
): Promise<RecordAnswer> {
  return request(`${base(form)}/${at.id}`, { method: 'PATCH', body: values, version: at.version })
}

export function deleteRecord(form: string, at: { readonly id: string; readonly version: number }): Promise<void> {
  return request(`${base(form)}/${at.id}`, { method: 'DELETE', version: at.version })
}

const mostAtOnce = 1_000

/** Each operation for itself; results in their order. */
export async function bulkRecords(form: string, operations: readonly BulkOperation[]): Promise<BulkAnswer['results']> {
  const results: BulkAnswer['results'][number][] = []
  for (let first = 0; first < operations.length; first += mostAtOnce) {
    const body = { operations: operations.slice(first, first + mostAtOnce) }
    results.push(...(await request<BulkAnswer>(`${base(form)}/bulk`, { method: 'POST', body })).results)
  }
  return results
}

export function restoreRecord(form: string, id: string): Promise<RecordAnswer> {
  return request(`${base(form)}/${id}/restore`, { method: 'POST', body: {} })
}

export function readHistory(form: string, id: string): Promise<HistoryAnswer> {
  return request(`${base(form)}/${id}/history`)
}

export interface EvaluateQuestion {
  /** Absent for a new record. */
  readonly id?: string
  readonly values: JsonObject
}

export function evaluateRecord(form: string, question: EvaluateQuestion, signal: AbortSignal): Promise<EvaluateAnswer> {
  return request(`${base(form)}/evaluate`, { method: 'POST', body: question, signal })
}

export function aggregateRecords(form: string, query: AggregateRequest): Promise<AggregateAnswer> {
  const params = new URLSearchParams({ group: JSON.stringify(query.group), measures: JSON.stringify(query.measures) })
  if (query.filter !== undefined && query.filter !== null) params.set('filter', JSON.stringify(query.filter))
  return request(`/api/forms/${form}/aggregate?${params}`)
}

function queryString(query: ListRequest): string {
  const params = new URLSearchParams()
  if (query.filter !== undefined && query.filter !== null) params.set('filter', JSON.stringify(query.filter))
  if (query.sort?.length) params.set('sort', query.sort.join(','))
  if (query.fields?.length) params.set('fields', query.fields.join(','))
  for (const name of ['search', 'view', 'cursor', 'count'] as const) {
    const value = query[name]
    if (value) params.set(name, value)
  }
  if (query.limit) params.set('limit', String(query.limit))
  if (query.deleted) params.set('deleted', 'true')
  const text = params.toString()
  return text ? `?${text}` : ''
}
