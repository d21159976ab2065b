/** The bytes of uploaded files: `<data>/files/<two digits>/<id>`, written whole or not at all, under names that the engine makes. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Bug } from '#base/bug.ts'
import { Refusal } from '#base/problems.ts'
import { headBytes } from './media-type.ts'

/** What was measured while the bytes arrived. */
export interface Received {
  readonly size: number
  readonly sha256: string
  /** The beginning, for its media type. */
  readonly head: Buffer
}

export interface FileFolder {
  /** Writes and syncs; afterwards the file is there under its id. What fails leaves nothing. Refusal `too-large`. */
  receive(id: string, source: Readable, limit: ReceiveLimit): Promise<Received>
  /** null: it is not there. */
  read(id: string): Promise<{ readonly size: number; readonly bytes: Readable } | null>
  /** Size and hash of the bytes that stand there now; null: it is not there. */
  measure(id: string): Promise<{ readonly size: number; readonly sha256: string } | null>
  /** With its small picture. */
  remove(id: string): Promise<void>
  readonly thumbnails: ThumbnailFolder
  /** Everything that lies there, also what never became a file. */
  list(): AsyncIterable<Lying>
  /** Of half-arrived uploads and of files that nobody knows. */
  removeLying(lying: Lying): Promise<void>
}

/** Small pictures lie beside the files, in `<data>/thumbnails`: they can be made again, so that no backup and no check needs them. */
export interface ThumbnailFolder {
  /** null: it is not there. */
  read(id: string): Promise<Buffer | null>
  write(id: string, bytes: Buffer): Promise<void>
  /** Removes those whose file is gone, and half ones; answers with their number. */
  tidy(): Promise<number>
}

export interface ReceiveLimit {
  readonly bytes: number
  /** Ends the upload: the sender has gone. */
  readonly signal?: AbortSignal
}

export interface Lying {
  /** null: an upload that did not end. */
  readonly id: string | null
  readonly path: string
  readonly changedAt: number
}

const folderMode = 0o700
const fileMode = 0o600
const arriving = 'arriving'
const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** `data`: the data folder of the workspace. Nothing is made before the first file comes. */
export function openFileFolder(data: string): FileFolder {
  const root = join(data, 'files')
  const placeOf = (id: string) => {
    if (!idShape.test(id)) throw new Bug('not an id of a file', { id })
    return join(root, id.slice(-2), id)
  }
  const smallPlaceOf = (id: string) => join(data, 'thumbnails', relative(root, placeOf(id)))
  return {
    receive: (id, source, limit) =>
      receive({ source, limit, half: join(root, arriving, id), whole: placeOf(id), root }),
    async read(id) {
      const path = placeOf(id)
      const status = await present(stat(path))
      return status && { size: status.size, bytes: createReadStream(path) }
    },
    measure: (id) => present(measure(placeOf(id))),
    async remove(id) {
      await rm(smallPlaceOf(id), { force: true })
      await rm(placeOf(id), { force: true })
    },
    thumbnails: {
      read: (id) => present(readFile(smallPlaceOf(id))),
      write: (id, bytes) => writeSmall(smallPlaceOf(id), bytes),
      tidy: () => tidySmall(join(data, 'thumbnails'), root),
    },
    list: () => list(root),
    async removeLying({ id, path }) {
      if (id !== null) await rm(smallPlaceOf(id), { force: true })
      await rm(path, { force: true })
    },
  }
}

async function tidySmall(small: string, root: string): Promise<number> {
  let removed = 0
  for await (const { id, path } of list(small)) {
    const stays = id !== null && (await present(stat(join(root, id.slice(-2), id)))) !== null
    if (stays) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}

/** Whole or not at all; two that make the same one make the same bytes. */
async function writeSmall(path: string, bytes: Buffer): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: folderMode })
  const half = `${path}.${randomUUID()}`
  await writeFile(half, bytes, { mode: fileMode })
  await rename(half, path)
}

interface Arrival {
  readonly source: Readable
  readonly limit: ReceiveLimit
  readonly half: string
  readonly whole: string
  readonly root: string
}

async function receive({ source, limit, half, whole, root }: Arrival): Promise<Received> {
  for (const folder of [join(root, arriving), join(whole, '..')])
    await mkdir(folder, { recursive: true, mode: folderMode })
  const meter = createMeter(limit.bytes)
  const sink = createWriteStream(half, { mode: fileMode, flags: 'wx', flush: true })
  try {
    await pipeline(source, meter.stream, sink, limit.signal ? { signal: limit.signal } : {})
    await rename(half, whole)
    await syncFolder(join(whole, '..'))
    return meter.result()
  } catch (error) {
    await closed(sink)
    await rm(half, { force: true })
    await rm(whole, { force: true })
    throw isFull(error) ? new Refusal('unavailable', { params: { retry_after: 60 } }) : error
  }
}

/** A sink that is cut off while it opens still makes its file: only after its close is there nothing more to come. */
async function closed(sink: WriteStream): Promise<void> {
  if (sink.closed) return
  sink.destroy()
  await new Promise<void>((resolve) => sink.once('close', resolve))
}

/** No room on the disk, or nobody may write to it: the rest of the application goes on. */
function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')
}

/** `limit` in bytes. */
export function fileTooLarge(limit: number): Refusal {
  return new Refusal('too-large', {
    detail: { en: 'A file may have up to {max_mb} MB.', 'zh-CN': '单个文件不得超过 {max_mb} MB。' },
    params: { max_mb: limit / 1_000_000 },
  })
}

/** Counts, hashes and keeps the beginning of what passes. */
function createMeter(most: number): { readonly stream: Transform; result(): Received } {
  const hash = createHash('sha256')
  const heads: Buffer[] = []
  let size = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (size < headBytes) heads.push(chunk.subarray(0, headBytes - size))
      size += chunk.length
      hash.update(chunk)
      if (size > most) done(fileTooLarge(most))
      else done(null, chunk)
    },
  })
  return { stream, result: () => ({ size, sha256: hash.digest('hex'), head: Buffer.concat(heads) }) }
}

async function measure(path: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.length
  }
  return { size, sha256: hash.digest('hex') }
}

async function* list(root: string): AsyncIterable<Lying> {
  for (const folder of (await present(readdir(root))) ?? []) {
    for (const name of (await present(readdir(join(root, folder)))) ?? []) {
      const path = join(root, folder, name)
      const status = await present(stat(path))
      const isFile = folder !== arriving && idShape.test(name)
      if (status) yield { id: isFile ? name : null, path, changedAt: status.mtimeMs }
    }
  }
}

/** null where the file or folder does not exist (any more). */
async function present<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

/** A rename is only sure when its folder is; Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
