/** A backup becomes a database and a folder of files again: every seal, digest and link is checked before anybody may open it. */
import { Readable } from 'node:stream'
import type { Log } from '#base/ports.ts'
import { altered, type BackupPart, openBackupFile, unusable } from '#files/backup-file.ts'
import type { FileFolder } from '#files/file-folder.ts'
import type { Place } from '#storage/copy/open.ts'
import { knownColumns } from '#storage/copy/record-tables.ts'
import { type CopyTable, Digest, type Digests, differingTables, digestAll, type Row } from '#storage/copy/tables.ts'
import { type CopyTarget, openTarget } from '#storage/copy/target.ts'
import {
  type BackupEnd,
  type BackupManifest,
  type BackupProof,
  type BackupStart,
  format,
  readLine,
} from './manifest.ts'

export interface RestoreRequest {
  readonly path: string
  readonly secret: string | null
  /** Empty; its owner's alone. */
  readonly place: Place
  /** null: the bytes of files are checked and not kept. */
  readonly files: FileFolder | null
  readonly log: Log
  /** Also a backup that was not proved yet: for its proof. */
  readonly unproved?: boolean
}

const batch = 500

/**
 * Afterwards the database stands as it stood, without indexes: opening the workspace makes them.
 * Refusal `unavailable`: altered, cut off, another key, never proved, a newer schema. Nothing of it is used then.
 */
export async function restoreBackup(request: RestoreRequest): Promise<BackupManifest> {
  const reader = await openBackupFile(request.path, request.secret)
  const work = new Restoring(request)
  try {
    const parts = reader.parts()
    for await (const part of parts) await work.take(part, parts)
    return { ...(await work.end()), encrypted: reader.head.encrypted }
  } catch (error) {
    await work.abandon()
    throw error
  }
}

class Restoring {
  readonly #request: RestoreRequest
  #start: BackupStart | undefined
  #target: CopyTarget | undefined
  #table: CopyTable | undefined
  #digest: Digest | undefined
  #rows: Row[] = []
  #end: BackupEnd | undefined
  #proof: BackupProof | undefined
  readonly #digests: Record<string, ReturnType<Digest['end']>> = {}

  constructor(request: RestoreRequest) {
    this.#request = request
  }

  async take(part: BackupPart, parts: AsyncGenerator<BackupPart>): Promise<void> {
    if (!('line' in part) || this.#proof) throw altered(this.#request.path)
    const line = readLine(this.#request.path, part.line)
    switch (line.is) {
      case 'start':
        return this.#begin(line.start)
      case 'file':
        return this.#receive(line, parts)
      case 'table':
        return this.#turnTo(line.name)
      case 'row':
        return this.#add(line.row)
      case 'end':
        await this.#closeTable()
        this.#end = line.end
        return
      case 'verified':
        this.#proof = line.proof
    }
  }

  /** Proves that the target holds what the backup says, then opens it. */
  async end(): Promise<Omit<BackupManifest, 'encrypted'>> {
    const { path, unproved } = this.#request
    if (!this.#start || !this.#end || !this.#target) throw altered(path)
    if (!this.#proof && !unproved)
      throw unusable(
        `The backup ${path} was never proved by a restore, or its end is missing.`,
        `备份 ${path} 从未通过恢复验证，或其结尾缺失。`,
      )
    this.#refuse(differingTables(this.#end.digests, this.#digests))
    for (const [table, last] of Object.entries(this.#end.counters)) await this.#target.count(table, last)
    this.#refuse(await this.#target.brokenLinks())
    this.#refuse(differingTables(this.#end.digests, wanted(this.#end.digests, await digestAll(this.#target.reader))))
    await this.#target.finish()
    this.#target = undefined
    return { ...this.#start, ...this.#end, verified_at: this.#proof?.verified_at ?? null }
  }

  async abandon(): Promise<void> {
    await this.#target?.abandon()
  }

  async #begin(start: BackupStart): Promise<void> {
    if (start.format !== format)
      throw unusable(
        `The backup ${this.#request.path} has format ${start.format}, this program reads ${format}. Use the newer program.`,
        `备份 ${this.#request.path} 的格式为 ${start.format}，本程序只支持 ${format}。请使用新版程序。`,
      )
    this.#start = start
    const { place, log } = this.#request
    const columns = start.tables.find(({ name }) => name === 'fl_column')
    if (!columns) throw altered(this.#request.path)
    this.#target = await openTarget(place, {
      schema: start.schema,
      register: knownColumns(columns, start.register),
      log,
    })
    this.#refuse(unknownTables(start.tables, await this.#target.reader.tables()))
  }

  async #receive(
    file: { readonly id: string; readonly size: number; readonly sha256: string },
    parts: AsyncGenerator<BackupPart>,
  ): Promise<void> {
    const bytes = Readable.from(following(parts, file.size))
    if (this.#request.files === null) {
      for await (const _chunk of bytes);
      return
    }
    const got = await this.#request.files.receive(file.id, bytes, { bytes: file.size })
    if (got.sha256 !== file.sha256 || got.size !== file.size) throw altered(this.#request.path)
  }

  async #turnTo(name: string): Promise<void> {
    await this.#closeTable()
    this.#table = this.#start?.tables.find((table) => table.name === name)
    if (!this.#table) throw altered(this.#request.path)
    this.#digest = new Digest(this.#table)
  }

  async #add(row: Row): Promise<void> {
    if (!this.#table) throw altered(this.#request.path)
    this.#rows.push(row)
    if (this.#rows.length >= batch) await this.#flush()
  }

  async #closeTable(): Promise<void> {
    if (!this.#table || !this.#digest) return
    await this.#flush()
    this.#digests[this.#table.name] = this.#digest.end()
    this.#table = undefined
  }

  async #flush(): Promise<void> {
    if (!this.#table || this.#rows.length === 0) return
    await this.#target?.insert(this.#table, this.#rows)
    this.#digest?.add(this.#rows)
    this.#rows = []
  }

  #refuse(wrong: readonly string[]): void {
    if (wrong.length === 0) return
    const names = wrong.slice(0, 20).join(', ')
    throw unusable(
      `The backup ${this.#request.path} does not restore to what it was made from: ${names}`,
      `备份 ${this.#request.path} 恢复后与原数据不一致：${names}`,
    )
  }
}

/** The digests of the tables that the backup has; another schema may have more. */
function wanted(tables: Digests, found: Digests): Digests {
  return Object.fromEntries(Object.entries(found).filter(([name]) => name in tables))
}

/** By names; types follow from the register, which is loaded like any other table, and count in the digests. */
function unknownTables(source: readonly CopyTable[], target: readonly CopyTable[]): readonly string[] {
  const known = new Map(target.map((table) => [table.name, columnsText(table)]))
  return source.filter((table) => known.get(table.name) !== columnsText(table)).map(({ name }) => name)
}

function columnsText({ columns, key }: CopyTable): string {
  return JSON.stringify([columns.map(({ name }) => name), key])
}

async function* following(parts: AsyncGenerator<BackupPart>, size: number): AsyncGenerator<Buffer> {
  for (let left = size; left > 0; ) {
    const next = await parts.next()
    if (next.done || !('bytes' in next.value)) return
    left -= next.value.bytes.length
    yield next.value.bytes
  }
}
