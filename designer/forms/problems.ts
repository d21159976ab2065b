/** What the checks of definitions say about the form under edit, each with the node that it means. */
import { pointerSegments } from '#base/json-pointer.ts'
import type { Issue } from '#base/problems.ts'
import type { Check, CompileExpression } from '#definitions/check/checking.ts'
import { checkCycles } from '#definitions/check/cycles.ts'
import { checkExpressions } from '#definitions/check/expressions.ts'
import { checkFields } from '#definitions/check/fields.ts'
import { checkFormParts } from '#definitions/check/form-parts.ts'
import { checkLabels } from '#definitions/check/labels.ts'
import { checkLayouts } from '#definitions/check/layouts.ts'
import { checkLinks } from '#definitions/check/links.ts'
import { checkRollups } from '#definitions/check/rollups.ts'
import type { Model } from '#definitions/model.ts'
import { compileExpression } from '#expressions/compile.ts'
import { childrenOf, descendantsOf, type FormDocument, fieldsId, layoutId, rootId } from '../model/document.ts'

export interface FormProblem {
  readonly issue: Issue
  readonly node: string
}

/** Those that look at forms; the server asks all of them again. */
const checks: readonly Check[] = [
  checkFields,
  checkLinks,
  checkRollups,
  checkExpressions,
  checkCycles,
  checkFormParts,
  checkLayouts,
  checkLabels,
]

export function problemsOf(model: Model, document: FormDocument, form: string): readonly FormProblem[] {
  const found = checks.flatMap((check) => check({ model, compile: compileExpression as CompileExpression }))
  const own = found.filter(({ pointer }) => pointerSegments(pointer)[1] === form)
  const problems = own.map((issue) => ({ issue, node: nodeOfPointer(document, issue.pointer) }))
  return [
    ...problems.filter(({ issue }) => issue.severity !== 'warning'),
    ...problems.filter(({ issue }) => issue.severity === 'warning'),
  ]
}

/** `/form/order/fields/lines/fields/price/min` → the column; what names no node is the form's. */
export function nodeOfPointer(document: FormDocument, pointer: string): string {
  const [, , part, name, inner, column] = pointerSegments(pointer)
  if (part === 'layout') return layoutNode(document, pointerSegments(pointer).slice(3))
  const field = part === 'fields' ? childrenOf(document, fieldsId).find((one) => one.props['name'] === name) : undefined
  const within =
    field && inner === 'fields' ? childrenOf(document, field.id).find((one) => one.props['name'] === column) : undefined
  return within?.id ?? field?.id ?? rootId
}

/** The deepest tab, section or item that the pointer names by id or field. */
function layoutNode(document: FormDocument, segments: readonly string[]): string {
  const nodes = descendantsOf(document, layoutId)
  const known = segments.flatMap((segment) =>
    nodes.filter((node) => (node.props['id'] ?? nameOf(document, node.field)) === segment),
  )
  return known.at(-1)?.id ?? rootId
}

function nameOf(document: FormDocument, field: string | undefined): unknown {
  return field === undefined ? undefined : document.nodes[field]?.props['name']
}
