/**
 * A backup is one file: a line that says what it is, a line of JSON, then sealed frames. Inside: lines of JSON, bytes of files among them.
 * It has its name only when it is whole and was proved by a restore; until then it is called `….partial`.
 */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { deriveKey, frameBytes, frameSeal, isSameCheck, keyCheck, mostSealed } from './sealed-frames.ts'

const magic = 'formloom-backup 1\n'
const ending = '.formloom-backup'
const partial = '.partial'
const mostHead = 4_096

export interface BackupHead {
  /** ISO 8601. */
  readonly createdAt: string
  readonly encrypted: boolean
}

export interface BackupWriter {
  /** Where it stands while it is not proved. */
  readonly path: string
  line(line: Json): Promise<void>
  bytes(chunk: Buffer): Promise<void>
  /** Everything written is on the disk. */
  sync(): Promise<void>
  /** The last line, then the name. Answers with the path of the backup. */
  finish(line: Json): Promise<string>
  /** Leaves nothing. */
  abandon(): Promise<void>
}

/** `to`: the folder, or the file where it ends with `.formloom-backup`. Refusal `request-invalid` when the file exists. */
export async function createBackupFile(
  to: string,
  options: { readonly createdAt: string; readonly secret: string | null },
): Promise<BackupWriter> {
  const path = to.endsWith(ending) ? to : join(to, `formloom-${options.createdAt.replaceAll(/[:.]/g, '-')}${ending}`)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await sweepPartial(dirname(path))
  if (await isThere(path)) throw refused(`${path} exists already.`, `${path} 已存在。`)
  const half = `${path}.${process.pid}${partial}`
  const handle = await open(half, 'wx', 0o600)
  const salt = randomBytes(16)
  const key = options.secret === null ? null : deriveKey(options.secret, salt)
  const head = Buffer.from(
    `${magic}${JSON.stringify({
      created_at: options.createdAt,
      encrypted: key !== null,
      ...(key === null ? {} : { salt: salt.toString('hex'), check: keyCheck(key) }),
    })}\n`,
  )
  return new Writer({ handle, half, path, key, head })
}

class Writer implements BackupWriter {
  readonly path: string
  readonly #whole: string
  readonly #handle: FileHandle
  readonly #seal: ReturnType<typeof frameSeal>
  #head: Buffer | null
  #waiting: Buffer[] = []
  #size = 0

  constructor(parts: { handle: FileHandle; half: string; path: string; key: Buffer | null; head: Buffer }) {
    this.path = parts.half
    this.#whole = parts.path
    this.#handle = parts.handle
    this.#head = parts.head
    this.#seal = frameSeal(parts.key, parts.head)
  }

  line(line: Json): Promise<void> {
    return this.bytes(Buffer.from(`${JSON.stringify(line)}\n`))
  }

