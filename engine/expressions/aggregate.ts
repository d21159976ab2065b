/** Walking the rows of a table inside an evaluation: one scope object per walk, one unit of fuel per row. */
import type { ValueType } from '#definitions/value-type.ts'
import type { Row, Scope, Surroundings, Value } from './expression.ts'
import { burn } from './fuel.ts'
import type { Evaluate, Node, Site } from './node.ts'
import { describeType } from './type-rules.ts'

class RowScope implements Scope {
  row: Row
  readonly parent: Row
  readonly record?: Row
  readonly recordParent?: Row
  readonly extra?: Readonly<Record<string, Value>>
  readonly around: Surroundings
  constructor(outer: Scope, parent: Row) {
    this.row = parent
    this.parent = parent
    if (outer.record !== undefined) this.record = outer.record
    if (outer.recordParent !== undefined) this.recordParent = outer.recordParent
    if (outer.extra !== undefined) this.extra = outer.extra
    this.around = outer.around
  }
}

const nothing: Row = {}

/** Does the call stand over the rows of a table? */
export function isOverRows(nodes: readonly Node[]): boolean {
  return nodes[0]?.kind === 'rows'
}

/** Folds the row expression over the rows; `step` sees every value, empties too. */
export function foldRows<S extends Value>(
  args: readonly Evaluate[],
  nodes: readonly Node[],
  { start, step }: { readonly start: S; readonly step: (state: S, value: Value) => S },
): (scope: Scope) => S {
  const [rowsOf, each] = args as [Evaluate, Evaluate | undefined]
  const holderOf = holder(nodes[0])
  return (scope) => {
    const rows = rowsOf(scope) as readonly Row[]
    burn(rows.length + 1)
    if (rows.length === 0) return start
    const inner = new RowScope(scope, holderOf(scope))
    let state = start
    for (const row of rows) {
      inner.row = row
      state = step(state, each === undefined ? true : each(inner))
    }
    return state
  }
}

/** The type of the row expression of an aggregate, or null after a report. */
export function rowType(site: Site, ...wanted: readonly ValueType['is'][]): ValueType | null {
  const [rows, each] = site.args
  if (rows?.kind !== 'rows')
    return site.report('table-expected', { found: rows === undefined ? '' : describeType(rows.type) }, 0)
  if (each === undefined) return site.report('row-expression-expected')
  if (each.type.is !== 'empty' && wanted.length > 0 && !wanted.includes(each.type.is)) {
    return site.report('type-mismatch', { expected: wanted.join(' or '), found: describeType(each.type) }, 1)
  }
  return each.type
}

function holder(rows: Node | undefined): (scope: Scope) => Row {
  const from = rows?.kind === 'rows' ? rows.from : 'row'
  if (from === 'parent') return (scope) => scope.parent ?? nothing
  if (from === 'record') return (scope) => scope.record ?? nothing
  if (from === 'old') return (scope) => scope.old ?? nothing
  if (from === 'recordParent') return (scope) => scope.recordParent ?? nothing
  return (scope) => scope.row
}
