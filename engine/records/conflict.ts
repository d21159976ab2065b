/** Two people changed one record: merged where they touched different cells, refused by name where they met. */
import { Refusal } from '#base/problems.ts'
import { type ChangePatch, changesOf } from '#storage/change-log.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { Input } from './coerce.ts'
import type { RecordRights } from './rights.ts'

interface Question {
  readonly before: StoredRecord
  readonly intent: { readonly form: string; readonly id: string; readonly version: number }
  readonly input: Input
  readonly rights: RecordRights
}

/** Passes when the version is current, or when no cell that changed since is written now. Refusal `conflict` names the version and the readable fields. */
export async function requireMergeable(db: Connection, { before, intent, input, rights }: Question): Promise<void> {
  if (intent.version === before.version) return
  if (intent.version > before.version) throw conflict(before.version, [])
  const since = await changedSince(db, intent)
  const mine = writtenCells(input)
  const met = [...since].filter((cell) =>
    mine.some((own) => cell === own || cell.startsWith(`${own}/`) || own.startsWith(`${cell}/`)),
  )
  if (met.length > 0)
    throw conflict(
      before.version,
      [...new Set(met.map((cell) => cell.split('/')[0] as string))].filter(
        (field) => rights.reads(field) || field === 'owner',
      ),
    )
}

const pageOfChanges = 100

async function changedSince(db: Connection, intent: Question['intent']): Promise<ReadonlySet<string>> {
  const cells = new Set<string>()
  let last: number | undefined
  for (;;) {
    const page = await changesOf(
      db,
      { form: intent.form, record: intent.id },
      { ...(last === undefined ? {} : { before: last }), limit: pageOfChanges },
    )
    for (const change of page) {
      if (change.version <= intent.version) return cells
      for (const cell of cellsOf(change.patch)) cells.add(cell)
    }
    if (page.length < pageOfChanges) return cells
    last = page.at(-1)?.seq
  }
}

/** `total`; `lines/<row id>/price`; `lines/<row id>` for a row that came or went. */
export function cellsOf(patch: ChangePatch): readonly string[] {
  return Object.entries(patch).flatMap(([field, change]) => {
    if (!('rows' in change)) return [field]
    return change.rows.flatMap((row) =>
      row.before && row.after
        ? Object.keys(row.after).map((column) => `${field}/${row.id}/${column}`)
        : [`${field}/${row.id}`],
    )
  })
}

function writtenCells(input: Input): readonly string[] {
  const tables = Object.entries(input.tables).flatMap(([table, edit]) => {
    if ('whole' in edit) return [table]
    return [
      ...edit.remove.map((id) => `${table}/${id}`),
      ...edit.update.flatMap((row) => Object.keys(row.values).map((column) => `${table}/${row.id}/${column}`)),
    ]
  })
  const owner = input.system.owner === undefined ? [] : ['owner']
  return [...Object.keys(input.fields), ...tables, ...owner]
}

function conflict(version: number, fields: readonly string[]): Refusal {
  return new Refusal('conflict', {
    params: { version, fields },
    issues: fields.map((field) => ({ pointer: `/${field}`, code: 'changed-meanwhile' })),
  })
}
