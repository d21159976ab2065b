/** `formloom import`: records from a CSV or Excel file, through the same line as every other write. */

import { readFileSync } from 'node:fs'
import { todayIn } from '#base/dates.ts'
import { issueText } from '#base/issue-texts.ts'
import { actorContext } from '#publish/actor-context.ts'
import { fileText } from '#records/import/file-text.ts'
import type { ImportMapping } from '#records/import/mapping.ts'
import { importCsv } from '#records/import/run.ts'
import { type Call, type Command, exitCodes, flag, UsageError } from './command.ts'
import { localActor, withWorkspace } from './local.ts'

export const importFile: Command = {
  name: 'import',
  summary: 'Import records from a CSV or XLSX file',
  parameters: ['<form>', '<file.csv|file.xlsx>'],
  options: {
    map: {
      type: 'string',
      value: '<column=field>',
      help: 'which field a column fills; may be given more than once. Default: guessed from the header',
      multiple: true,
    },
    match: { type: 'string', value: '<field>', help: 'a unique field: records that have it already are changed' },
    group: { type: 'string', value: '<column>', help: 'rows with the same value here make one record with table rows' },
    atomic: { type: 'boolean', help: 'all or nothing: one bad record refuses the file' },
    'dry-run': { type: 'boolean', help: 'try everything, keep nothing' },
  },
  details: [
    'A table is given on several lines: columns like lines.product, with the record repeated or left empty below the first. Links are found by title or by a unique field.',
  ],
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const [form = '', file = ''] = call.parameters
      const { terminal } = call
      const actor = await localActor(workspace, terminal.locale)
      const context = await actorContext(workspace, actor)
      const mapping = mappingOf(call)
      const report = await importCsv(context, {
        form,
        text: await fileText(readBytes(file)),
        dryRun: flag(call, 'dry-run'),
        atomic: flag(call, 'atomic'),
        placing: true,
        cause: { import: file },
        today: todayIn(actor.zone, workspace.clock.now()),
        ...(mapping ? { mapping } : {}),
      })
      for (const { line, column, text, issue } of report.errors)
        terminal.warn(
          `${file}:${line}${column ? ` ${column}` : ''}${text ? ` “${text}”` : ''}: ${issueText(issue, terminal.locale)}`,
        )
      terminal.result(report, [
        `${flag(call, 'dry-run') ? 'Would be' : 'Done'}: ${report.created} created, ${report.updated} changed, ${report.errorCount} refused, from ${report.rows} rows.`,
      ])
      return report.errorCount > 0 ? exitCodes.refused : exitCodes.ok
    }),
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** null: everything is guessed. */
function mappingOf(call: Call): ImportMapping | null {
  const given = (call.options['map'] as readonly string[] | undefined) ?? []
  if (given.length === 0) return null
  const columns = given.map((pair) => {
    const at = pair.lastIndexOf('=')
    if (at < 1) throw new UsageError(`--map wants column=field, not ${pair}`)
    return { column: pair.slice(0, at), field: pair.slice(at + 1) }
  })
  const { match, group } = call.options as { readonly match?: string; readonly group?: string }
  return { columns, ...(match ? { match } : {}), ...(group ? { group } : {}) }
}
