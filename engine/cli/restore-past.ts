/** A restore to a moment: the backup, the changes since, and proof that both fit together. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { formatDatetime } from '#base/dates.ts'
import { isBackupName, unusable } from '#files/backup-file.ts'
import { prepareDataFolder } from '#files/data-folder.ts'
import { type FileFolder, openFileFolder } from '#files/file-folder.ts'
import { createIds, createLog, systemClock } from '#files/machine.ts'
import { LogReader, type Moment } from '#publish/backup/log.ts'
import type { BackupManifest } from '#publish/backup/manifest.ts'
import {
  fetchFiles,
  isBefore,
  isErasedSince,
  rebuildRecords,
  settleRest,
  shownFiles,
  userIds,
} from '#publish/backup/past.ts'
import { restoreBackup } from '#publish/backup/restore.ts'
import { schemaOf } from '#publish/backup/write.ts'
import { type Verification, verifyWorkspace } from '#publish/verify.ts'
import { openWorkspace, type Workspace } from '#publish/workspace.ts'
import { openSnapshot, type Place, type Snapshot, sqliteFile } from '#storage/copy/open.ts'
import { newestSchema } from '#storage/migrate.ts'
import { type Call, textOption } from './command.ts'
import { readEnvironment } from './environment.ts'
import { withScratchFolder } from './folders.ts'
import { readSecret } from './secret.ts'

export interface PastWish {
  readonly path: string
  readonly place: Place
  readonly moment: Moment
  /** null: those that the backup holds itself. */
  readonly changes: string | null
}

export interface PastRestored {
  /** The time of the last change that is in, or the time that was asked for. */
  readonly at: string
  readonly change: number
  readonly from_backup: boolean
  readonly changes: number
  readonly publications: number
  readonly records: number
  readonly without_password: readonly string[]
  readonly lost_files: readonly string[]
}

const log = createLog('warn')

/** Refusal `unavailable`: the changes are of another workspace, or the copy does not verify. */
export function restorePast(
  call: Call,
  wish: PastWish,
): Promise<{ readonly manifest: BackupManifest; readonly past: PastRestored }> {
  return withScratchFolder(dirname(wish.place.folder), async (scratch) => {
    const secret = readSecret(call)
    const copy: Place = { url: null, folder: `${scratch}/backup` }
    const manifest = await unpack(call, { path: wish.path, place: copy, secret })
    const source = await sourceOf(call, { wish, copy, scratch, secret })
    const [newer, older] = [await openSnapshot(source), await openSnapshot(copy)]
    try {
      const logs = { newer: await readLog(newer), older: await readLog(older) }
      const past = await rebuild(call, { wish, manifest, secret, logs, folders: [source.folder, copy.folder] })
      return { manifest, past }
    } finally {
      await newer.close()
      await older.close()
    }
  })
}

interface Unpacking {
  readonly path: string
  readonly place: Place
  readonly secret: string | null
}

/** Opened once, so that its schema is this program's. */
async function unpack(call: Call, { path, place, secret }: Unpacking): Promise<BackupManifest> {
  if (place.url === null) prepareDataFolder(place.folder)
  const manifest = await restoreBackup({ path, secret, place, files: openFileFolder(place.folder), log })
  await (await open(call, place)).close()
  return manifest
}

function open(call: Call, place: Place): Promise<Workspace> {
  return openWorkspace({ ...place, log, clock: systemClock, ids: createIds(), kinds: call.kinds })
}

async function sourceOf(
  call: Call,
  at: { readonly wish: PastWish; readonly copy: Place; readonly scratch: string; readonly secret: string | null },
): Promise<Place> {
  const { changes } = at.wish
  if (changes === null) return at.copy
  if (/^postgres(ql)?:\/\//.test(changes)) {
    const data = resolve(textOption(call, 'data') ?? readEnvironment(call.env).data)
    return { url: changes, folder: existsSync(data) ? data : at.copy.folder }
  }
  if (isBackupName(changes)) {
    const place = { url: null, folder: `${at.scratch}/changes` }
    await unpack(call, { path: changes, place, secret: at.secret })
    return place
  }
  if (existsSync(sqliteFile(changes))) return { url: null, folder: changes }
  throw unusable(`There is no workspace in ${changes}.`, `${changes} 中没有工作区。`)
}

async function readLog(snapshot: Snapshot): Promise<LogReader> {
  const found = await LogReader.open(snapshot.reader)
  const schema = await schemaOf(found.reader, found.tables)
  if (schema === newestSchema) return found
  throw unusable(
    `The workspace with the changes has schema ${schema}, this program works with ${newestSchema}. Start this program on it once, or use its own program.`,
    `变更所在工作区的结构版本为 ${schema}，本程序使用 ${newestSchema}。请先用本程序启动一次该工作区，或使用其原有程序。`,
  )
}

interface Rebuilding {
  readonly wish: PastWish
  readonly manifest: BackupManifest
  readonly secret: string | null
  readonly logs: { readonly newer: LogReader; readonly older: LogReader }
  readonly folders: readonly string[]
}

async function rebuild(call: Call, work: Rebuilding): Promise<PastRestored> {
  const { wish, manifest, secret, logs } = work
  await logs.newer.requireChange(manifest.head)
  const fromNothing =
    (await isBefore(logs.newer, wish.moment, manifest.head)) || (await isErasedSince(logs.newer, logs.older))
  if (!fromNothing)
    await restoreBackup({ path: wish.path, secret, place: wish.place, files: openFileFolder(wish.place.folder), log })
  const base = fromNothing ? null : { head: manifest.head, revision: manifest.revision }
  const workspace = await open(call, wish.place)
  const done = await closing(workspace, async () => {
    const records = await rebuildRecords(workspace, { moment: wish.moment, log: logs.newer, base })
    const files = await shownFiles(workspace, [logs.newer, logs.older])
    const lost = await fetchFiles(workspace.files, work.folders.map(openFileFolder), files)
    await dropOthers(workspace.files, new Set(files.map((file) => String(file.get('id')))))
    return { ...records, files, lost, users: await userIds(workspace) }
  })
  const rest = await settleRest({ ...done, place: wish.place, log: logs.newer, fromNothing })
  const verification = await verified(call, wish.place, done.lost)
  return {
    at: formatDatetime(done.cut.ms),
    change: done.cut.seq,
    from_backup: !fromNothing,
    changes: done.changes,
    publications: done.publications,
    records: verification.records,
    without_password: rest.withoutPassword,
    lost_files: done.lost,
  }
}

async function closing<T>(workspace: Workspace, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await workspace.close()
  }
}

/** Files that came with the backup and that no record shows at the moment. */
async function dropOthers(files: FileFolder, shown: ReadonlySet<string>): Promise<void> {
  for await (const lying of files.list()) if (lying.id === null || !shown.has(lying.id)) await files.removeLying(lying)
}

async function verified(call: Call, place: Place, lost: readonly string[]): Promise<Verification> {
  const workspace = await open(call, place)
  const found = await closing(workspace, () => verifyWorkspace(workspace))
  const files = found.files.filter(({ file }) => !lost.includes(file))
  const wrong = [found.database, found.changes, found.unexplained, found.computed, files].flat()
  if (wrong.length === 0) return found
  throw unusable(
    `The state at that moment does not verify, nothing was kept: ${JSON.stringify(wrong.slice(0, 5))}`,
    `该时刻的状态未通过校验，未保留任何内容：${JSON.stringify(wrong.slice(0, 5))}`,
  )
}
