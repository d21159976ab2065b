/** `formloom push` and `formloom publish`: files become the next revision, all or nothing. */
import { Refusal } from '#base/problems.ts'
import { resolveText } from '#base/text.ts'
import type { WordedChange } from '#publish/change-words.ts'
import { type Published, publishSources, type SourceRequest } from '#publish/publish.ts'
import type { Workspace } from '#publish/workspace.ts'
import { type Call, type Command, exitCodes, flag, textOption, UsageError } from './command.ts'
import { readDefinitions } from './definition-files.ts'
import { issueDocuments, issueLine } from './failures.ts'
import { localActor, withWorkspace } from './local.ts'
import { compareWith, publishedSet } from './published.ts'

const options = {
  'dry-run': { type: 'boolean', help: 'show changes and issues, publish nothing' },
  prune: { type: 'boolean', help: 'remove published definitions that are in no file' },
  note: { type: 'string', value: '<text>', help: 'a line for the history of publications' },
} as const

export const push: Command = {
  name: 'push',
  summary: 'Publish definitions from files, after showing what changes',
  parameters: ['[folder]'],
  options: { ...options, yes: { type: 'boolean', help: 'publish without asking' } },
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
  const { terminal } = call
  const { plan, revision } = await planOf(workspace, call)
  const actor = await localActor(workspace, terminal.locale)
  const note = textOption(call, 'note')
  const request = { ...plan, base: revision, ...(note === undefined ? {} : { note }) }
  const rehearsed = await publishSources(workspace, actor, { ...request, dryRun: true })
  if (rehearsed.changes.length === 0) {
    terminal.result(documentOf(rehearsed, terminal.locale), [
      `Nothing to publish: revision ${revision} is what the files say.`,
    ])
    return exitCodes.ok
  }
  if (!terminal.json) for (const line of linesOf(rehearsed, terminal.locale)) terminal.say(line)
  if (flag(call, 'dry-run')) {
    if (terminal.json) terminal.result(documentOf(rehearsed, terminal.locale))
    return exitCodes.ok
  }
  if (!isConfirmed && !(await isAgreed(call))) return exitCodes.failed
  const done = await publishSources(workspace, actor, request)
  terminal.result(documentOf(done, terminal.locale), [`Published as revision ${done.revision}.`])
  return exitCodes.ok
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

async function isAgreed(call: Call): Promise<boolean> {
  if (!call.terminal.isInteractive) throw new UsageError('Nobody is here to confirm: add --yes.')
  const answer = await call.terminal.ask('Publish? [y/N]')
  if (/^(y|yes|是)$/i.test(answer)) return true
  call.terminal.say('Nothing was published.')
  return false
}

function linesOf(published: Published, locale: string): readonly string[] {
  return [
    ...published.changes.map((change) => changeLine(change, locale)),
    ...published.issues.map((issue) => issueLine(issue, locale)),
  ]
}

/** One change in the words of the locale, its kind as a sign. */
export function changeLine(change: WordedChange, locale: string): string {
  const sign = { added: '+', changed: '*', removed: '-' }[change.change]
  return `  ${sign} ${resolveText(change.text, locale)}`
}

function documentOf(published: Published, locale: string): unknown {
  return {
    ...published,
    changes: published.changes.map((change) => ({ ...change, text: resolveText(change.text, locale) })),
    issues: issueDocuments(published.issues, locale),
  }
}
