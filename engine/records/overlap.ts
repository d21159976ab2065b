/** `no_overlap`: among living records with equal keys no two ranges meet. */

import { Bug } from '#base/bug.ts'
import type { Json, JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { compileExpression } from '#expressions/compile.ts'
import { isEmpty } from '#expressions/judge.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import { filterPlace } from '#expressions/places.ts'
import type { Connection } from '#storage/connection.ts'
import { runCount } from '#storage/query.ts'
import type { Predicate } from '#storage/query-plan.ts'
import type { RecordContext } from './context.ts'
import type { Values } from './merge.ts'

/** Issue `overlaps` at the start of the range; an open end reaches for ever, empty keys are a key of their own. */
export async function overlapIssues(
  db: Connection,
  context: RecordContext,
  subject: { live: LiveRecord; id: string; values: Values },
): Promise<Issue[]> {
  const { form } = subject.live.program
  const issues: Issue[] = []
  for (const rule of form.definition.no_overlap ?? []) {
    const place = filterPlace(context.model, form)
    const compiled = compileExpression(meets(rule, subject.values), place)
    if (!compiled.ok)
      throw new Bug('no_overlap does not compile', { form: form.name, rule: rule.name, issues: compiled.issues })
    const others = await runCount(
      db,
      {
        model: context.model,
        form: form.name,
        around: context.around,
        visible: { where: { always: true } },
        targets: new Map(),
        where: [
          ...sameKeys(rule.keys, subject.values),
          { compiled: compiled.value, place },
          { not: { field: 'id', oneOf: [subject.id] } },
        ],
      },
      1,
    )
    if (others > 0) issues.push({ pointer: `/${rule.from}`, code: 'overlaps', params: { rule: rule.name } })
  }
  return issues
}

/** Keys are compared as stored values: an expression would need a literal of their type. */
function sameKeys(keys: readonly string[], values: Values): readonly Predicate[] {
  return keys.filter((key) => !isEmpty(values[key] ?? null)).map((field) => ({ field, oneOf: [values[field] as Json] }))
}

function meets(rule: { keys: readonly string[]; from: string; to: string }, values: Values): JsonObject {
  const empty = rule.keys.filter((key) => isEmpty(values[key] ?? null)).map((key): Json => ({ empty: [{ var: key }] }))
  const before = isEmpty(values[rule.to] ?? null) ? [] : [either(rule.from, '<=', values[rule.to] as Json)]
  const after = isEmpty(values[rule.from] ?? null) ? [] : [either(rule.to, '>=', values[rule.from] as Json)]
  return { and: [true, ...empty, ...before, ...after] }
}

function either(field: string, operator: string, value: Json): Json {
  return { or: [{ empty: [{ var: field }] }, { [operator]: [{ var: field }, value] }] }
}
