/** `formloom pack format`: writes the files of a pack in their canonical form, so that a change shows as nothing but itself. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalText } from '#definitions/canonical.ts'
import type { Definition } from '#definitions/definition.ts'
import { nameOf } from '#publish/definition-set.ts'
import { readPacks, templatesFolder } from '#publish/packs-folder.ts'
import { kindFolders } from '#publish/packs-reader.ts'
import { type Command, exitCodes, flag, textOption, UsageError } from './command.ts'

export const packFormat: Command = {
  name: 'pack format',
  summary: 'Write the files of a pack in canonical form',
  parameters: ['<name>'],
  options: {
    from: { type: 'string', value: '<folder>', help: 'a folder of packs, instead of those that come with the program' },
    check: { type: 'boolean', help: 'write nothing; exit code 1 when a file would change' },
  },
  async run(call) {
    const folder = textOption(call, 'from') ?? templatesFolder()
    const name = call.parameters[0] ?? ''
    const pack = readPacks(folder, call.kinds).get(name)
    if (!pack) throw new UsageError(`There is no pack ${name} in ${folder}.`)
    const onlyCheck = flag(call, 'check')
    const files = pack.definitions.map((definition) => ({ file: fileOf(definition), text: canonicalText(definition) }))
    const changed = files.filter(({ file, text }) => readFileSync(join(pack.path, file), 'utf8') !== text)
    if (!onlyCheck) for (const { file, text } of changed) writeFileSync(join(pack.path, file), text)
    const lines = changed.map(({ file }) => `  ${file}`)
    const summary = `${name}: ${changed.length} files ${onlyCheck ? 'are not canonical' : 'written'}.`
    call.terminal.result({ name, files: changed.map(({ file }) => file) }, [...lines, summary])
    return onlyCheck && changed.length > 0 ? exitCodes.failed : exitCodes.ok
  },
}

function fileOf(definition: Definition): string {
  if (definition.kind === 'pack') return 'pack.json'
  const folder = [...kindFolders].find(([, kind]) => kind === definition.kind)?.[0] ?? ''
  return `${folder}/${nameOf(definition)}.json`
}
