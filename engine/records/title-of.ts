/** What a record is called: the form's title expression, or its first text. */
import type { LiveRecord } from '#expressions/live-record.ts'

const longest = 500

/** null: nothing to call it by. */
export function titleOf(live: LiveRecord): string | null {
  const { title } = live.program
  const made = title ? title.evaluate(live.scope()) : firstText(live)
  return typeof made === 'string' && made !== '' ? made.slice(0, longest) : null
}

function firstText(live: LiveRecord): unknown {
  const field = [...live.program.fields.values()].find(
    ({ field: each }) => each.type.is === 'text' && !each.definition.sensitive,
  )
  return field ? live.wire(field.field.name) : null
}
