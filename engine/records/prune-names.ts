/** Metadata without the rules, values and references that name what their reader may not know of; the server still obeys them. */
import { isObject, type Json } from '#base/json.ts'

/** Names of `var` anywhere below, `$old.` and `$record.` taken off. */
export function namesIn(node: Json): readonly string[] {
  if (typeof node !== 'object' || node === null) return []
  if (!Array.isArray(node) && 'var' in node && typeof node.var === 'string')
    return [node.var.replace(/^\$(old|record)\./, '')]
  return Object.values(node).flatMap((child) => namesIn(child as Json))
}

/** Drops each property and member that is an expression over a hidden name, is named like one, or points at one by `field`. */
export function pruneNames(node: Json, isHidden: (name: string) => boolean): Json {
  const tells = (child: Json) =>
    (isExpression(child) && namesIn(child).some(isHidden)) ||
    (isObject(child) && typeof child.field === 'string' && isHidden(child.field))
  if (Array.isArray(node)) return node.filter((child) => !tells(child)).map((child) => pruneNames(child, isHidden))
  if (!isObject(node)) return node
  const kept = Object.entries(node).filter(([key, child]) => !isHidden(key) && !tells(child))
  return Object.fromEntries(kept.map(([key, child]) => [key, pruneNames(child, isHidden)]))
}

function isExpression(node: Json): boolean {
  return isObject(node) && Object.keys(node).length === 1
}
