/** The lines of a backup that are no rows: how it begins, what lies in it, that it was proved. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { altered } from '#files/backup-file.ts'
import type { CopyTable, Digests, Row } from '#storage/copy/tables.ts'

export const format = 1

export interface BackupStart {
  readonly format: number
  /** Of the program that wrote it. */
  readonly formloom: string
  /** Of the system tables. */
  readonly schema: number
  readonly dialect: 'sqlite' | 'postgres'
  readonly created_at: string
  readonly tables: readonly CopyTable[]
  /** Rows of `fl_column`: what the tables of records are made from. */
  readonly register: readonly Row[]
}

export interface BackupEnd {
  readonly revision: number
  readonly digests: Digests
  readonly counters: Readonly<Record<string, number>>
  readonly files: { readonly count: number; readonly bytes: number }
  /** The newest change; null: nothing has happened yet. */
  readonly head: { readonly seq: number; readonly hash: string } | null
  /** Files that were gone or altered already. */
  readonly faults: readonly string[]
}

export interface BackupProof {
  readonly verified_at: string
  /** Requests that a server on the restored copy answered. */
  readonly reads: number
  /** What was wrong in the workspace itself, and came along knowingly. */
  readonly faults: number
}

/** All that a backup says of itself. */
export interface BackupManifest extends BackupStart, BackupEnd {
  readonly encrypted: boolean
  readonly verified_at: string | null
}

/** What is told in answers: without rows and columns. */
export function manifestDocument(manifest: BackupManifest): JsonObject {
  const { digests, tables: _tables, register: _register, ...rest } = manifest as BackupManifest & { entry?: string }
  delete rest.entry
  const rows = Object.values(digests).reduce((sum, table) => sum + table.rows, 0)
  return { ...(rest as unknown as JsonObject), rows, tables: digests as unknown as Json }
}

export type BackupLine =
  | { readonly is: 'start'; readonly start: BackupStart }
  | { readonly is: 'file'; readonly id: string; readonly size: number; readonly sha256: string }
  | { readonly is: 'table'; readonly name: string }
  | { readonly is: 'row'; readonly row: Row }
  | { readonly is: 'end'; readonly end: BackupEnd }
  | { readonly is: 'verified'; readonly proof: BackupProof }

/** The seal has proved that the line is as it was written; only its kind is asked here. */
export function readLine(path: string, line: Json): BackupLine {
  if (Array.isArray(line)) return { is: 'row', row: line as Row }
  if (!isObject(line)) throw altered(path)
  const rest = line as unknown
  switch (line.entry) {
    case 'start':
      return { is: 'start', start: rest as BackupStart }
    case 'file':
      return { is: 'file', id: String(line.id), size: Number(line.size), sha256: String(line.sha256) }
    case 'table':
      return { is: 'table', name: String(line.table) }
    case 'end':
      return { is: 'end', end: rest as BackupEnd }
    case 'verified':
      return { is: 'verified', proof: rest as BackupProof }
    default:
      throw altered(path)
  }
}

/** The other way round. */
export function lineOf(entry: string, values: object): Json {
  return { entry, ...(values as JsonObject) }
}
