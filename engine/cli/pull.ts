/** `formloom pull`: the published definitions as files, so that git is their history. */
import { type Command, exitCodes, flag } from './command.ts'
import { writeDefinitions } from './definition-files.ts'
import { withWorkspace } from './local.ts'
import { publishedSet } from './published.ts'

export const pull: Command = {
  name: 'pull',
  summary: 'Write the published definitions as files',
  parameters: ['[folder]'],
  options: { all: { type: 'boolean', help: 'those of packs too, below packs/<pack>/' } },
  details: [
    'Writes <folder>/<kind>s/<name>.json in canonical form: the definitions of the workspace itself. The folder is ./definitions where none is given.',
    'Files of definitions that are no longer published are removed; other files stay as they are.',
  ],
  async run(call) {
    const folder = call.parameters[0] ?? 'definitions'
    const { revision, sources } = await withWorkspace(call, publishedSet)
    const done = writeDefinitions(
      folder,
      flag(call, 'all') ? sources : sources.filter(({ pack }) => pack === undefined),
    )
    call.terminal.result({ revision, folder, ...done }, [
      ...done.written.map((file) => `  + ${file}`),
      ...done.removed.map((file) => `  - ${file}`),
      `Revision ${revision}: ${done.written.length} written, ${done.removed.length} removed, ${done.unchanged} unchanged in ${folder}`,
    ])
    return exitCodes.ok
  },
}
