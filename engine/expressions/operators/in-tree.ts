/** True when the first record is the second or stands below it in their tree. */
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { call, type Evaluate, type Node, type Operator, type Site } from '../node.ts'
import { describeType, needComparable } from '../type-rules.ts'

export const inTree: Operator = {
  name: 'in_tree',
  meaning: {
    en: 'True when the first record is the second or stands below it in their tree.',
    'zh-CN': '第一条记录就是第二条记录或在树中位于其下时为真。',
  },
  example: 'in_tree(team, $user.team)',
  arity: { least: 2, most: 2 },
  text: call,
  filters: 'twin',
  check: checkInTree,
  compile: (args, nodes) => {
    const [node, ancestor] = args as [Evaluate, Evaluate]
    const form = treeOf(nodes) ?? ''
    return (scope) => {
      const [below, above] = [node(scope), ancestor(scope)]
      return (
        typeof below === 'string' && typeof above === 'string' && (scope.around.inTree?.(form, below, above) ?? false)
      )
    }
  },
}

/** The form whose tree it is: that of the record side. */
export function treeOf(nodes: readonly Node[]): string | undefined {
  for (const { type } of nodes) if (type.is === 'record' && type.table === undefined) return type.form
  return undefined
}

function checkInTree(site: Site): ValueType | null {
  if (!needComparable(site, 'equal')) return null
  const form = treeOf(site.args)
  if (form === undefined)
    return site.report('type-mismatch', {
      expected: 'record',
      found: site.args.map((arg) => describeType(arg.type)).join(', '),
    })
  const fields = site.place.model.forms.get(form)?.fields.values() ?? []
  const isTree = [...fields].some((field) => field.definition['tree'] === true)
  return isTree ? valueTypes.boolean : site.report('not-a-tree', { form })
}
