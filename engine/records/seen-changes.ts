/** Which committed changes a caller may hear of: those of records that the read path shows to them now. */
import { visibilityOf, visibleTargets } from '#access/visibility.ts'
import type { CommittedChange } from '#storage/change-feed.ts'
import type { Connection } from '#storage/connection.ts'
import { runList } from '#storage/query.ts'
import type { RecordContext } from './context.ts'
import { visibleIds } from './targets.ts'

/** In their order; one query per form, and one more where something was deleted. */
export async function seenChanges(
  context: RecordContext,
  changes: readonly CommittedChange[],
): Promise<readonly CommittedChange[]> {
  const forms = new Set(changes.map(({ form }) => form).filter((form) => context.policy.form(form)?.may('read')))
  if (forms.size === 0) return []
  return context.db.read(async (db) => {
    const seen = new Set<string>()
    for (const form of forms) {
      const of = changes.filter((change) => change.form === form)
      const ids = (gone: boolean) => [
        ...new Set(of.filter(({ verb }) => (verb === 'delete') === gone).map(({ id }) => id)),
      ]
      const living = await visibleIds(db, context, { form, ids: ids(false) })
      const deleted = await visibleInBin(db, context, { form, ids: ids(true) })
      for (const change of of)
        if ((change.verb === 'delete' ? deleted : living).has(change.id)) seen.add(`${form}/${change.id}`)
    }
    return changes.filter(({ form, id }) => seen.has(`${form}/${id}`))
  })
}

/** Who could read a record until it was deleted hears that it is gone: the row rule holds for what lies in the bin. */
async function visibleInBin(
  db: Connection,
  context: RecordContext,
  { form, ids }: { readonly form: string; readonly ids: readonly string[] },
): Promise<ReadonlySet<string>> {
  const policy = context.policy.form(form)
  if (!policy || ids.length === 0) return new Set()
  const { rows } = await runList(db, {
    model: context.model,
    form,
    around: context.around,
    visible: visibilityOf(policy),
    targets: visibleTargets(context.model, context.policy),
    where: [{ field: 'id', oneOf: ids }],
    select: [],
    sort: [],
    limit: ids.length,
    deleted: 'bin',
  })
  return new Set(rows.map(({ record }) => record.id))
}
