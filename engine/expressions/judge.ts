/** The rules of a form over a filled-in record: what is hidden, required, locked, out of bounds, and which checks fail. */
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Compiled, Row, Scope } from './expression.ts'
import type { CompiledRule, FieldProgram, FormProgram } from './form-program.ts'
import { type LiveRecord, rowKey } from './live-record.ts'

export interface Judgement {
  /** All that stands in the way of the write, with JSON Pointers. */
  readonly issues: readonly Issue[]
  /** Failed checks of severity `warn`. */
  readonly warnings: readonly Issue[]
}

/** What a cell is right now. */
export interface CellRules {
  readonly visible: boolean
  readonly required: boolean
  readonly readonly: boolean
}

/** The rules of one field (of one row): what the form shows beside it. */
export function rulesOf(program: FieldProgram, scope: Scope): CellRules {
  const visible = holds(program.visible, scope)
  return {
    visible,
    required: visible && holds(program.required, scope),
    readonly: program.field.computed !== null || holds(program.readonly, scope),
  }
}

/** True when the rule says so; an empty answer is no. */
export function holds(rule: CompiledRule, scope: Scope): boolean {
  return typeof rule === 'boolean' ? rule : rule.evaluate(scope) === true
}

/** Empties every hidden field that says `when_hidden: clear`; true when something changed. Run again until it says false. */
export function clearHidden(live: LiveRecord): boolean {
  let cleared = false
  for (const field of live.program.fields.values()) {
    if (clears(field) && !holds(field.visible, live.scope()))
      cleared = live.set(field.field.name, field.columns ? [] : null).size > 0 || cleared
    for (const column of field.columns?.values() ?? [])
      if (clears(column)) cleared = clearColumn(live, field, column) || cleared
  }
  return cleared
}

/**
 * Judges the whole record. `before` is the record as it was (empty on create), for `$old` and locks;
 * `transition` names the transition that this write belongs to, so that its checks run too.
 */
export function judge(live: LiveRecord, before: Row | null, transition?: string): Judgement {
  const issues = [...live.program.fields.values()].flatMap((field) =>
    judgeField(live, field, live.scope(), field.field.name),
  )
  const failed = live.program.checks
    .filter(({ definition }) => !definition.on || (transition !== undefined && definition.on.includes(transition)))
    .filter(({ assert }) => !passes(assert, { ...live.scope(), old: before }))
    .map(({ definition }) => ({
      severity: definition.severity ?? 'block',
      issue: {
        pointer: definition.at ? `/${definition.at.replaceAll('.', '/')}` : '',
        code: `check:${definition.name}`,
        message: definition.message,
      },
    }))
  return {
    issues: [...issues, ...failed.filter(({ severity }) => severity === 'block').map(({ issue }) => issue)],
    warnings: failed.filter(({ severity }) => severity === 'warn').map(({ issue }) => issue),
  }
}

/** Is the record frozen as a whole (`locked_when`)? */
export function isLocked(program: FormProgram, scope: Scope): boolean {
  return program.locked !== null && program.locked.when.evaluate(scope) === true
}

function passes(assert: Compiled, scope: Scope): boolean {
  return assert.evaluate(scope) === true
}

function clears(field: FieldProgram): boolean {
  return field.field.definition.when_hidden === 'clear' && field.visible !== true && field.field.computed === null
}

function clearColumn(live: LiveRecord, table: FieldProgram, column: FieldProgram): boolean {
  let cleared = false
  for (const row of [...live.rows(table.field.name)]) {
    if (holds(column.visible, live.scope(row))) continue
    cleared = live.setCell(table.field.name, String(row.id), column.field.name, null).size > 0 || cleared
  }
  return cleared
}

function judgeField(live: LiveRecord, program: FieldProgram, scope: Scope, name: string): Issue[] {
  const rules = rulesOf(program, scope)
  if (!rules.visible) return []
  if (program.columns) return judgeTable(live, program, rules)
  return judgeValue(program, live.wire(name), {
    pointer: `/${name}`,
    rules,
    overflows: live.overflowing.has(program.key),
  })
}

function judgeTable(live: LiveRecord, program: FieldProgram, rules: CellRules): Issue[] {
  const table = program.field.name
  const rows = live.rows(table)
  const missing = rules.required && rows.length === 0 ? [{ pointer: `/${table}`, code: 'required' }] : []
  const counts = program.field.kind
    .check(live.wire(table), program.field.definition)
    .map((issue) => at(`/${table}`, issue))
  const cells = rows.flatMap((row, index) =>
    [...(program.columns?.values() ?? [])].flatMap((column) => {
      const columnRules = rulesOf(column, live.scope(row))
      if (!columnRules.visible) return []
      const name = column.field.name
      return judgeValue(column, live.wireCell(table, String(row.id), name), {
        pointer: `/${table}/${index}/${name}`,
        rules: columnRules,
        overflows: live.overflowing.has(rowKey(table, String(row.id), name)),
      })
    }),
  )
  return [...missing, ...counts, ...cells]
}

function judgeValue(
  program: FieldProgram,
  value: Json,
  cell: { pointer: string; rules: CellRules; overflows: boolean },
): Issue[] {
  if (cell.overflows) return [{ pointer: cell.pointer, code: 'too-many-digits', params: { digits: 15 } }]
  if (isEmpty(value))
    return cell.rules.required && !program.field.kind.generated ? [{ pointer: cell.pointer, code: 'required' }] : []
  return program.field.kind.check(value, program.field.definition).map((issue) => at(cell.pointer, issue))
}

/** Empty = null = "" = an empty list. */
export function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function at(pointer: string, issue: Issue): Issue {
  return { ...issue, pointer: `${pointer}${issue.pointer}` }
}
