/** A publication at the terminal: rehearsed, shown in words, agreed to, done. Push, rollback and upgrade of packs do it alike. */
import { resolveText } from '#base/text.ts'
import type { WordedChange } from '#publish/change-words.ts'
import type { Published } from '#publish/publish.ts'
import { type Call, exitCodes, flag, UsageError } from './command.ts'
import { issueDocuments, issueLine } from './failures.ts'

export const publicationOptions = {
  'dry-run': { type: 'boolean', help: 'show changes and issues, publish nothing' },
  yes: { type: 'boolean', help: 'publish without asking' },
} as const

export interface Publication<P extends Published> {
  /** Changes nothing when it is only a rehearsal. */
  publish(how: { readonly dryRun: boolean }): Promise<P>
  readonly isConfirmed: boolean
  /** Said when nothing would change. */
  readonly nothing: string
  /** What the document says besides changes and issues. */
  more?(published: P): Readonly<Record<string, unknown>>
}

/** Answers with the exit code. */
export async function publishInSteps<P extends Published>(call: Call, steps: Publication<P>): Promise<number> {
  const { terminal } = call
  const document = (published: P) => ({ ...documentOf(published, terminal.locale), ...steps.more?.(published) })
  const rehearsed = await steps.publish({ dryRun: true })
  if (rehearsed.changes.length === 0) {
    terminal.result(document(rehearsed), [steps.nothing])
    return exitCodes.ok
  }
  if (!terminal.json) for (const line of linesOf(rehearsed, terminal.locale)) terminal.say(line)
  if (flag(call, 'dry-run')) {
    if (terminal.json) terminal.result(document(rehearsed))
    return exitCodes.ok
  }
  if (!steps.isConfirmed && !(await isAgreed(call))) return exitCodes.failed
  const done = await steps.publish({ dryRun: false })
  terminal.result(document(done), [`Published as revision ${done.revision}.`])
  return exitCodes.ok
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

function documentOf(published: Published, locale: string): Readonly<Record<string, unknown>> {
  return {
    ...published,
    changes: published.changes.map((change) => ({ ...change, text: resolveText(change.text, locale) })),
    issues: issueDocuments(published.issues, locale),
  }
}
