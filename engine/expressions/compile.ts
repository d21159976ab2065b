/** Check and compile: the one way from a stored expression to something that can be evaluated. */
import type { Json } from '#base/json.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { checkExpression } from './check.ts'
import { compileNode } from './evaluate.ts'
import type { CompileAnswer, Compiled, Path, Place } from './expression.ts'
import { refuel } from './fuel.ts'
import { type LinkNode, type Node, type RowsNode, walkNodes } from './node.ts'

/**
 * Compiles an expression for its place. With `expected`, its value must be assignable to that type.
 * Issues point into the expression (JSON Pointer). Example: `compileExpression({ '>': [{ var: 'total' }, 0] }, place, valueTypes.boolean)`.
 */
export function compileExpression(source: Json, place: Place, expected?: ValueType): CompileAnswer {
  const answer = checkExpression(source, place, expected)
  return answer.ok ? { ok: true, value: compiledOf(source, answer.node) } : answer
}

function compiledOf(source: Json, node: Node): Compiled {
  const run = compileNode(node)
  return {
    source,
    node,
    type: node.type,
    ...dependenciesOf(node),
    evaluate(scope) {
      refuel()
      return run(scope)
    },
  }
}

type Dependencies = Pick<Compiled, 'reads' | 'linkReads' | 'usesUser' | 'usesTime' | 'usesTree'>

/** What the expression reads, each path once. Reads inside an aggregate are given from the outside: `['lines', 'amount']`. */
export function dependenciesOf(root: Node): Dependencies {
  const reads = new Map<string, Path>()
  const linkReads = new Map<string, Dependencies['linkReads'][number]>()
  let [usesUser, usesTime, usesTree] = [false, false, false]
  walkNodes(root, (node, enclosing) => {
    if (node.kind === 'call') {
      usesTree ||= node.operator.name === 'in_tree'
      usesTime ||= node.operator.name === 'today' || node.operator.name === 'now'
    } else if (node.kind === 'read' || node.kind === 'rows') {
      usesUser ||= node.kind === 'read' && node.from === 'user'
      const path = outerPath(node, enclosing)
      reads.set(path.join('.'), path)
    } else if (node.kind === 'link') {
      const link = linkRead(node, enclosing)
      linkReads.set([...link.from, '', ...link.path].join('.'), link)
      reads.set([...link.from, ...link.path].join('.'), [...link.from, ...link.path])
    }
  })
  return { reads: [...reads.values()], linkReads: [...linkReads.values()], usesUser, usesTime, usesTree }
}

function linkRead(node: LinkNode, enclosing: readonly RowsNode[]): Dependencies['linkReads'][number] {
  return {
    from: outerPath(node.base, enclosing),
    form: node.hops[0]?.form ?? '',
    path: node.hops.map((hop) => hop.name),
  }
}

interface Named {
  readonly from: LinkNode['base']['from']
  readonly name: string
}

/** The path of a read as the place of the whole expression would write it. */
function outerPath({ from, name }: Named, enclosing: readonly RowsNode[]): Path {
  const rows = enclosing.at(-1)
  if (rows === undefined) return [...prefixOf(from), name]
  const outer = enclosing.slice(0, -1)
  if (from === 'row') return [...outerPath(rows, outer), name]
  if (from !== 'parent') return [...prefixOf(from), name]
  return outerPath({ from: rows.from, name }, outer)
}

function prefixOf(from: Named['from']): Path {
  switch (from) {
    case 'row':
    case 'extra':
      return []
    case 'recordParent':
      return ['$record', '$parent']
    default:
      return [`$${from}`]
  }
}
