/** Rows of stored records on the wire: for answers that are worked on before they leave, as a file does. */
import type { FormPolicy } from '#access/policy.ts'
import type { JsonObject } from '#base/json.ts'
import { compileForm } from '#expressions/form-program.ts'
import type { Connection } from '#storage/connection.ts'
import type { ListAnswer } from '#storage/query-plan.ts'
import type { RecordContext } from './context.ts'
import { liveOfAll } from './draft.ts'
import { presentRecord } from './present.ts'

export async function presentRows(
  db: Connection,
  context: RecordContext,
  { policy, answer }: { readonly policy: FormPolicy; readonly answer: ListAnswer },
): Promise<readonly JsonObject[]> {
  const program = compileForm(context.model, policy.form.name)
  const computed = program.order.some((step) => !step.program.field.stored)
  const lives = computed ? await liveOfAll(db, context, { records: answer.rows.map((row) => row.record), program }) : []
  for (const live of lives) live.recompute()
  return answer.rows.map((row, index) =>
    presentRecord(row, lives[index] ?? null, { policy, fields: null, titles: answer.titles }),
  )
}
