/**
 * A form compiled for running: defaults, formulas in dependency order, rules, checks, title, copies, filters.
 * Server and browser run the same program. Compiled once per form and model; `compileForm` is memoised per model.
 */
import { Bug } from '#base/bug.ts'
import type { JsonObject } from '#base/json.ts'
import type { CheckDefinition, Rule } from '#definitions/definition.ts'
import type { FieldModel, FormModel, Model, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { compileExpression } from './compile.ts'
import type { Compiled, Place } from './expression.ts'
import {
  checkPlace,
  defaultPlace,
  formOf,
  formulaPlace,
  linkFilterPlace,
  rulePlace,
  tableOf,
  titlePlace,
} from './places.ts'

/** A constant, or a compiled rule. */
export type CompiledRule = boolean | Compiled

export interface FieldProgram {
  readonly field: FieldModel
  /** `quantity`, or `lines/quantity` for a column. */
  readonly key: string
  readonly formula: Compiled | null
  readonly fallback: Compiled | null
  readonly visible: CompiledRule
  readonly required: CompiledRule
  readonly readonly: CompiledRule
  readonly filter: Compiled | null
  /** Of a link: own field to fill → path from the linked record. */
  readonly copies: readonly { readonly to: string; readonly path: readonly string[] }[]
  readonly columns: ReadonlyMap<string, FieldProgram> | null
}

export interface CheckProgram {
  readonly definition: CheckDefinition
  readonly assert: Compiled
}

/** One formula of the evaluation order. */
export interface FormulaStep {
  readonly table: string | null
  readonly program: FieldProgram
  readonly formula: Compiled
}

export interface FormProgram {
  readonly model: Model
  readonly form: FormModel
  readonly fields: ReadonlyMap<string, FieldProgram>
  /** Stored and unstored formulas, each after everything that it reads. */
  readonly order: readonly FormulaStep[]
  /** Cell key → positions in `order` that read it directly. */
  readonly readers: ReadonlyMap<string, readonly number[]>
  readonly checks: readonly CheckProgram[]
  readonly title: Compiled | null
  readonly locked: { readonly when: Compiled; readonly except: ReadonlySet<string> } | null
}

const programs = new WeakMap<Model, Map<string, FormProgram>>()

/** The program of a form; the model must have passed its checks, so a failing expression is a bug. */
export function compileForm(model: Model, form: string): FormProgram {
  const ofModel = programs.get(model) ?? new Map<string, FormProgram>()
  programs.set(model, ofModel)
  const known = ofModel.get(form)
  if (known) return known
  const made = makeProgram(model, formOf(model, form))
  ofModel.set(form, made)
  return made
}

function makeProgram(model: Model, form: FormModel): FormProgram {
  const fields = compileFields(model, form)
  const order = sortFormulas(fields)
  const locked = form.definition.locked_when
  return {
    model,
    form,
    fields,
    order,
    readers: readersOf(order),
    checks: (form.definition.checks ?? []).map((definition) => ({
      definition,
      assert: mustCompile(definition.assert, checkPlace(model, form)),
    })),
    title: form.definition.title === undefined ? null : mustCompile(form.definition.title, titlePlace(model, form)),
    locked: locked
      ? { when: mustCompile(locked.when, checkPlace(model, form)), except: new Set(locked.except ?? []) }
      : null,
  }
}

function compileFields(model: Model, table: TableModel): ReadonlyMap<string, FieldProgram> {
  return new Map([...table.fields.values()].map((field) => [field.name, compileField(model, table, field)]))
}

function compileField(model: Model, table: TableModel, field: FieldModel): FieldProgram {
  const { definition } = field
  const rules = rulePlace(model, table)
  return {
    field,
    key: cellKey(table.table ?? null, field.name),
    formula:
      definition.formula === undefined
        ? null
        : mustCompile(definition.formula, formulaPlace(model, table, field), field.type),
    fallback: definition.default === undefined ? null : compileDefault(model, table, field),
    visible: compileRule(definition.visible ?? true, rules),
    required: compileRule(definition.required ?? false, rules),
    readonly: compileRule(definition.readonly ?? false, rules),
    filter: compileFilter(model, table, field),
    copies: copiesOf(definition.copy),
    columns: field.table ? compileFields(model, field.table) : null,
  }
}

function compileDefault(model: Model, table: TableModel, field: FieldModel): Compiled | null {
  const value = field.definition.default ?? null
  return isRuleObject(value) ? mustCompile(value, defaultPlace(model, table), field.type) : null
}

function compileFilter(model: Model, table: TableModel, field: FieldModel): Compiled | null {
  const { filter, to, table: rows } = field.definition
  if (filter === undefined || typeof to !== 'string') return null
  const target = tableOf(model, to, typeof rows === 'string' ? rows : undefined)
  return mustCompile(filter as JsonObject, linkFilterPlace(model, table, target))
}

function copiesOf(copy: unknown): FieldProgram['copies'] {
  if (typeof copy !== 'object' || copy === null) return []
  return Object.entries(copy).map(([to, path]) => ({ to, path: String(path).split('.') }))
}

function compileRule(rule: Rule, place: Place): CompiledRule {
  return typeof rule === 'boolean' ? rule : mustCompile(rule, place)
}

function mustCompile(
  source: NonNullable<CheckDefinition['assert']> | null,
  place: Place,
  expected?: ValueType,
): Compiled {
  const answer = compileExpression(source, place, expected)
  if (!answer.ok)
    throw new Bug('expression of a published definition does not compile', { source, issues: answer.issues })
  return answer.value
}

/** A default that is an operator object is an expression; anything else is a value. */
export function isRuleObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 1
}

