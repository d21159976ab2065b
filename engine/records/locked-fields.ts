/** What the record, as it was, does not let anybody write: conditional `readonly`, `locked_when`, `append_only`. */
import type { Issue } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import type { FieldProgram, FormProgram } from '#expressions/form-program.ts'
import { isLocked } from '#expressions/judge.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { Input } from './coerce.ts'
import { sameJson } from './same-json.ts'

export interface LockQuestion {
  readonly form: FormModel
  readonly program: FormProgram
  readonly old: LiveRecord
  readonly input: Input
  readonly placing: boolean
}

/** One issue per field, owner or cell that may not be written now. */
export function lockIssues({ form, program, old, input, placing }: LockQuestion): Issue[] {
  if (form.definition.append_only && !placing) return [{ pointer: '', code: 'append-only' }]
  const owner = input.system.owner === undefined ? [] : ['owner']
  const keys = [...Object.keys(input.fields), ...Object.keys(input.tables), ...owner]
  const locked = isLocked(program, old.scope())
  const frozen = keys.filter((key) => locked && !program.locked?.except.has(key))
  const free = keys.filter((key) => !frozen.includes(key))
  return [
    ...frozen.map((key) => ({ pointer: `/${key}`, code: 'locked' })),
    ...(placing
      ? []
      : free
          .filter((key) => forbids(program.fields.get(key), old))
          .map((key) => ({ pointer: `/${key}`, code: 'readonly-field' }))),
    ...(placing ? [] : free.flatMap((key) => rowIssues(program.fields.get(key), old, input))),
  ]
}

function forbids(field: FieldProgram | undefined, old: LiveRecord): boolean {
  return field !== undefined && typeof field.readonly !== 'boolean' && field.readonly.evaluate(old.scope()) === true
}

/** Cells of existing rows; a new row has nothing that could be locked. */
function rowIssues(table: FieldProgram | undefined, old: LiveRecord, input: Input): Issue[] {
  const edit = table?.columns ? input.tables[table.field.name] : undefined
  if (!table?.columns || !edit) return []
  const [rows, place] = 'whole' in edit ? [edit.whole, ''] : [edit.update, '/update']
  return rows.flatMap((row, index) => {
    const before = row.id === null ? undefined : old.rowOf(table.field.name, row.id)
    if (!before) return []
    return Object.keys(row.values).flatMap((column) => {
      const rule = table.columns?.get(column)?.readonly
      const closed = rule !== undefined && typeof rule !== 'boolean' && rule.evaluate(old.scope(before)) === true
      const same =
        closed && sameJson(old.wireCell(table.field.name, String(row.id), column), row.values[column] ?? null)
      return closed && !same
        ? [{ pointer: `/${table.field.name}${place}/${index}/${column}`, code: 'readonly-field' }]
        : []
    })
  })
}
