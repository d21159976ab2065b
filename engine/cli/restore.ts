/** `formloom restore`: a backup becomes a workspace again, in a new place; as it was then, or at a later or earlier moment. */
import { prepareDataFolder } from '#files/data-folder.ts'
import { readErasures } from '#files/erasure-list.ts'
import { openFileFolder } from '#files/file-folder.ts'
import { createIds, createLog, systemClock } from '#files/machine.ts'
import type { Moment } from '#publish/backup/log.ts'
import { type BackupManifest, manifestDocument } from '#publish/backup/manifest.ts'
import { restoreBackup } from '#publish/backup/restore.ts'
import { openWorkspace } from '#publish/workspace.ts'
import { type Place, sqliteFile } from '#storage/copy/open.ts'
import { discardPostgres, requireEmptyPostgres } from '#storage/copy/target.ts'
import { scrubSqlite } from '#storage/dialects/scrub-sqlite.ts'
import { type Call, type Command, exitCodes, textOption, UsageError } from './command.ts'
import { withNewFolder } from './folders.ts'
import { eraseAgain } from './restore-erasures.ts'
import { type PastRestored, restorePast } from './restore-past.ts'
import { keyFileOption, readSecret } from './secret.ts'

export const restore: Command = {
  name: 'restore',
  summary: 'Make a workspace from a backup, in a new place',
  parameters: ['<backup>'],
  options: {
    to: { type: 'string', value: '<folder>', help: 'the new data folder: absent or empty' },
    database: {
      type: 'string',
      value: '<url>',
      help: 'postgres://… of an empty database; default: a file in the new folder',
    },
    at: {
      type: 'string',
      value: '<time|change:n>',
      help: 'as it was then: 2026-11-22T10:30:00Z, or after the change of that number',
    },
    changes: {
      type: 'string',
      value: '<folder|url|backup>',
      help: 'where the changes since the backup are read: the living workspace, or a newer copy; files of a url are read from --data',
    },
    erasures: {
      type: 'string',
      value: '<file>',
      help: 'erasures.jsonl of the living data folder: who was erased since the backup is erased again',
    },
    ...keyFileOption,
  },
  details: [
    'Never writes over anything: the folder appears when all of it is proved, or not at all. A backup of either database restores into either.',
    'A backup that was altered by a single byte, cut off, encrypted with another secret, never proved or made by a newer program is refused, and nothing of it is used.',
    'With --at, changes and publications are applied in their order up to that moment, from the backup on, or from the first one where the moment lies before it. What was written by then is in, what began later is not. Not in the log, therefore: settings stay those of the backup; passwords, keys and what was revoked stay as they are in the newer workspace, so that nothing revoked comes back; everybody signs in again; imports that were not done by then are forgotten; files that a record shows come from either folder. The copy is verified like any other.',
    'A backup made before somebody was erased brings the person back, unless --erasures names the list in the living data folder. With --at and --changes, what was erased there is erased in the copy, too.',
  ],
  async run(call) {
    const path = call.parameters[0] ?? ''
    const to = textOption(call, 'to')
    if (to === undefined) throw new UsageError('--to is missing.')
    const url = urlOf(call)
    const moment = momentOf(call)
    const changes = textOption(call, 'changes') ?? null
    const erasures = textOption(call, 'erasures') ?? null
    if (erasures !== null) readErasures(erasures)
    const { manifest, past, erased } = await withNewFolder(to, (folder) =>
      withEmptyDatabase(url, async () => {
        const place = { url, folder: prepareDataFolder(folder) }
        const done =
          moment === null
            ? { manifest: await restoreInto(call, path, place), past: null }
            : await restorePast(call, { path, place, moment, changes })
        return { ...done, erased: await erasedAgain(call, place, erasures) }
      }),
    )
    call.terminal.result(
      {
        ...manifestDocument(manifest),
        to,
        database: url === null ? 'sqlite' : 'postgres',
        ...(past ? { past } : {}),
        ...(erased === null ? {} : { erased }),
      },
      [
        ...(past ? pastLines(past) : [restoredLine(manifest)]),
        ...(erased === null ? [] : [`Erased again: ${erased} persons.`]),
        startLine(to, url),
      ],
    )
    return exitCodes.ok
  },
}

function urlOf(call: Call): string | null {
  const url = textOption(call, 'database') ?? null
  if (url !== null && !/^postgres(ql)?:\/\//.test(url)) throw new UsageError('--database must begin with postgres://')
  return url
}

/** Empty before, and empty again when it fails. */
async function withEmptyDatabase<T>(url: string | null, work: () => Promise<T>): Promise<T> {
  if (url === null) return work()
  await requireEmptyPostgres(url)
  try {
    return await work()
  } catch (error) {
    await discardPostgres(url)
    throw error
  }
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/

/** null: as the backup is. */
function momentOf(call: Call): Moment | null {
  const text = textOption(call, 'at')
  if (text === undefined) {
    if (textOption(call, 'changes') !== undefined) throw new UsageError('--changes needs --at.')
    return null
  }
  const change = /^change:(\d{1,15})$/.exec(text)?.[1]
  if (change !== undefined) return { change: Number(change) }
  const ms = time.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms))
    throw new UsageError(`--at must be a time with its zone (2026-11-22T10:30:00Z) or change:<number>, not ${text}`)
  return { ms }
}

/** Opened once, so that indexes stand and the newest schema too. */
async function restoreInto(call: Call, path: string, place: Place): Promise<BackupManifest> {
  const log = createLog('warn')
  const manifest = await restoreBackup({
    path,
    secret: readSecret(call),
    place,
    files: openFileFolder(place.folder),
    log,
  })
  const workspace = await openWorkspace({ ...place, log, clock: systemClock, ids: createIds(), kinds: call.kinds })
  await workspace.close()
  return manifest
}

/** null: no list was given. */
async function erasedAgain(call: Call, place: Place, list: string | null): Promise<number | null> {
  if (list === null) return null
  const workspace = await openWorkspace({
    ...place,
    log: createLog('warn'),
    clock: systemClock,
    ids: createIds(),
    kinds: call.kinds,
  })
  const count = await eraseAgain(workspace, list, place.folder).finally(() => workspace.close())
  if (place.url === null) scrubSqlite(sqliteFile(place.folder))
  return count
}

function restoredLine(manifest: BackupManifest): string {
  const rows = Object.values(manifest.digests).reduce((sum, digest) => sum + digest.rows, 0)
  return `Restored: the state of ${manifest.created_at}, revision ${manifest.revision}, ${rows} rows, ${manifest.files.count} files.`
}

function pastLines(past: PastRestored): readonly string[] {
  return [
    `Restored: the state of ${past.at}, change ${past.change}: ${past.changes} changes and ${past.publications} publications applied ${past.from_backup ? 'to the backup' : 'from the first one on, as the moment lies before the backup or somebody was erased since'}; ${past.records} records verified.`,
    ...(past.without_password.length > 0
      ? [`Without a password, as none is known: ${past.without_password.join(', ')}. An admin gives new ones.`]
      : []),
    ...past.lost_files.map((id) => `The bytes of file ${id} are in neither folder.`),
  ]
}

function startLine(to: string, url: string | null): string {
  return `Start it with FORMLOOM_DATA=${to}${url === null ? '' : ' and DATABASE_URL set to the database'}.`
}
