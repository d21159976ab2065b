/** `formloom person export`: everything that is kept about one person, as a folder. */
import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { exportPerson, type PersonSink } from '#publish/person-export.ts'
import { type Command, exitCodes, textOption, UsageError } from './command.ts'
import { localActor, withWorkspace } from './local.ts'

const mode = { mode: 0o600 }

export const personExport: Command = {
  name: 'person export',
  summary: 'Write everything that is kept about one person to a folder',
  parameters: ['<form/id|login>'],
  options: { out: { type: 'string', value: '<folder>', help: 'a new folder; default: person beside you' } },
  details: [
    'person.json holds the record, its history, its files and, of a user, sessions, keys and sign-ins; linked.jsonl what links to the record; owned.jsonl and changes.jsonl what a user owns and did; files/ the bytes of the files.',
    'Fields marked personal or sensitive in records of others stay out: they are theirs. That it was done is noted in the audit log. Exit code 1 when bytes of a file are gone.',
  ],
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const folder = textOption(call, 'out') ?? 'person'
      if (existsSync(folder)) throw new UsageError(`${folder} is there already.`)
      const actor = await localActor(workspace, call.terminal.locale)
      const done = await exportPerson(workspace, actor, { who: call.parameters[0] ?? '', sink: folderSink(folder) })
      call.terminal.result({ folder, ...done }, [
        `${folder}: ${done.person.title ?? done.person.id}, ${done.linked} linked records, ${done.files} files, ${done.owned} own records, ${done.changes} changes.`,
        ...done.missing.map((file) => `The bytes of file ${file} are gone.`),
      ])
      return done.missing.length > 0 ? exitCodes.failed : exitCodes.ok
    }),
}

/** The folder comes with the first thing in it, for its owner only. */
function folderSink(folder: string): PersonSink {
  const place = (...parts: readonly string[]) => {
    mkdirSync(join(folder, ...parts.slice(0, -1)), { recursive: true, mode: 0o700 })
    return join(folder, ...parts)
  }
  return {
    document: (part, content) => writeFile(place(`${part}.json`), `${JSON.stringify(content, null, 2)}\n`, mode),
    line: (part, content) => appendFile(place(`${part}.jsonl`), `${JSON.stringify(content)}\n`, mode),
    file: (name, bytes) => pipeline(bytes, createWriteStream(place('files', name), mode)),
  }
}
