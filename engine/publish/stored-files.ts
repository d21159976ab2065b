/** Files as they lie on the disk against what the database says of them: the sweeper, and the proof that all are whole. */
import { formatDatetime } from '#base/dates.ts'
import { filesAfter, forgetFiles, readFiles, type StoredFile } from '#storage/file-store.ts'
import type { Workspace } from './workspace.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** An upload waits this long for its record. */
export const pendingMs = dayMs
/** A file that was taken out of its record is kept this long. */
export const orphanMs = 30 * dayMs
/** What lies in the folder without a row may still be arriving. */
const strayMs = dayMs
const page = 500

/** Removes what nobody took, what was taken out, and what never became a file; answers with their number. */
export async function sweepFiles(workspace: Workspace): Promise<number> {
  const { db, files, clock } = workspace
  const before = (ms: number) => formatDatetime(clock.now() - ms)
  const gone = await db.write(async (connection) => [
    ...(await forgetFiles(connection, 'pending', before(pendingMs))),
    ...(await forgetFiles(connection, 'orphan', before(orphanMs))),
  ])
  for (const id of gone) await files.remove(id)
  let strays = 0
  for await (const lying of strayFiles(workspace))
    if (lying.changedAt < clock.now() - strayMs) {
      await files.removeLying(lying)
      strays += 1
    }
  await files.thumbnails.tidy()
  return gone.length + strays
}

export interface FileFinding {
  readonly file: string
  /** `record` and `field` where one holds it. */
  readonly at: string | null
  readonly what: 'missing' | 'size' | 'hash' | 'unknown'
}

/** Reads every byte: files that are gone or altered, and bytes that no row knows. */
export async function checkFiles(workspace: Workspace): Promise<{
  readonly files: number
  readonly findings: readonly FileFinding[]
}> {
  const findings: FileFinding[] = []
  let files = 0
  for (let after: string | null = null; ; ) {
    const found: readonly StoredFile[] = await workspace.db.read((db) => filesAfter(db, after, page))
    for (const file of found) {
      const what = await judge(workspace, file)
      if (what) findings.push({ file: file.id, at: placed(file), what })
    }
    files += found.length
    if (found.length < page) break
    after = found.at(-1)?.id ?? null
  }
  const old = workspace.clock.now() - strayMs
  for await (const { path, id, changedAt } of strayFiles(workspace))
    if (changedAt < old) findings.push({ file: id ?? path, at: null, what: 'unknown' })
  return { files, findings }
}

async function judge({ files }: Workspace, file: StoredFile): Promise<FileFinding['what'] | null> {
  const found = await files.measure(file.id)
  if (!found) return 'missing'
  if (found.size !== file.size) return 'size'
  return found.sha256 === file.sha256 ? null : 'hash'
}

function placed({ place }: StoredFile): string | null {
  return place && `${place.form}/${place.record} ${place.field}`
}

async function* strayFiles({ db, files }: Workspace) {
  for await (const lying of files.list()) {
    const { id } = lying
    const known = id !== null && (await db.read((connection) => readFiles(connection, [id]))).has(id)
    if (!known) yield lying
  }
}
