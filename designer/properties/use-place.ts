/** Where an expression of the edited form stands: what it may read, and what type it gives. */
import type { FieldModel, FormModel, TableModel } from '#definitions/model.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import type { Place } from '#expressions/expression.ts'
import { defaultPlace, formulaPlace, linkFilterPlace, rulePlace, titlePlace } from '#expressions/places.ts'
import { useDocument, useShownPreview } from '../forms/editor-context.tsx'
import { type DocumentNode, nodeOf } from '../model/document.ts'

export interface Standing {
  readonly place: Place
  readonly expected?: ValueType
}

/** undefined: the field is not in the model, so nothing can be checked. */
export function usePlace(id: string, property: string): Standing | undefined {
  const document = useDocument()
  const { readable, form: definition } = useShownPreview()
  const { model } = readable
  const node = nodeOf(document, id)
  const form = model.forms.get(definition.name)
  if (!node || !form) return undefined
  if (node.type === 'form') return { place: titlePlace(model, form), expected: valueTypes.text }
  const found = fieldIn(form, node, nodeOf(document, node.parent ?? ''))
  if (!found) return undefined
  const { table, field } = found
  if (property === 'formula') return { place: formulaPlace(model, table, field), expected: field.type }
  if (property === 'default') return { place: defaultPlace(model, table), expected: field.type }
  if (property !== 'filter') return { place: rulePlace(model, table), expected: valueTypes.boolean }
  const target = model.forms.get(field.kind.linksTo?.(field.definition)[0] ?? '')
  return target && { place: linkFilterPlace(model, table, target), expected: valueTypes.boolean }
}

function fieldIn(
  form: FormModel,
  node: DocumentNode,
  parent: DocumentNode | undefined,
): { readonly table: TableModel; readonly field: FieldModel } | undefined {
  const name = String(node.props['name'])
  const table: TableModel | undefined =
    node.type === 'column' ? form.fields.get(String(parent?.props['name']))?.table : form
  const field = table?.fields.get(name)
  return table && field && { table, field }
}
