/** The layout of a form that writes none: all fields in one section, each table in its own. */
import type { FieldDefinition, FormDefinition, Layout, LayoutSection } from './definition.ts'

/** Every field once, in the order of the form; ids are `main`, `fields` and `table_<name>`. */
export function implicitLayout(form: Pick<FormDefinition, 'fields' | 'label'>): Layout {
  const plain = form.fields.filter((field) => !isTable(field))
  const tables = form.fields.filter(isTable)
  const head: LayoutSection = { id: 'fields', columns: 2, items: plain.map((field) => ({ field: field.name })) }
  const sections = [...(plain.length > 0 ? [head] : []), ...tables.map(tableSection)]
  return { tabs: [{ id: 'main', ...(form.label === undefined ? {} : { label: form.label }), sections }] }
}

function isTable(field: FieldDefinition): boolean {
  return field.fields !== undefined
}

function tableSection(field: FieldDefinition): LayoutSection {
  return {
    id: `table_${field.name}`.slice(0, 40),
    ...(field.label === undefined ? {} : { label: field.label }),
    items: [{ field: field.name }],
  }
}
