/** Imports over the wire: upload with a dry run, look, commit, cancel, undo. Answers wait a second, then say how far it is. */
import type { ImportAnswer, ImportLineWire, ImportMappingWire } from '#contract/wire-import.ts'
import { request } from './request.ts'

export function startImport(form: string, file: File): Promise<ImportAnswer> {
  const body = new FormData()
  body.set('file', file)
  return request(`/api/forms/${form}/import?wait=1`, { method: 'POST', body })
}

export async function listImports(): Promise<readonly ImportLineWire[]> {
  return (await request<{ readonly imports: readonly ImportLineWire[] }>('/api/imports')).imports
}

export function readImport(id: string): Promise<ImportAnswer> {
  return request(`/api/imports/${id}`)
}

/** Where the refused lines come as a file. */
export function errorFileOf(id: string): string {
  return `/api/imports/${id}/errors.csv`
}

export function checkImport(id: string, mapping: ImportMappingWire): Promise<ImportAnswer> {
  return request(`/api/imports/${id}/check?wait=1`, { method: 'POST', body: { mapping } })
}

export function commitImport(id: string, skipInvalid: boolean): Promise<ImportAnswer> {
  return request(`/api/imports/${id}/commit?wait=1`, { method: 'POST', body: { skip_invalid: skipInvalid } })
}

export function cancelImport(id: string, undo: boolean): Promise<ImportAnswer> {
  return request(`/api/imports/${id}/cancel?wait=1`, { method: 'POST', body: { undo } })
}

export function undoImport(id: string): Promise<ImportAnswer> {
  return request(`/api/imports/${id}/undo?wait=1`, { method: 'POST', body: {} })
}
