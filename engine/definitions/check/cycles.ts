/** Circles of formulas and roll-ups, over rows, parents, links and forms: each with its path. */
import type { FieldModel, Model, TableModel } from '../model.ts'
import { type Check, type CheckedExpression, type Checking, error } from './checking.ts'
import { type PlacedField, placedFields } from './each-field.ts'
import { formulaPlace, rollupPlace, rulePlace } from './places.ts'
import { tableOf } from './resolve.ts'

/** Runs in the number of fields and reads; the walk keeps its own stack, so a long chain does not overflow. */
export const checkCycles: Check = (checking) => {
  const computed = placedFields(checking.model).filter(({ field }) => field.computed)
  const edges = new Map(computed.map((placed) => [nodeOf(placed.table, placed.field.name), readsOf(checking, placed)]))
  const pointers = new Map(
    computed.map((placed) => [nodeOf(placed.table, placed.field.name), `${placed.pointer}/${placed.field.computed}`]),
  )
  return findCycles(edges)
    .map(fromFirst)
    .map((path) => error(pointers.get(path[0] ?? '') ?? '', 'formula-cycle', { path: [...path, path[0]].join(' → ') }))
}

/** `order.total`, `order.lines.amount`. */
function nodeOf(table: TableModel, field: string): string {
  return [table.form, ...(table.table === undefined ? [] : [table.table]), field].join('.')
}

function readsOf(checking: Checking, { field, table }: PlacedField): readonly string[] {
  const { formula, rollup } = field.definition
  if (formula !== undefined) return expressionReads(checking.model, table, compiledFormula(checking, table, field))
  const source = rollup && tableOf(checking.model, rollup.form, rollup.table)
  if (!rollup || !source) return []
  const where =
    rollup.where === undefined ? undefined : checking.compile(rollup.where, rollupPlace(checking.model, source))
  const figures = [rollup.field, rollup.link].flatMap((name) => (name === undefined ? [] : [nodeOf(source, name)]))
  return [...figures, ...(where?.ok ? expressionReads(checking.model, source, where.value) : [])]
}

/** What does not compile is reported elsewhere; a read over a link counts even where it is not allowed. */
function compiledFormula(checking: Checking, table: TableModel, field: FieldModel): CheckedExpression | undefined {
  const formula = field.definition.formula ?? null
  const strict = checking.compile(formula, formulaPlace(checking.model, table, field))
  const answer = strict.ok ? strict : checking.compile(formula, rulePlace(checking.model, table))
  return answer.ok ? answer.value : undefined
}

function expressionReads(
  model: Model,
  table: TableModel,
  expression: CheckedExpression | undefined,
): readonly string[] {
  if (!expression) return []
  const own = expression.reads.flatMap((path) => ownReads(model, table, path))
  return [...own, ...expression.linkReads.flatMap(({ form, path }) => linkedReads(model, form, path))]
}

function ownReads(model: Model, table: TableModel, [head = '', ...rest]: readonly string[]): readonly string[] {
  const parent = head === '$parent' ? model.forms.get(table.form) : undefined
  if (parent) return ownReads(model, parent, rest)
  if (head.startsWith('$')) return []
  const rows = table.fields.get(head)?.table
  return rows && rest[0] !== undefined ? [nodeOf(table, head), nodeOf(rows, rest[0])] : [nodeOf(table, head)]
}

function linkedReads(model: Model, form: string, [head = '', ...rest]: readonly string[]): readonly string[] {
  const target = model.forms.get(form)
  const type = target?.fields.get(head)?.type
  const further = rest.length > 0 && type?.is === 'record' ? linkedReads(model, type.form, rest) : []
  return target ? [nodeOf(target, head), ...further] : []
}

/** The same circle, told from the name that sorts first: it reads the same wherever the walk came in. */
function fromFirst(cycle: readonly string[]): readonly string[] {
  const first = cycle.indexOf([...cycle].sort()[0] ?? '')
  return [...cycle.slice(first), ...cycle.slice(0, first)]
}

/** Depth first with an explicit stack; each circle once. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>()
  return [...edges.keys()].flatMap((start) => (done.has(start) ? [] : walkFrom(start, edges, done)))
}

function walkFrom(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = []
  const depth = new Map([[start, 0]])
  const stack = [{ node: start, next: 0 }]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const target = edges.get(top.node)?.[top.next++]
    if (target === undefined) {
      done.add(top.node)
      depth.delete(top.node)
      stack.pop()
    } else if (depth.has(target)) cycles.push(stack.slice(depth.get(target)).map(({ node }) => node))
    else if (!done.has(target) && edges.has(target)) {
      depth.set(target, stack.length)
      stack.push({ node: target, next: 0 })
    }
  }
  return cycles
}
