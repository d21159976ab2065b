/** Fields by which people name a record of a form, and the one that a new record gets its name in. Pure. */
import type { FieldModel, FormModel, Model } from '#definitions/model.ts'

const usualNames = ['code', 'name', 'number', 'login']

/** Tells records apart by itself: unique alone, or a number. */
export function isKey(form: FormModel, name: string): boolean {
  const field = form.fields.get(name)
  return (
    field !== undefined &&
    (field.definition.unique === true ||
      field.kind.generated === true ||
      (form.definition.unique ?? []).some((set) => set.length === 1 && set[0] === name))
  )
}

/** Best first: every field that is unique by itself, then what is usually called so, then the title. */
export function keysOf(model: Model, form: string): readonly string[] {
  const found = model.forms.get(form)
  if (!found) return []
  const keys = [...found.fields.values()]
    .filter(({ name, table }) => !table && isKey(found, name))
    .map(({ name }) => name)
  const composed = (found.definition.unique ?? []).flat().filter((name) => usualNames.includes(name))
  const named = usualNames.filter((name) => found.fields.get(name)?.type.is === 'text')
  return [...new Set([...keys, ...composed, ...named, 'title', 'id'])]
}

/** The field that takes the text when a target is made for it; null: none can. */
export function namingField(form: FormModel, key: string | undefined): FieldModel | null {
  const takes = (name: string | undefined): FieldModel | null => {
    const field = name === undefined ? undefined : form.fields.get(name)
    return field && !field.computed && !field.table && field.kind.generated !== true ? field : null
  }
  if (key !== undefined && key !== 'title') return key === 'id' ? null : takes(key)
  const { title } = form.definition as { readonly title?: unknown }
  const quoted = typeof title === 'object' && title !== null && 'var' in title ? String(title.var) : undefined
  const unique = [...form.fields.values()].find((field) => isKey(form, field.name) && takes(field.name))
  return takes(quoted) ?? takes('name') ?? unique ?? null
}

/** The form that a link column points at; null: it is no link to one form. */
export function linkedForm(field: FieldModel): string | null {
  const type = field.type.is === 'list' ? field.type.of : field.type
  return type.is === 'record' && type.table === undefined ? type.form : null
}
