/** Imports over the wire: upload with a dry run, look, commit. */
import type { ImportAnswer, ImportMappingWire } from '#contract/wire-import.ts'
import { request } from './request.ts'

export function startImport(form: string, file: File, mapping?: ImportMappingWire): Promise<ImportAnswer> {
  const body = new FormData()
  if (mapping) body.set('mapping', JSON.stringify(mapping))
  body.set('file', file)
  return request(`/api/forms/${form}/import`, { method: 'POST', body })
}

export function readImport(id: string): Promise<ImportAnswer> {
  return request(`/api/imports/${id}`)
}

/** Where the refused lines come as a file. */
export function errorFileOf(id: string): string {
  return `/api/imports/${id}/errors.csv`
}

export function undoImport(id: string): Promise<ImportAnswer> {
  return request(`/api/imports/${id}/undo`, { method: 'POST', body: {} })
}

export function commitImport(id: string, mapping: ImportMappingWire, skipInvalid: boolean): Promise<ImportAnswer> {
  return request(`/api/imports/${id}/commit`, { method: 'POST', body: { mapping, skip_invalid: skipInvalid } })
}
