/** The records that packs bring: data always, demo on request; each file once, through the importer, in the order of the pack. */

import type { Actor } from '#access/actor.ts'
import { todayIn } from '#base/dates.ts'
import type { Json } from '#base/json.ts'
import type { CellProblem } from '#records/import/cells.ts'
import { importCsv } from '#records/import/run.ts'
import { readSheet } from '#records/import/sheet.ts'
import { readSettings, writeSetting } from '#storage/setting-store.ts'
import { actorContext } from './actor-context.ts'
import { type PackFolder, readData } from './packs-reader.ts'
import type { Workspace } from './workspace.ts'

export interface LoadedFile {
  readonly pack: string
  /** `demo/order.csv`. */
  readonly file: string
  readonly form: string
  readonly records: number
  readonly created: number
  /** Columns of the file that fill no field. */
  readonly unused: readonly string[]
  readonly errorCount: number
  /** The first 1,000 rows that the records layer refused, with line and column. */
  readonly errors: readonly CellProblem[]
}

export interface Progress {
  readonly pack: string
  readonly file: string
  readonly done: number
  readonly total: number
}

/** Files of a pack that are to be loaded and are not yet. */
export function missingFiles(pack: PackFolder, loaded: readonly string[], demo: boolean): readonly string[] {
  const wanted = [...(pack.pack?.data ?? []), ...(demo ? (pack.pack?.demo ?? []) : [])]
  return wanted.filter((file) => !loaded.includes(file))
}

/** What has been loaded of a pack before. */
export async function loadedFiles(workspace: Workspace, pack: string): Promise<readonly string[]> {
  const key = settingKey(pack)
  const value = (await workspace.db.read((db) => readSettings(db, [key]))).get(key)
  return Array.isArray(value) ? value.filter((file: Json): file is string => typeof file === 'string') : []
}

/** Loads one file and remembers that. Rows that are refused are in the answer; the others are written. */
export async function loadFile(
  workspace: Workspace,
  actor: Actor,
  from: { readonly pack: PackFolder; readonly file: string; readonly onProgress?: (progress: Progress) => void },
): Promise<LoadedFile> {
  const { pack, file } = from
  const form =
    file
      .split('/')
      .at(-1)
      ?.replace(/\.csv$/, '') ?? ''
  const context = await actorContext(workspace, actor)
  const report = await importCsv(context, {
    form,
    text: readData(pack, file),
    placing: true,
    today: todayIn(actor.zone, workspace.clock.now()),
    cause: { pack: pack.name, file },
    onProgress: (done, total) => from.onProgress?.({ pack: pack.name, file, done, total }),
  })
  await remember(workspace, pack.name, file)
  const used = new Set(report.mapping.columns.map(({ column }) => column))
  const unused = report.header.filter((column) => !used.has(column))
  return {
    pack: pack.name,
    file,
    form,
    records: report.records,
    created: report.created,
    unused,
    errorCount: report.errorCount,
    errors: report.errors,
  }
}

async function remember(workspace: Workspace, pack: string, file: string): Promise<void> {
  await workspace.db.write(async (db) => {
    const before = (await readSettings(db, [settingKey(pack)])).get(settingKey(pack))
    await writeSetting(db, settingKey(pack), [...(Array.isArray(before) ? before : []), file])
  })
}

function settingKey(pack: string): string {
  return `pack.${pack}.files`
}

/** How many records the demo files hold: rows, less those that only continue the record above. */
export function* countDemo(pack: PackFolder): Generator<undefined, number> {
  const known = counts.get(pack)
  if (known !== undefined) return known
  let count = 0
  for (const file of pack.pack?.demo ?? []) {
    count += countRecords(readData(pack, file))
    yield
  }
  counts.set(pack, count)
  return count
}

const counts = new WeakMap<PackFolder, number>()

function countRecords(text: string): number {
  const { header, rows } = readSheet(text)
  if (!header.some((column) => column.includes('.'))) return rows.length
  return rows.filter((row, index) => index === 0 || row.cells[0] !== rows[index - 1]?.cells[0]).length
}
