/**
 * A workspace as it was at a moment: from a backup forward by the changes since, or from nothing where the moment lies before it.
 * Records, definitions and numbers follow from the log. What the log does not hold: settings stay those of the backup; passwords, keys and
 * what was revoked stay as they are now; sessions end; bytes of files come from either folder.
 */
import { isObject, type Json } from '#base/json.ts'
import type { FileFolder } from '#files/file-folder.ts'
import { showsFile } from '#records/field-files.ts'
import { erasedEvent } from '#storage/change-redaction.ts'
import type { Place } from '#storage/copy/open.ts'
import type { Cell, CopyTable, Row } from '#storage/copy/tables.ts'
import { type CopyTarget, reopenTarget } from '#storage/copy/target.ts'
import { createRecordStore } from '#storage/record-store.ts'
import type { Workspace } from '../workspace.ts'
import { type Cut, LogReader, type Moment, type RowView } from './log.ts'
import { replay } from './replay.ts'

export interface PastRequest {
  readonly moment: Moment
  /** Where the changes are read. */
  readonly log: LogReader
  /** What the copy stands on: the backup that was restored into it, or null for nothing. */
  readonly base: {
    readonly head: { readonly seq: number; readonly hash: string } | null
    readonly revision: number
  } | null
}

export interface Rebuilt {
  readonly cut: Cut
  readonly changes: number
  readonly publications: number
  /** Users whose password is not known; they need a new one. */
  readonly withoutPassword: readonly string[]
  /** Files that a record shows and whose bytes are in neither folder. */
  readonly lostFiles: readonly string[]
}

/** Does the moment lie before the backup, so that the way begins at nothing? */
export async function isBefore(
  log: LogReader,
  moment: Moment,
  head: { readonly seq: number } | null,
): Promise<boolean> {
  return (await log.cutAt(moment)).seq < (head?.seq ?? 0)
}

/** Was somebody erased whom the older one still knows? Then nothing may stand on it. */
export async function isErasedSince(newer: LogReader, older: LogReader): Promise<boolean> {
  const known = new Set<Cell>()
  for await (const row of older.rowsOf('fl_audit')) if (row.get('event') === erasedEvent) known.add(row.get('data'))
  for await (const row of newer.rowsOf('fl_audit'))
    if (row.get('event') === erasedEvent && !known.has(row.get('data'))) return true
  return false
}

/** Moves the copy to the moment: records, definitions, numbers. `settleRest` follows when its workspace is closed. */
export async function rebuildRecords(
  workspace: Workspace,
  { moment, log, base }: PastRequest,
): Promise<Omit<Rebuilt, 'withoutPassword' | 'lostFiles'>> {
  const cut = await log.cutAt(moment)
  const done = await replay(workspace, log, { from: base?.head?.seq ?? 0, revision: base?.revision ?? 0, to: cut })
  return { cut, ...done }
}

export interface RestRequest {
  readonly place: Place
  readonly log: LogReader
  readonly cut: Cut
  /** Files that records show at the moment. */
  readonly files: readonly RowView[]
  readonly users: ReadonlySet<string>
  /** Nothing was restored: settings come with the log. */
  readonly fromNothing: boolean
}

/** The tables beside records: each by its own rule. */
export async function settleRest(request: RestRequest): Promise<{ readonly withoutPassword: readonly string[] }> {
  const target = await reopenTarget(request.place)
  try {
    const passwords = new Set<string>()
    for (const [table, keep] of Object.entries(rulesOf(request, passwords)))
      await replaceRows(target, { request, table, keep })
    await putFiles(target, request)
    for (const table of ['fl_change', 'fl_audit']) await target.count(table, await lastOf(target, table))
    await target.clear('fl_search_form')
    await target.finish()
    return { withoutPassword: [...request.users].filter((user) => !passwords.has(user)) }
  } catch (error) {
    await target.abandon()
    throw error
  }
}

type Keep = (row: RowView) => boolean

