/** A stored record from its live cells: what a create starts from, and what a write ends with. */
import type { FormModel } from '#definitions/model.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { Input } from './coerce.ts'
import type { RecordContext } from './context.ts'
import { storedValues } from './draft.ts'
import { titleOf } from './title-of.ts'

/** A new record before anything is filled in. */
export function blankRecord(context: RecordContext, form: FormModel, input: Input): StoredRecord {
  const { now } = context.around
  return {
    id: context.ids.next(),
    version: 1,
    title: null,
    owner: input.system.owner === undefined ? context.actor.id : input.system.owner,
    state: input.system.state ?? form.lifecycle?.initial ?? null,
    created_at: now,
    created_by: context.actor.id,
    updated_at: now,
    updated_by: context.actor.id,
    deleted_at: null,
    values: {},
  }
}

/** The record as it will stand: values, title, owner and state from the cells. */
export function finished(base: StoredRecord, live: LiveRecord): StoredRecord {
  const owner = live.wire('owner')
  const state = live.wire('state')
  return {
    ...base,
    owner: typeof owner === 'string' ? owner : null,
    state: typeof state === 'string' ? state : null,
    title: titleOf(live),
    values: storedValues(live),
  }
}
