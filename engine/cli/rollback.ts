/** `formloom rollback`: the definitions of an earlier revision become the next one. */
import { rollBack } from '#publish/rollback.ts'
import { currentRevision } from '#storage/revision-store.ts'
import { type Call, type Command, flag, textOption, UsageError } from './command.ts'
import { localActor, withWorkspace } from './local.ts'
import { publicationOptions, publishInSteps } from './publication.ts'

export const rollback: Command = {
  name: 'rollback',
  summary: 'Publish the definitions of an earlier revision again, after showing what changes',
  parameters: ['<revision>'],
  options: {
    ...publicationOptions,
    note: { type: 'string', value: '<text>', help: 'a line for the history of publications' },
  },
  details: [
    'A rollback is a new revision: nothing is erased, and it can be rolled back in turn. Records stay; fields that come back bring the values that they had.',
  ],
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const revision = revisionOf(call)
      const actor = await localActor(workspace, call.terminal.locale)
      const base = await workspace.db.read(currentRevision)
      const note = textOption(call, 'note')
      const request = { revision, base, ...(note === undefined ? {} : { note }) }
      return publishInSteps(call, {
        publish: ({ dryRun }) => rollBack(workspace, actor, { ...request, dryRun }),
        isConfirmed: flag(call, 'yes'),
        nothing: `Nothing to do: revision ${base} says the same as ${revision}.`,
      })
    }),
}

function revisionOf(call: Call): number {
  const given = call.parameters[0] ?? ''
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new UsageError(`${given} is not a number of a revision.`)
  return Number(given)
}
