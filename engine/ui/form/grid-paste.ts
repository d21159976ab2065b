/** Tab-separated text into the grid: each cell through its kind's parse, links by title, what does not fit stays as a problem. */
import type { Json } from '#base/json.ts'
import type { FormatContext } from '#definitions/field-kind.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { listRecords } from '../client/records.ts'
import { type CopyLink, copyFromLink } from './copy-from-link.ts'
import type { FormStore } from './form-store.ts'
import type { Cursor } from './grid-cursor.ts'
import type { LinkedRecords } from './linked-records.ts'
import { nothingCalled } from './nothing-called.ts'
import { rememberTitle } from './titles.ts'

export interface Paste {
  readonly store: FormStore
  readonly table: string
  readonly columns: readonly FieldProgram[]
  readonly at: Cursor
  readonly context: FormatContext
  readonly linked?: LinkedRecords | undefined
}
export interface PasteResult {
  readonly cells: number
  /** Cells in computed or locked columns. */
  readonly skipped: number
}

export async function pasteCells(
  text: readonly (readonly string[])[],
  { store, table, columns, at, context, linked }: Paste,
): Promise<PasteResult> {
  const links = await resolveLinks(text, columns, at)
  let cells = 0
  let skipped = 0
  const set: CopyLink[] = []
  text.forEach((row, down) => {
    const ids = store.idsOf(table)
    const id = ids[at.row + down] ?? store.addRow(table)
    row.forEach((typed, right) => {
      const column = columns[at.column + right]
      if (!column) return
      const key = `${table}/${id}/${column.field.name}`
      if (!store.isWritable(key)) skipped += 1
      else {
        if (column.copies.length > 0) set.push({ key, before: store.wire(key) })
        pasteCell(store, key, { column, typed, context, links })
        cells += 1
      }
    })
  })
  if (linked) await Promise.all(set.map((link) => copyFromLink(store, link, linked)))
  return { cells, skipped }
}

interface CellPaste {
  readonly column: FieldProgram
  readonly typed: string
  readonly context: FormatContext
  readonly links: ReadonlyMap<string, string>
}

function pasteCell(store: FormStore, key: string, { column, typed, context, links }: CellPaste): void {
  const { field } = column
  if (field.type.is === 'record' && typed.trim() !== '') {
    const id = links.get(`${field.type.form} ${typed.trim().toLowerCase()}`)
    if (id) store.set(key, id)
    else store.reject(key, [nothingCalled(typed)])
    return
  }
  const parsed = field.kind.parseText(typed, field.definition, context)
  if (parsed.ok) store.set(key, parsed.value)
  else
    store.reject(
      key,
      parsed.problem.map((issue) => ({ ...issue, params: { ...issue.params, typed } })),
    )
}

/** Finds each distinct text once; exact titles only (or the part before the first ` · `). */
async function resolveLinks(
  text: readonly (readonly string[])[],
  columns: readonly FieldProgram[],
  at: Cursor,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, { form: string; typed: string }>()
  for (const row of text) {
    row.forEach((typed, right) => {
      const type = columns[at.column + right]?.field.type
      if (type?.is === 'record' && typed.trim() !== '')
        wanted.set(`${type.form} ${typed.trim().toLowerCase()}`, { form: type.form, typed: typed.trim() })
    })
  }
  const found = new Map<string, string>()
  await Promise.all(
    [...wanted].map(async ([key, { form, typed }]) => {
      const { records } = await listRecords(form, { search: typed, fields: ['title'], limit: 20 })
      const match = records.find((record) => sameTitle(record.title, typed))
      if (!match) return
      rememberTitle(match.id, match.title ?? typed)
      found.set(key, match.id)
    }),
  )
  return found
}

function sameTitle(title: Json, typed: string): boolean {
  const whole = String(title ?? '').toLowerCase()
  return whole === typed.toLowerCase() || whole.split(' · ').includes(typed.toLowerCase())
}