function rulesOf({ cut, users, fromNothing }: RestRequest, passwords: Set<string>): Readonly<Record<string, Keep>> {
  const isUser = (row: RowView) => users.has(String(row.get('user_id')))
  const imports = new Set<Cell>()
  return {
    fl_change: (row) => Number(row.get('seq')) <= cut.seq,
    fl_audit: (row) => row.get('event') === erasedEvent || row.ms('at') <= cut.ms,
    fl_setup: (row) => row.ms('at') <= cut.ms,
    fl_session: () => false,
    fl_attempt: () => false,
    fl_idempotency: (row) => Number(row.get('created_at')) <= cut.ms,
    fl_credential: (row) => isUser(row) && Boolean(passwords.add(String(row.get('user_id')))),
    fl_key: (row) => isUser(row) && row.ms('created_at') <= cut.ms,
    fl_import: (row) => row.ms('updated_at') <= cut.ms && Boolean(imports.add(row.get('id'))),
    fl_import_row: (row) => imports.has(row.get('import')),
    fl_import_part: (row) => imports.has(row.get('import')),
    ...(fromNothing
      ? { fl_setting: (row: RowView) => row.get('key') !== 'revision' && row.get('key') !== 'shape' }
      : {}),
  }
}

async function replaceRows(
  target: CopyTarget,
  { request, table, keep }: { request: RestRequest; table: string; keep: Keep },
): Promise<void> {
  const kept = table === 'fl_setting' ? await ownSettings(target) : []
  await target.clear(table)
  for (const view of kept) await target.insert(view.table, [view.row])
  let some: Row[] = []
  let shape: CopyTable | undefined
  for await (const row of request.log.rowsOf(table)) {
    shape = row.table
    if (keep(row)) some.push(row.row)
    if (some.length < 200) continue
    await target.insert(shape, some)
    some = []
  }
  if (shape && some.length > 0) await target.insert(shape, some)
}

/** The pointer to the revision, and the shape of the tables. */
async function ownSettings(target: CopyTarget): Promise<readonly RowView[]> {
  const own: RowView[] = []
  for await (const row of (await LogReader.open(target.reader)).rowsOf('fl_setting'))
    if (row.get('key') === 'revision' || row.get('key') === 'shape') own.push(row)
  return own
}

async function putFiles(target: CopyTarget, { files }: RestRequest): Promise<void> {
  await target.clear('fl_file')
  for (const file of files) await target.insert(file.table, [attached(file)])
}

function attached(file: RowView): Row {
  return file.table.columns.map(({ name }, index) => (name === 'state' ? 'attached' : (file.row[index] ?? null)))
}

async function lastOf(target: CopyTarget, table: string): Promise<number> {
  let last = 0
  for await (const row of (await LogReader.open(target.reader)).rowsOf(table))
    last = Math.max(last, Number(row.get('seq')))
  return last
}

export async function userIds(workspace: Workspace): Promise<ReadonlySet<string>> {
  const ids = await workspace.db.read((db) => db.selectFrom('r_user').select('id').execute())
  return new Set(ids.map((row) => String(row['id'])))
}

/** Of all files that either side knows those that the copy's records show, each once. */
export async function shownFiles(workspace: Workspace, logs: readonly LogReader[]): Promise<readonly RowView[]> {
  const shown = new Map<string, RowView>()
  for (const log of logs)
    for await (const row of log.rowsOf('fl_file')) {
      const id = String(row.get('id'))
      if (!shown.has(id) && (await isShown(workspace, row))) shown.set(id, row)
    }
  return [...shown.values()]
}

async function isShown(workspace: Workspace, row: RowView): Promise<boolean> {
  const [form, record, field] = [row.get('form'), row.get('record'), row.get('field')].map((cell) => String(cell ?? ''))
  const model = await workspace.model()
  if (!form || !record || !field || !model.forms.has(form)) return false
  const store = createRecordStore(model, workspace.db.dialect)
  const found = await workspace.db.read((db) => store.load(db, form, [record], { deleted: true }))
  const values: Json = found.get(record)?.values ?? {}
  return isObject(values) && showsFile(values, field, String(row.get('id')))
}

/** Copies what is missing; answers with the ids that neither folder has. */
export async function fetchFiles(
  into: FileFolder,
  from: readonly FileFolder[],
  files: readonly RowView[],
): Promise<readonly string[]> {
  const lost: string[] = []
  for (const file of files) {
    const id = String(file.get('id'))
    if ((await into.measure(id)) === null && !(await fetchFile(into, from, id))) lost.push(id)
  }
  return lost
}

async function fetchFile(into: FileFolder, from: readonly FileFolder[], id: string): Promise<boolean> {
  for (const folder of from) {
    const found = await folder.read(id)
    if (found === null) continue
    await into.receive(id, found.bytes, { bytes: found.size })
    return true
  }
  return false
}
