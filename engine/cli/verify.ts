/** `formloom verify`: is everything as it was written? */
import type { Json } from '#base/json.ts'
import { manifestDocument } from '#publish/backup/manifest.ts'
import type { Difference } from '#publish/recompute.ts'
import { type Verification, verifyWorkspace } from '#publish/verify.ts'
import { type BackupProved, proveBackup } from './backup-proof.ts'
import { type Call, type Command, exitCodes, textOption } from './command.ts'
import { readEnvironment } from './environment.ts'
import { withWorkspace } from './local.ts'
import { keyFileOption } from './secret.ts'

const shown = 50
const fileWords = {
  missing: 'is gone from the data folder',
  size: 'has another size than at its upload',
  hash: 'was altered since its upload',
  unknown: 'lies in the data folder, but nothing knows it',
} as const

export const verify: Command = {
  name: 'verify',
  summary: 'Prove that the workspace, or a backup, is whole',
  parameters: ['[backup]'],
  options: { ...keyFileOption },
  details: [
    'Reads everything, changes nothing: the database file and its links, the hash chain of all changes, every record against its changes, every roll-up, stored formula and title worked out afresh, every uploaded file against its size and hash.',
    'With a backup: restores it into a scratch folder, checks the copy in the same way, starts a server on it and reads twenty times.',
    'Exit code 1 when anything is not as it should be.',
  ],
  run: (call) => (call.parameters[0] === undefined ? verifyOwn(call) : verifyBackup(call, call.parameters[0])),
}

function verifyOwn(call: Call): Promise<number> {
  return withWorkspace(call, async (workspace) => {
    const found = await verifyWorkspace(workspace)
    call.terminal.result(found, linesOf(found))
    return found.ok ? exitCodes.ok : exitCodes.failed
  })
}

async function verifyBackup(call: Call, path: string): Promise<number> {
  const data = textOption(call, 'data') ?? readEnvironment(call.env).data
  const found = await proveBackup(call, path, data)
  const { manifest, verification, reads, failures } = found
  const proved = failures.length === 0
  const faults = findingsOf(verification).length + manifest.faults.length
  call.terminal.result(
    {
      ...manifestDocument(manifest),
      ok: proved && verification.ok,
      proved,
      reads,
      failures,
      faults,
      findings: verification,
    },
    backupLines(path, found),
  )
  return proved && verification.ok ? exitCodes.ok : exitCodes.failed
}

function backupLines(path: string, { manifest, verification, reads, failures }: BackupProved): readonly string[] {
  return [
    ...failures,
    ...linesOf(verification),
    `${path}: the state of ${manifest.created_at}, revision ${manifest.revision}, ${manifest.encrypted ? 'encrypted' : 'not encrypted'}; ${reads} reads on the restored copy.`,
  ]
}

function linesOf(found: Verification): readonly string[] {
  const lines = findingsOf(found)
  const rest = lines.length > shown ? [`… and ${lines.length - shown} more`] : []
  return [
    ...lines.slice(0, shown),
    ...rest,
    found.ok ? `Whole: ${found.records} records.` : `Not whole: ${lines.length} findings in ${found.records} records.`,
  ]
}

function findingsOf(found: Verification): readonly string[] {
  return [
    ...found.database.map((line) => `database: ${line}`),
    ...found.files.map(({ file, at, what }) => `file ${file}${at ? ` of ${at}` : ''}: ${fileWords[what]}`),
    ...found.changes.map(
      ({ seq, form, record }) => `change ${seq} of ${form}/${record} was altered, or one before it is gone`,
    ),
    ...found.unexplained.map(
      (difference) =>
        `${placeOf(difference)} is ${text(difference.stored)}, its changes say ${text(difference.computed)}`,
    ),
    ...found.computed.map(
      (difference) =>
        `${placeOf(difference)} is ${text(difference.stored)}, computed afresh it is ${text(difference.computed)}`,
    ),
  ]
}

function placeOf({ form, id, row, field }: Difference): string {
  return [`${form}/${id}`, ...(row ? [row.table, row.id] : []), field].join(' ')
}

function text(value: Json): string {
  const written = JSON.stringify(value)
  return written.length > 80 ? `${written.slice(0, 80)}…` : written
}
