/** `formloom pack list | install | validate`. */
import { issueText } from '#base/issue-texts.ts'
import { resolveText } from '#base/text.ts'
import { isError } from '#definitions/check/check-model.ts'
import { installPack, listPacks, validatePack } from '#publish/packs.ts'
import type { LoadedFile } from '#publish/packs-data.ts'
import { readPacks, templatesFolder } from '#publish/packs-folder.ts'
import { type Call, type Command, exitCodes, flag, textOption, UsageError } from './command.ts'
import { issueDocuments, issueLine } from './failures.ts'
import { localActor, withWorkspace } from './local.ts'
import { columns } from './terminal.ts'

export const from = {
  from: { type: 'string', value: '<folder>', help: 'a folder of packs, instead of those that come with the program' },
} as const

export const packList: Command = {
  name: 'pack list',
  summary: 'Show the packs that can be installed',
  options: from,
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const packs = await listPacks(workspace, folderOf(call))
      const rows = packs.map((pack) => [
        pack.name,
        pack.version,
        pack.installed === null ? '-' : `installed ${pack.installed}${pack.upgrade ? ', can be upgraded' : ''}`,
        resolveText(pack.label, call.terminal.locale),
      ])
      call.terminal.result({ packs }, columns(rows))
      return exitCodes.ok
    }),
}

export const packInstall: Command = {
  name: 'pack install',
  summary: 'Install a pack and all that it requires',
  parameters: ['<name>'],
  options: { ...from, demo: { type: 'boolean', help: 'with demo data' } },
  details: [
    'Definitions are published in one revision; then their data is loaded. Rows that are refused are listed with file, line and reason, and the exit code is 1.',
  ],
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const { terminal } = call
      const actor = await localActor(workspace, terminal.locale)
      const name = call.parameters[0] ?? ''
      const onProgress = ({ pack, file, done, total }: { pack: string; file: string; done: number; total: number }) => {
        if (done === total) terminal.say(`  ${pack}/${file}: ${total}`)
      }
      const done = await installPack(workspace, actor, {
        name,
        demo: flag(call, 'demo'),
        templates: folderOf(call),
        onProgress,
      })
      for (const file of done.files) for (const line of refusedRows(file, terminal.locale)) terminal.warn(line)
      terminal.result(done, [
        `Revision ${done.revision}: ${done.packs.join(', ') || 'nothing new'}; ${done.files.reduce((sum, file) => sum + file.created, 0)} records, ${done.errorCount} refused.`,
      ])
      return done.errorCount > 0 ? exitCodes.failed : exitCodes.ok
    }),
}

export const packValidate: Command = {
  name: 'pack validate',
  summary: 'Check a pack, alone and with all that it requires',
  parameters: ['<name>'],
  options: from,
  async run(call) {
    const { terminal } = call
    const name = call.parameters[0] ?? ''
    if (!readPacks(folderOf(call), call.kinds).has(name))
      throw new UsageError(`There is no pack ${name} in ${folderOf(call)}.`)
    const issues = validatePack(call.kinds, name, folderOf(call))
    const errors = issues.filter(isError).length
    terminal.result({ name, issues: issueDocuments(issues, terminal.locale) }, [
      ...issues.map((issue) => issueLine(issue, terminal.locale)),
      `${name}: ${errors} errors, ${issues.length - errors} warnings.`,
    ])
    return errors > 0 ? exitCodes.refused : exitCodes.ok
  },
}

export function folderOf(call: Call): string {
  return textOption(call, 'from') ?? templatesFolder()
}

/** One line per refused cell. */
export function refusedRows({ pack, file, errors }: LoadedFile, locale: string): readonly string[] {
  return errors.map(
    ({ line, column, issue, text }) =>
      `${pack}/${file}:${line}${column ? ` ${column}` : ''}${text ? ` “${text}”` : ''}: ${issueText(issue, locale)}`,
  )
}
