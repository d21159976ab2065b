/** Writes a backup beside a working server: one snapshot of all tables, the bytes of all files, digests of both. */
import { createHash } from 'node:crypto'
import { Bug } from '#base/bug.ts'
import type { Json } from '#base/json.ts'
import { type BackupWriter, unusable } from '#files/backup-file.ts'
import type { FileFolder } from '#files/file-folder.ts'
import { openSnapshot, type Place } from '#storage/copy/open.ts'
import {
  type Cell,
  type CopyTable,
  cellOf,
  Digest,
  isOwnRow,
  type Row,
  type TableReader,
} from '#storage/copy/tables.ts'
import { type BackupEnd, type BackupStart, format, lineOf } from './manifest.ts'

export interface BackupSource {
  readonly place: Place
  readonly files: FileFolder
  /** Version of the program. */
  readonly program: string
  readonly createdAt: string
}

/** The lines up to the proof. Refusal `unavailable` when the workspace cannot be read. */
export async function writeBackup(source: BackupSource, sink: BackupWriter): Promise<BackupStart & BackupEnd> {
  const snapshot = await openSnapshot(source.place)
  try {
    const { reader, dialect } = snapshot
    const tables = await reader.tables()
    const start: BackupStart = {
      format,
      formloom: source.program,
      schema: await schemaOf(reader, tables),
      dialect,
      created_at: source.createdAt,
      tables,
      register: await allRows(reader, tableNamed(tables, 'fl_column')),
    }
    await sink.line(lineOf('start', start))
    const files = await writeFiles({ source, reader, tables, sink })
    const rows = await writeTables({ reader, tables, sink, skipped: files.gone })
    const { gone: _gone, faults, ...sums } = files
    const end: BackupEnd = { ...rows, counters: await reader.counters(), files: sums, faults }
    await sink.line(lineOf('end', end))
    await sink.sync()
    return { ...start, ...end }
  } finally {
    await snapshot.close()
  }
}

export function tableNamed(tables: readonly CopyTable[], name: string): CopyTable {
  const found = tables.find((table) => table.name === name)
  if (found === undefined)
    throw unusable(
      `There is no workspace of Formloom here: the table ${name} is missing.`,
      `此处没有 Formloom 工作区：缺少表 ${name}。`,
    )
  return found
}

export async function allRows(reader: TableReader, table: CopyTable): Promise<readonly Row[]> {
  const all: Row[] = []
  for await (const rows of reader.rows(table)) all.push(...rows)
  return all
}

/** The value of a key in one of the two tables of keys. */
export async function keyedValue(reader: TableReader, table: CopyTable, key: string): Promise<Cell> {
  const row = (await allRows(reader, table)).find((each) => cellOf(table, each, 'key') === key)
  return row === undefined ? null : cellOf(table, row, 'value')
}

export async function schemaOf(reader: TableReader, tables: readonly CopyTable[]): Promise<number> {
  return Number(await keyedValue(reader, tableNamed(tables, 'fl_meta'), 'schema'))
}

interface FileWork {
  readonly source: BackupSource
  readonly reader: TableReader
  readonly tables: readonly CopyTable[]
  readonly sink: BackupWriter
}

interface WrittenFiles {
  readonly count: number
  readonly bytes: number
  readonly faults: readonly string[]
  /** Swept away since the snapshot: their rows stay out, too. */
  readonly gone: ReadonlySet<Cell>
}

async function writeFiles(work: FileWork): Promise<WrittenFiles> {
  const { source, reader, tables, sink } = work
  const table = tables.find(({ name }) => name === 'fl_file')
  const missing: string[] = []
  const faults: string[] = []
  const sums = { count: 0, bytes: 0 }
  for await (const rows of table ? reader.rows(table) : []) {
    for (const row of rows) {
      const file = {
        id: String(cellOf(table as CopyTable, row, 'id')),
        sha256: cellOf(table as CopyTable, row, 'sha256'),
      }
      const written = await writeFile(source.files, sink, file.id)
      if (written === null) {
        missing.push(file.id)
        continue
      }
      sums.count += 1
      sums.bytes += written.size
      if (written.sha256 !== file.sha256) faults.push(`file ${file.id} was altered since its upload`)
    }
  }
  const still = missing.length === 0 ? new Set<Cell>() : await fileIdsNow(source.place)
  faults.push(...missing.filter((id) => still.has(id)).map((id) => `file ${id} is gone from the data folder`))
  return { ...sums, faults, gone: new Set(missing.filter((id) => !still.has(id))) }
}

async function writeFile(
  files: FileFolder,
  sink: BackupWriter,
  id: string,
): Promise<{ readonly size: number; readonly sha256: string } | null> {
  const measured = await files.measure(id)
  const found = measured && (await files.read(id))
  if (!measured || !found) return null
  await sink.line(lineOf('file', { id, ...measured }))
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of found.bytes as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.length
    await sink.bytes(chunk)
  }
  if (size !== measured.size || hash.digest('hex') !== measured.sha256)
    throw new Bug('a file changed while it was read', { id })
  return measured
}

async function fileIdsNow(place: Place): Promise<ReadonlySet<Cell>> {
  const now = await openSnapshot(place)
  try {
    const table = tableNamed(await now.reader.tables(), 'fl_file')
    return new Set((await allRows(now.reader, table)).map((row) => cellOf(table, row, 'id')))
  } finally {
    await now.close()
  }
}

interface TableWork {
  readonly reader: TableReader
  readonly tables: readonly CopyTable[]
  readonly sink: BackupWriter
  readonly skipped: ReadonlySet<Cell>
}

async function writeTables({
  reader,
  tables,
  sink,
  skipped,
}: TableWork): Promise<Pick<BackupEnd, 'digests' | 'head' | 'revision'>> {
  const digests: Record<string, ReturnType<Digest['end']>> = {}
  let head: BackupEnd['head'] = null
  let revision = 0
  for (const table of tables) {
    await sink.line(lineOf('table', { table: table.name }))
    const digest = new Digest(table)
    for await (const found of reader.rows(table)) {
      const rows = found.filter((row) => !isOwnRow(table, row) && !isSkipped(table, row, skipped))
      digest.add(rows)
      await sink.bytes(Buffer.from(rows.map((row) => `${JSON.stringify(row as Json)}\n`).join('')))
      if (table.name === 'fl_change') head = headOf(table, rows) ?? head
      if (table.name === 'fl_setting') revision = revisionOf(table, rows) ?? revision
    }
    digests[table.name] = digest.end()
  }
  return { digests, head, revision }
}

function isSkipped(table: CopyTable, row: Row, skipped: ReadonlySet<Cell>): boolean {
  return table.name === 'fl_file' && skipped.has(cellOf(table, row, 'id'))
}

function headOf(table: CopyTable, rows: readonly Row[]): BackupEnd['head'] {
  const last = rows.at(-1)
  return last === undefined
    ? null
    : { seq: Number(cellOf(table, last, 'seq')), hash: String(cellOf(table, last, 'hash')) }
}

function revisionOf(table: CopyTable, rows: readonly Row[]): number | null {
  const row = rows.find((each) => cellOf(table, each, 'key') === 'revision')
  return row === undefined ? null : Number(cellOf(table, row, 'value'))
}
