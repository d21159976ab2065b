/** Imports over the wire: upload with a dry run, look, commit. */
import type { ImportAnswer, ImportMappingWire } from '#contract/wire-import.ts'
import { request } from './request.ts'

export interface ImportFile {
  readonly name: string
  readonly content: string
}

export function startImport(form: string, file: ImportFile, mapping?: ImportMappingWire): Promise<ImportAnswer> {
  return request(`/api/forms/${form}/import`, { method: 'POST', body: { ...file, ...(mapping ? { mapping } : {}) } })
}

export function readImport(id: string): Promise<ImportAnswer> {
  return request(`/api/imports/${id}`)
}

export function commitImport(id: string, mapping: ImportMappingWire, skipInvalid: boolean): Promise<ImportAnswer> {
  return request(`/api/imports/${id}/commit`, { method: 'POST', body: { mapping, skip_invalid: skipInvalid } })
}
