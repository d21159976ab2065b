/** `formloom verify`: is everything as it was written? */
import type { Json } from '#base/json.ts'
import type { Difference } from '#publish/recompute.ts'
import { verifyWorkspace } from '#publish/verify.ts'
import { type Command, exitCodes } from './command.ts'
import { withWorkspace } from './local.ts'

const shown = 50
const fileWords = {
  missing: 'is gone from the data folder',
  size: 'has another size than at its upload',
  hash: 'was altered since its upload',
  unknown: 'lies in the data folder, but nothing knows it',
} as const

export const verify: Command = {
  name: 'verify',
  summary: 'Prove that the workspace is whole',
  details: [
    'Reads everything, changes nothing: the database file and its links, the hash chain of all changes, every record against its changes, every roll-up, stored formula and title worked out afresh, every uploaded file against its size and hash.',
    'Exit code 1 when anything is not as it should be.',
  ],
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const found = await verifyWorkspace(workspace)
      const lines = [
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
      const rest = lines.length > shown ? [`… and ${lines.length - shown} more`] : []
      call.terminal.result(found, [
        ...lines.slice(0, shown),
        ...rest,
        found.ok
          ? `Whole: ${found.records} records.`
          : `Not whole: ${lines.length} findings in ${found.records} records.`,
      ])
      return found.ok ? exitCodes.ok : exitCodes.failed
    }),
}

function placeOf({ form, id, row, field }: Difference): string {
  return [`${form}/${id}`, ...(row ? [row.table, row.id] : []), field].join(' ')
}

function text(value: Json): string {
  const written = JSON.stringify(value)
  return written.length > 80 ? `${written.slice(0, 80)}…` : written
}
