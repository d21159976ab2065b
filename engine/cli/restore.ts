/** `formloom restore`: a backup becomes a workspace again, in a new place. */
import { prepareDataFolder } from '#files/data-folder.ts'
import { openFileFolder } from '#files/file-folder.ts'
import { createIds, createLog, systemClock } from '#files/machine.ts'
import { manifestDocument } from '#publish/backup/manifest.ts'
import { restoreBackup } from '#publish/backup/restore.ts'
import { openWorkspace } from '#publish/workspace.ts'
import { type Call, type Command, exitCodes, textOption, UsageError } from './command.ts'
import { withNewFolder } from './folders.ts'
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
    ...keyFileOption,
  },
  details: [
    'Never writes over anything: the folder appears when all of it is proved, or not at all. A backup of either database restores into either.',
    'A backup that was altered by a single byte, cut off, encrypted with another secret, never proved or made by a newer program is refused, and nothing of it is used.',
  ],
  async run(call) {
    const path = call.parameters[0] ?? ''
    const to = textOption(call, 'to')
    if (to === undefined) throw new UsageError('--to is missing.')
    const url = urlOf(call)
    const manifest = await withNewFolder(to, (folder) => restoreInto(call, { path, folder, url }))
    const rows = Object.values(manifest.digests).reduce((sum, digest) => sum + digest.rows, 0)
    call.terminal.result({ ...manifestDocument(manifest), to, database: url === null ? 'sqlite' : 'postgres' }, [
      `Restored: the state of ${manifest.created_at}, revision ${manifest.revision}, ${rows} rows, ${manifest.files.count} files.`,
      `Start it with FORMLOOM_DATA=${to}${url === null ? '' : ' and DATABASE_URL set to the database'}.`,
    ])
    return exitCodes.ok
  },
}

export function urlOf(call: Call): string | null {
  const url = textOption(call, 'database') ?? null
  if (url !== null && !/^postgres(ql)?:\/\//.test(url)) throw new UsageError('--database must begin with postgres://')
  return url
}

/** Opened once, so that indexes stand and the newest schema too. */
async function restoreInto(
  call: Call,
  at: { readonly path: string; readonly folder: string; readonly url: string | null },
) {
  const log = createLog('warn')
  const place = { url: at.url, folder: prepareDataFolder(at.folder) }
  const files = openFileFolder(at.folder)
  const manifest = await restoreBackup({ path: at.path, secret: readSecret(call), place, files, log })
  const workspace = await openWorkspace({ ...place, log, clock: systemClock, ids: createIds(), kinds: call.kinds })
  await workspace.close()
  return manifest
}