  async bytes(chunk: Buffer): Promise<void> {
    this.#waiting.push(chunk)
    this.#size += chunk.length
    if (this.#size >= frameBytes) await this.#flush(frameBytes)
  }

  async sync(): Promise<void> {
    await this.#flush(1)
    await this.#handle.sync()
  }

  async finish(line: Json): Promise<string> {
    await this.line(line)
    await this.sync()
    await this.#handle.close()
    await rename(this.path, this.#whole)
    await syncFolder(dirname(this.#whole))
    return this.#whole
  }

  async abandon(): Promise<void> {
    await this.#handle.close()
    await rm(this.path, { force: true })
  }

  /** Frames as long as at least so many bytes wait. */
  async #flush(least: number): Promise<void> {
    let bytes = this.#waiting.length === 1 ? (this.#waiting[0] as Buffer) : Buffer.concat(this.#waiting)
    while (bytes.length >= least && bytes.length > 0) {
      await this.#frame(bytes.subarray(0, frameBytes))
      bytes = bytes.subarray(frameBytes)
    }
    this.#waiting = bytes.length > 0 ? [bytes] : []
    this.#size = bytes.length
  }

  async #frame(plain: Buffer): Promise<void> {
    const sealed = this.#seal.seal(plain)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(sealed.length)
    const written = Buffer.concat([this.#head ?? Buffer.alloc(0), length, sealed])
    this.#head = null
    for (let done = 0; done < written.length; )
      done += (await this.#handle.write(written, done, written.length - done)).bytesWritten
  }
}

/** Half-written backups of processes that are gone. */
async function sweepPartial(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = /\.formloom-backup\.(\d+)\.partial$/.exec(name)?.[1]
    if (pid !== undefined && Number(pid) !== process.pid && !isRunning(Number(pid)))
      await rm(join(folder, name), { force: true })
  }
}

/** Signal 0 asks, and sends nothing. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A line, or the bytes that a line has announced as `size`. */
export type BackupPart = { readonly line: Json } | { readonly bytes: Buffer }

export interface BackupReader {
  readonly head: BackupHead
  /** To the end; a line `{size}` is followed by as many bytes. Refusal `unavailable` at the first byte that is not as it was written. */
  parts(): AsyncGenerator<BackupPart>
}

/** Refusals `unavailable`: not a backup, altered, encrypted with another key, or with a key that is not given. */
export async function openBackupFile(path: string, secret: string | null): Promise<BackupReader> {
  const source = bytesOf(path)
  const { head, text } = await readHead(path, source)
  const key = keyFor(path, head, secret)
  const seal = frameSeal(key, text)
  return {
    head: { createdAt: String(head.created_at), encrypted: head.encrypted === true },
    parts: () => partsOf(path, frames(path, source, seal.open)),
  }
}

/** The beginning of the file alone; null: not a backup. */
export async function readBackupHead(path: string): Promise<BackupHead | null> {
  try {
    const { head } = await readHead(path, bytesOf(path))
    return { createdAt: String(head.created_at), encrypted: head.encrypted === true }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** The finished backups of a folder, newest first. */
export async function listBackups(
  folder: string,
): Promise<readonly { readonly path: string; readonly createdAt: string }[]> {
  const found: { path: string; createdAt: string }[] = []
  for (const name of (await isThere(folder)) ? await readdir(folder) : []) {
    const path = join(folder, name)
    const head = name.endsWith(ending) ? await readBackupHead(path) : null
    if (head) found.push({ path, createdAt: head.createdAt })
  }
  return found.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

export function isBackupName(path: string): boolean {
  return path.endsWith(ending) || path.endsWith(partial)
}

function keyFor(path: string, head: JsonObject, secret: string | null): Buffer | null {
  if (head.encrypted !== true) return null
  if (secret === null)
    throw unusable(
      `The backup ${path} is encrypted: give its secret with --key-file, or set FORMLOOM_SECRET_FILE.`,
      `备份 ${path} 已加密：请用 --key-file 指定密钥文件，或设置 FORMLOOM_SECRET_FILE。`,
    )
  const key = deriveKey(secret, Buffer.from(String(head.salt), 'hex'))
  if (!isSameCheck(keyCheck(key), String(head.check)))
    throw unusable(
      `The backup ${path} was encrypted with another secret, or its beginning was altered.`,
      `备份 ${path} 使用了另一个密钥加密，或其开头已被改动。`,
    )
  return key
}

/** Hands out exactly as many bytes as are asked for; fewer at the end. */
interface Source {
  take(count: number): Promise<Buffer>
}

function bytesOf(path: string): Source {
  const stream = createReadStream(path, { highWaterMark: 1 << 18 })[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let rest: Buffer = Buffer.alloc(0)
  return {
    async take(count) {
      const parts = [rest]
      let size = rest.length
      while (size < count) {
        const next = await stream.next()
        if (next.done) break
        parts.push(next.value)
        size += next.value.length
      }
      const all = Buffer.concat(parts)
      rest = all.subarray(count)
      return all.subarray(0, count)
    },
  }
}

async function readHead(path: string, source: Source): Promise<{ readonly head: JsonObject; readonly text: Buffer }> {
  const first = await source.take(magic.length)
  if (first.toString('latin1') !== magic)
    throw unusable(
      `${path} is not a backup of Formloom, or its beginning was altered.`,
      `${path} 不是 Formloom 备份，或其开头已被改动。`,
    )
  const bytes: Buffer[] = [first]
  for (let length = 0; length < mostHead; length += 1) {
    const byte = await source.take(1)
    bytes.push(byte)
    if (byte.length === 0 || byte[0] === 0x0a) break
  }
  const text = Buffer.concat(bytes)
  const head = parsed(text.subarray(magic.length).toString('utf8'))
  if (!isObject(head)) throw altered(path)
  return { head, text }
}

async function* frames(
  path: string,
  source: Source,
  openFrame: (sealed: Buffer) => Buffer | null,
): AsyncGenerator<Buffer> {
  for (;;) {
    const length = await source.take(4)
    if (length.length === 0) return
    const size = length.length === 4 ? length.readUInt32BE() : mostSealed + 1
    const sealed = size <= mostSealed ? await source.take(size) : Buffer.alloc(0)
    const plain = sealed.length === size ? openFrame(sealed) : null
    if (plain === null) throw altered(path)
    yield plain
  }
}

async function* partsOf(path: string, frames: AsyncGenerator<Buffer>): AsyncGenerator<BackupPart> {
  let rest: Buffer = Buffer.alloc(0)
  let pending: Buffer[] = []
  let bytesToCome = 0
  for await (const frame of frames) {
    rest = rest.length === 0 ? frame : Buffer.concat([rest, frame])
    for (;;) {
      if (bytesToCome > 0) {
        const bytes = rest.subarray(0, bytesToCome)
        if (bytes.length > 0) yield { bytes }
        bytesToCome -= bytes.length
        rest = rest.subarray(bytes.length)
        if (bytesToCome > 0) break
      }
      const end = rest.indexOf(0x0a)
      if (end < 0) break
      const line = parsed(Buffer.concat([...pending, rest.subarray(0, end)]).toString('utf8'))
      pending = []
      rest = rest.subarray(end + 1)
      if (line === undefined) throw altered(path)
      yield { line }
      if (isObject(line) && typeof line.size === 'number') bytesToCome = line.size
    }
    if (bytesToCome === 0 && rest.length > 0) {
      pending.push(rest)
      rest = Buffer.alloc(0)
    }
  }
  if (bytesToCome > 0 || pending.length > 0 || rest.length > 0) throw altered(path)
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

export function altered(path: string): Refusal {
  return unusable(
    `The backup ${path} was altered or cut off since it was written: nothing of it is used. Take another one.`,
    `备份 ${path} 在写入后被改动或截断：其内容均未使用。请改用其他备份。`,
  )
}

export function unusable(en: string, zh: string): Refusal {
  return new Refusal('unavailable', { detail: { en, 'zh-CN': zh } })
}

function refused(en: string, zh: string): Refusal {
  return new Refusal('request-invalid', { detail: { en, 'zh-CN': zh } })
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
