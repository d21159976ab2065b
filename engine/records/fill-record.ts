/** Station `compute`, first half, for a whole record: copies, defaults and the defaults of new rows, in their order. */
import type { FormProgram } from '#expressions/form-program.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { Input } from './coerce.ts'
import type { RecordContext } from './context.ts'
import { loadAround, openLive, systemValues } from './draft.ts'
import { startValues, withEmptyRollups } from './empty-rollups.ts'
import { applyCopies, applyDefaults, applyRowDefaults, defaultedFields } from './fill.ts'
import { type Merged, rowsOf } from './merge.ts'

interface NewParts {
  readonly program: FormProgram
  readonly blank: StoredRecord
  readonly input: Input
  readonly merged: Merged
}

/** Copies first, so that a default never stands in their way; then defaults; then the copies of links that a default set. */
export async function fillNew(
  db: Connection,
  context: RecordContext,
  { program, blank, input, merged }: NewParts,
): Promise<LiveRecord> {
  const system = systemValues(blank)
  const first = await openLive(db, context, { program, values: { ...startValues(program, merged), ...system } })
  await applyCopies(db, context, { live: first, before: null })
  const given = givenFields(input)
  const isGiven = defaultedFields(program).every(({ field }) => given.has(field.name))
  if (isGiven && Object.keys(merged.added).length === 0) return first
  const copied = { ...first.values(), ...system }
  const withDefaults = applyDefaults(program, copied, { given, around: first.around })
  const complete = applyRowDefaults(program, withDefaults, {
    added: merged.added,
    given: givenColumns(input, merged),
    around: first.around,
  })
  if (complete === copied) return first
  const live = await openLive(db, context, { program, values: complete })
  await applyCopies(db, context, { live, before: copied })
  return live
}

/** The changed record: copies of links that were set, defaults of rows that were added. */
export async function fillChanged(
  db: Connection,
  context: RecordContext,
  parts: { program: FormProgram; before: StoredRecord; input: Input; merged: Merged },
): Promise<LiveRecord> {
  const { program, before, input, merged } = parts
  const system = {
    ...systemValues(before),
    ...(input.system.owner === undefined ? {} : { owner: input.system.owner }),
    ...(input.system.state ? { state: input.system.state } : {}),
  }
  const first = await openLive(db, context, { program, values: { ...withEmptyRollups(program, merged), ...system } })
  await applyCopies(db, context, { live: first, before: before.values })
  const added = Object.values(merged.added).some((ids) => ids.size > 0)
  if (!added) return first
  const complete = applyRowDefaults(
    program,
    { ...first.values(), ...system },
    { added: merged.added, given: givenColumns(input, merged), around: first.around },
  )
  const live = await openLive(db, context, { program, values: complete })
  await loadAround(db, context, live)
  return live
}

function givenFields(input: Input): ReadonlySet<string> {
  return new Set([...Object.keys(input.fields), ...Object.keys(input.tables)])
}

/** Row id → the columns that the caller gave, for new rows. */
function givenColumns(input: Input, merged: Merged): ReadonlyMap<string, ReadonlySet<string>> {
  const given = new Map<string, ReadonlySet<string>>()
  for (const [table, edit] of Object.entries(input.tables)) {
    const fresh = ('whole' in edit ? edit.whole : edit.add).filter((row) => ('whole' in edit ? row.id === null : true))
    const ids = rowsOf(merged.values[table])
      .map((row) => row.id)
      .filter((id) => merged.added[table]?.has(id))
    for (const [index, id] of ids.entries()) given.set(id, new Set(Object.keys(fresh[index]?.values ?? {})))
  }
  return given
}
