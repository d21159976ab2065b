/** `formloom person erase`: what is marked personal about somebody is gone, and the proof of everything else stands. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { erasureListIn, listErasures } from '#files/erasure-list.ts'
import type { PersonErasure, Staying } from '#publish/erasure-plan.ts'
import { erasePerson } from '#publish/person-erase.ts'
import type { Workspace } from '#publish/workspace.ts'
import { erasuresOf } from '#storage/change-redaction.ts'
import { sqliteFile } from '#storage/copy/open.ts'
import { scrubSqlite } from '#storage/dialects/scrub-sqlite.ts'
import { type Call, type Command, exitCodes, flag, textOption, UsageError } from './command.ts'
import { readEnvironment } from './environment.ts'
import { localActor, withWorkspace } from './local.ts'

export const personErase: Command = {
  name: 'person erase',
  summary: 'Erase what is marked personal about one person, from the history too',
  parameters: ['<form/id|login>'],
  options: {
    'dry-run': { type: 'boolean', help: 'say what would be erased and what stays, erase nothing' },
    yes: { type: 'boolean', help: 'erase without asking; it cannot be undone' },
  },
  details: [
    'Fields marked personal are emptied in the record, or filled with a token where they are required, and replaced by it in every change; formulas made of them follow. Files in such fields, answers kept for repeated requests and sheets of imports that hold the values go, too. A user is disabled for good: name, login, sessions, keys and password go.',
    'The chain of changes keeps its hashes. Each change that was emptied is marked and has a hash over what stands there now, which the audit log vouches for; formloom verify demands both.',
    'Not touched: fields that are not marked, other records, also where they link here or speak of the person, and ids of users in what they did. No field can be declared as kept by law: what must be kept must not be marked.',
    'Backups made before still hold the person. erasures.jsonl in the data folder lists who was erased, by ids; formloom restore --erasures <file> erases them again. What PostgreSQL, its own backups and the disk keep of freed space is not overwritten; the file of SQLite is rewritten.',
  ],
  async run(call) {
    const done = await withWorkspace(call, (workspace) => eraseInSteps(call, workspace))
    if (done === null) return exitCodes.failed
    const isRehearsal = flag(call, 'dry-run')
    const isScrubbed = isRehearsal || scrubbed(call)
    call.terminal.result({ ...done, dry_run: isRehearsal, scrubbed: !isRehearsal && isScrubbed }, [
      ...(isRehearsal ? [...planLines(done), ...stayingLines(done.stays)] : outcomeLines(done)),
      ...(isScrubbed ? [] : ['Freed pages of the file still hold it, as others use the file: run the command again.']),
    ])
    return isScrubbed ? exitCodes.ok : exitCodes.failed
  },
}

/** null: somebody said no. */
async function eraseInSteps(call: Call, workspace: Workspace): Promise<PersonErasure | null> {
  const actor = await localActor(workspace, call.terminal.locale)
  const who = call.parameters[0] ?? ''
  if (flag(call, 'dry-run')) return erasePerson(workspace, actor, { who, isRehearsal: true })
  if (!flag(call, 'yes') && !(await isAgreed(call, await erasePerson(workspace, actor, { who, isRehearsal: true }))))
    return null
  const done = await erasePerson(workspace, actor, { who, isRehearsal: false })
  listErasures(dataFolder(call), await workspace.db.read(erasuresOf))
  return done
}

async function isAgreed({ terminal }: Call, plan: PersonErasure): Promise<boolean> {
  if (!terminal.isInteractive) throw new UsageError('Nobody is here to confirm: add --yes.')
  for (const line of [...planLines(plan), ...stayingLines(plan.stays)]) terminal.say(line)
  if (/^(y|yes|是)$/i.test(await terminal.ask('Erase for good? [y/N]'))) return true
  terminal.say('Nothing was erased.')
  return false
}

function dataFolder(call: Call): string {
  return resolve(textOption(call, 'data') ?? readEnvironment(call.env).data)
}

function scrubbed(call: Call): boolean {
  const path = sqliteFile(dataFolder(call))
  return readEnvironment(call.env).databaseUrl !== null || !existsSync(path) || scrubSqlite(path)
}

function planLines(plan: PersonErasure): readonly string[] {
  const { person, fields, changes, files, answers, imports, access } = plan
  return [
    `${person.form}/${person.id}: ${fields.length} fields (${fields.join(', ') || 'none'}), ${changes} changes, ${files} files, ${answers} kept answers, ${imports} sheets of imports.`,
    ...(access
      ? [
          `The user is disabled: ${access.sessions} sessions, ${access.keys} keys${access.password ? ', the password' : ''}.`,
        ]
      : []),
  ]
}

function outcomeLines(done: PersonErasure): readonly string[] {
  if (done.erasure === null)
    return [`Nothing of ${done.person.form}/${done.person.id} is left to erase.`, ...stayingLines(done.stays)]
  return [
    `Erased: ${planLines(done)[0]}`,
    ...planLines(done).slice(1),
    ...stayingLines(done.stays),
    `Backups made before still hold the person: after restoring one, give --erasures ${erasureListIn('<data folder>')}.`,
  ]
}

function stayingLines({ unmarked, copies, rollups, running_imports }: Staying): readonly string[] {
  const kept = [
    ['fields that are not marked personal', unmarked],
    ['copies that links made in other records', copies],
    ['roll-ups over other records', rollups],
    ['sheets of imports at work, and nothing can be erased before they have ended', running_imports],
  ] as const
  return [
    ...kept.filter(([, names]) => names.length > 0).map(([what, names]) => `Stays: ${what}: ${names.join(', ')}.`),
    'Stays: what other records say of the person; they were not searched. Nothing is declared as kept by law.',
  ]
}
