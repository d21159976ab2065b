/** A form that gets a lifecycle: its records enter the initial state, each with a Change that says why. */
import type { FormModel, Model } from '#definitions/model.ts'
import type { RecordContext } from '#records/context.ts'
import { appendChange } from '#storage/change-log.ts'
import type { Connection } from '#storage/connection.ts'
import { recordIdsAfter } from '#storage/record-pages.ts'
import type { StoredRecord } from '#storage/stored-record.ts'

const page = 200

/** Records that have a state already, from an earlier lifecycle, keep it. */
export async function enterInitialStates(db: Connection, context: RecordContext, before: Model): Promise<void> {
  const begun = [...context.model.forms.values()].filter(
    (form) => form.lifecycle && before.forms.has(form.name) && !before.forms.get(form.name)?.lifecycle,
  )
  for (const form of begun) await enterAll(db, context, form)
}

async function enterAll(db: Connection, context: RecordContext, form: FormModel): Promise<void> {
  for (let after: string | null = null; ; ) {
    const ids: readonly string[] = await recordIdsAfter(db, form.name, { after, limit: page })
    for (const record of (await context.store.load(db, form.name, ids, { deleted: true })).values()) {
      if (record.state === null) await enter(db, context, { form, record })
    }
    if (ids.length < page) return
    after = ids.at(-1) ?? null
  }
}

async function enter(
  db: Connection,
  context: RecordContext,
  { form, record }: { form: FormModel; record: StoredRecord },
): Promise<void> {
  const state = form.lifecycle?.initial ?? null
  const version = record.version + 1
  await context.store.update(db, form.name, { before: record, after: { ...record, state, version } })
  await appendChange(db, {
    form: form.name,
    record: record.id,
    version,
    actor: context.actor.id || null,
    cause: { publish: context.model.revision },
    at: context.around.now,
    before: { state: record.state },
    after: { state },
  })
}
