/** `formloom pack upgrade | diff`: a new version of a pack, merged with what was changed here. */
import type { JsonObject } from '#base/json.ts'
import { resolveText } from '#base/text.ts'
import type { Side } from '#definitions/merge/three-way.ts'
import { comparePack, type UpgradeConflict, type Upgraded, upgradePack } from '#publish/pack-upgrade.ts'
import { currentRevision } from '#storage/revision-store.ts'
import { type Call, type Command, exitCodes, flag, textOption, UsageError } from './command.ts'
import { localActor, withWorkspace } from './local.ts'
import { folderOf, from, refusedRows } from './pack.ts'
import { changeLine, publicationOptions, publishInSteps } from './publication.ts'

export const packUpgrade: Command = {
  name: 'pack upgrade',
  summary: 'Bring an installed pack to the version in the folder, and keep what was changed here',
  parameters: ['<name>'],
  options: {
    ...from,
    ...publicationOptions,
    take: { type: 'string', value: 'mine|theirs', help: 'wins wherever both sides changed the same' },
    mine: { type: 'string', value: '<pointer>', help: 'keep the local side of this conflict', multiple: true },
    theirs: { type: 'string', value: '<pointer>', help: 'take the side of the new version', multiple: true },
  },
  details: [
    'Three-way merge by name: base is the pack as it was installed or last upgraded. What only one side changed is taken; a conflict is listed, and nothing changes until each is decided. Packs that it requires are upgraded along where the folder has them newer.',
    'Records stay, demo data too; data files that the new version brings are loaded.',
  ],
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const { locale } = call.terminal
      const actor = await localActor(workspace, locale)
      const base = await workspace.db.read(currentRevision)
      const request = { name: call.parameters[0] ?? '', templates: folderOf(call), base, ...decisionsOf(call) }
      let refused = 0
      const code = await publishInSteps<Upgraded>(call, {
        publish: async ({ dryRun }) => {
          const done = await upgradePack(workspace, actor, { ...request, dryRun })
          if (dryRun) showConflicts(call, done.conflicts)
          const isOpen = done.conflicts.some(({ taken }) => taken === null)
          if (dryRun && isOpen && !flag(call, 'dry-run')) return upgradePack(workspace, actor, request)
          for (const line of done.files.flatMap((file) => refusedRows(file, locale))) call.terminal.warn(line)
          refused = done.errorCount
          return done
        },
        isConfirmed: flag(call, 'yes'),
        nothing: `Nothing to do: what stands is what the folder says.`,
        more: ({ conflicts }) => ({ conflicts: conflicts.map((conflict) => document(conflict, locale)) }),
      })
      return refused > 0 ? exitCodes.failed : code
    }),
}

export const packDiff: Command = {
  name: 'pack diff',
  summary: 'Show what was changed here in an installed pack, and what the version in the folder changes',
  parameters: ['<name>'],
  options: from,
  run: (call) =>
    withWorkspace(call, async (workspace) => {
      const { locale } = call.terminal
      const found = await comparePack(workspace, { name: call.parameters[0] ?? '', templates: folderOf(call) })
      const texts = (changes: typeof found.mine) =>
        changes.map((change) => ({ ...change, text: resolveText(change.text, locale) }))
      call.terminal.result(
        {
          ...found,
          mine: texts(found.mine),
          theirs: texts(found.theirs),
          conflicts: found.conflicts.map((conflict) => document(conflict, locale)),
        },
        [
          `Changed here since ${found.installed} came:`,
          ...orNothing(found.mine.map((change) => changeLine(change, locale))),
          `Changed by ${found.available}:`,
          ...orNothing(found.theirs.map((change) => changeLine(change, locale))),
          'Conflicts:',
          ...orNothing(found.conflicts.map((conflict) => conflictLine(conflict, locale))),
        ],
      )
      return exitCodes.ok
    }),
}

function decisionsOf(call: Call): { readonly take?: Side; readonly resolve?: ReadonlyMap<string, Side> } {
  const take = textOption(call, 'take')
  if (take !== undefined && take !== 'mine' && take !== 'theirs') throw new UsageError('--take is mine or theirs.')
  const pointers = (side: Side) => {
    const given = call.options[side]
    return Array.isArray(given) ? given.map((pointer: string) => [pointer, side] as const) : []
  }
  const resolve = new Map([...pointers('mine'), ...pointers('theirs')])
  return { ...(take ? { take } : {}), ...(resolve.size > 0 ? { resolve } : {}) }
}

function showConflicts({ terminal }: Call, conflicts: readonly UpgradeConflict[]): void {
  if (!terminal.json) for (const conflict of conflicts) terminal.say(conflictLine(conflict, terminal.locale))
}

/** mine → theirs, and who was taken. */
function conflictLine({ pointer, text, taken }: UpgradeConflict, locale: string): string {
  return `  ? ${pointer}  ${resolveText(text, locale)}${taken ? ` (${taken})` : ''}`
}

function document(conflict: UpgradeConflict, locale: string): JsonObject {
  return { ...conflict, text: resolveText(conflict.text, locale) } as unknown as JsonObject
}

function orNothing(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? lines : ['  –']
}
