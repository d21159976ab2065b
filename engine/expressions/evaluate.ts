/** From the checked tree to closures, once, ahead of time: an evaluation only runs them. */
import type { Row, Scope, Value } from './expression.ts'
import type { Evaluate, LinkNode, Node, Origin, ReadNode, RowsNode } from './node.ts'

export function compileNode(node: Node): Evaluate {
  switch (node.kind) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'list': {
      const { values } = node
      return () => values
    }
    case 'read':
      return compileRead(node)
    case 'link':
      return compileLink(node)
    case 'rows':
      return compileRows(node)
    case 'call':
      return node.operator.compile(node.args.map(compileNode), node.args)
  }
}

function compileRead({ from, name }: ReadNode): Evaluate {
  if (from === 'row') return (scope) => scope.row[name] ?? null
  if (from === 'parent') return (scope) => scope.parent?.[name] ?? null
  const holder = holderOf(from)
  return (scope) => holder(scope)?.[name] ?? null
}

function compileLink({ base, hops }: LinkNode): Evaluate {
  const start = compileRead(base)
  const path = hops.map((hop) => hop.name)
  const form = hops[0]?.form ?? ''
  return (scope) => {
    const id = start(scope)
    return typeof id === 'string' ? (scope.around.linked?.(form, id, path) ?? null) : null
  }
}

const none: readonly Row[] = []

function compileRows({ from, name }: RowsNode): Evaluate {
  const holder = holderOf(from)
  return (scope) => {
    const rows = holder(scope)?.[name]
    return Array.isArray(rows) ? (rows as Value) : none
  }
}

function holderOf(from: Origin): (scope: Scope) => Row | null | undefined {
  switch (from) {
    case 'row':
      return (scope) => scope.row
    case 'parent':
      return (scope) => scope.parent
    case 'record':
      return (scope) => scope.record
    case 'recordParent':
      return (scope) => scope.recordParent
    case 'old':
      return (scope) => scope.old
    case 'user':
      return (scope) => scope.around.user
    case 'extra':
      return (scope) => scope.extra
  }
}
