/** `formloom diff`: files against what is published. */
import { Refusal } from '#base/problems.ts'
import { resolveText } from '#base/text.ts'
import { changeWords } from '#publish/change-words.ts'
import { type Command, exitCodes, flag } from './command.ts'
import { readDefinitions } from './definition-files.ts'
import { withWorkspace } from './local.ts'
import { changeLine } from './publication.ts'
import { compareWith, publishedSet } from './published.ts'

export const diff: Command = {
  name: 'diff',
  summary: 'Show how files differ from what is published',
  parameters: ['[folder]'],
  options: { check: { type: 'boolean', help: 'exit with 1 when anything differs' } },
  details: ['Shows what push --prune would do: + new, * changed, - published but in no file.'],
  async run(call) {
    const { terminal } = call
    const read = readDefinitions(call.parameters[0] ?? 'definitions', call.kinds)
    if (read.issues.length > 0) throw new Refusal('definition-invalid', { issues: read.issues })
    const published = await withWorkspace(call, publishedSet)
    const changes = changeWords(compareWith(published, read.sources, { prune: true }).changes)
    terminal.result(
      {
        revision: published.revision,
        changes: changes.map((change) => ({ ...change, text: resolveText(change.text, terminal.locale) })),
      },
      changes.length === 0
        ? [`No differences from revision ${published.revision}.`]
        : changes.map((change) => changeLine(change, terminal.locale)),
    )
    return flag(call, 'check') && changes.length > 0 ? exitCodes.failed : exitCodes.ok
  },
}