/** The key of a cell: `total`, or `lines/amount` for a column of a table. */
export function cellKey(table: string | null, field: string): string {
  return table === null ? field : `${table}/${field}`
}

/** The key under which stand the readers that see the column of every row, not only of their own. */
export function acrossRows(key: string): string {
  return `*${key}`
}

/** Cell keys that a formula standing in `table` reads inside its own record. */
export function cellsRead(
  formula: Compiled,
  table: string | null,
  isTable: (field: string) => boolean,
): readonly string[] {
  return formula.reads.flatMap(([first, second, third]) => {
    if (first === '$parent' && second !== undefined && third !== undefined && isTable(second))
      return [cellKey(second, third), acrossRows(cellKey(second, third)), second]
    if (first === '$parent') return second ? [second] : []
    if (first === undefined || first.startsWith('$')) return []
    if (table === null && second !== undefined && isTable(first)) return [cellKey(first, second), first]
    return [cellKey(table, first)]
  })
}

function sortFormulas(fields: ReadonlyMap<string, FieldProgram>): readonly FormulaStep[] {
  const steps = new Map(allSteps(fields).map((step) => [step.program.key, step]))
  const isTable = (field: string) => fields.get(field)?.columns != null
  const sorted: FormulaStep[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (key: string, path: readonly string[]): void => {
    const step = steps.get(key)
    if (!step || state.get(key) === 'done') return
    if (state.get(key) === 'open') throw new Bug('formula cycle in a published form', { path: [...path, key] })
    state.set(key, 'open')
    for (const read of cellsRead(step.formula, step.table, isTable)) visit(read, [...path, key])
    state.set(key, 'done')
    sorted.push(step)
  }
  for (const key of steps.keys()) visit(key, [])
  return sorted
}

function allSteps(fields: ReadonlyMap<string, FieldProgram>): FormulaStep[] {
  return [...fields.values()].flatMap((program) => [
    ...(program.formula ? [{ table: null, program, formula: program.formula }] : []),
    ...[...(program.columns?.values() ?? [])].flatMap((column) =>
      column.formula ? [{ table: program.field.name, program: column, formula: column.formula }] : [],
    ),
  ])
}

function readersOf(order: readonly FormulaStep[]): ReadonlyMap<string, readonly number[]> {
  const readers = new Map<string, number[]>()
  const tables = new Set(order.flatMap((step) => (step.table ? [step.table] : [])))
  order.forEach((step, position) => {
    for (const key of cellsRead(
      step.formula,
      step.table,
      (field) => tables.has(field) || step.formula.reads.some((read) => read[0] === field && read.length > 1),
    )) {
      const list = readers.get(key)
      if (list) list.push(position)
      else readers.set(key, [position])
    }
  })
  return readers
}
