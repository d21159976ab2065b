/** `formloom push` and `formloom publish`: files become the next revision, all or nothing. */
import { Refusal } from '#base/problems.ts'
import { publishSources, type SourceRequest } from '#publish/publish.ts'
import type { Workspace } from '#publish/workspace.ts'
import { type Call, type Command, flag, textOption, UsageError } from './command.ts'
import { readDefinitions } from './definition-files.ts'
import { localActor, withWorkspace } from './local.ts'
import { publicationOptions, publishInSteps } from './publication.ts'
import { compareWith, publishedSet } from './published.ts'

const options = {
  'dry-run': publicationOptions['dry-run'],
  prune: { type: 'boolean', help: 'remove published definitions that are in no file' },
  note: { type: 'string', value: '<text>', help: 'a line for the history of publications' },
} as const

export const push: Command = {
  name: 'push',
  summary: 'Publish definitions from files, after showing what changes',
  parameters: ['[folder]'],
  options: { ...options, yes: publicationOptions.yes },
  details: [
    'Reads what pull writes and publishes all of it in one transaction. First shows every change and every issue; an error stops it, a warning does not.',
    'What is published but in no file stays, unless --prune is given. Removed fields keep their data and come back with it.',
  ],
  run: (call) => withWorkspace(call, (workspace) => publishFiles(workspace, call, flag(call, 'yes'))),
}

export const publish: Command = {
  name: 'publish',
  summary: 'Publish definitions from files without asking',
  parameters: ['[folder]'],
  options,
  details: ['The same as push --yes: for scripts.'],
  run: (call) => withWorkspace(call, (workspace) => publishFiles(workspace, call, true)),
}

async function publishFiles(workspace: Workspace, call: Call, isConfirmed: boolean): Promise<number> {
  const { plan, revision } = await planOf(workspace, call)
  const actor = await localActor(workspace, call.terminal.locale)
  const note = textOption(call, 'note')
  const request = { ...plan, base: revision, ...(note === undefined ? {} : { note }) }
  return publishInSteps(call, {
    publish: ({ dryRun }) => publishSources(workspace, actor, { ...request, dryRun }),
    isConfirmed,
    nothing: `Nothing to publish: revision ${revision} is what the files say.`,
  })
}

async function planOf(
  workspace: Workspace,
  call: Call,
): Promise<{ readonly plan: Pick<SourceRequest, 'put' | 'remove'>; readonly revision: number }> {
  const read = readDefinitions(call.parameters[0] ?? 'definitions', call.kinds)
  if (read.issues.length > 0) throw new Refusal('definition-invalid', { issues: read.issues })
  if (read.sources.length === 0)
    throw new UsageError(`There are no definitions in ${call.parameters[0] ?? 'definitions'}.`)
  const published = await publishedSet(workspace)
  const prune = flag(call, 'prune')
  const { put, missing } = compareWith(published, read.sources, { prune })
  return { plan: { put, remove: prune ? missing : [] }, revision: published.revision }
}
