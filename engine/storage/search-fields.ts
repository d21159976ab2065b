/** Which fields of a form are searched: its title, and every stored text that the definition marks. */
import type { FieldModel, FormModel } from '#definitions/model.ts'
import type { Texture } from './search-text.ts'

export interface SearchedField {
  readonly name: string
  readonly texture: Texture
}

const known = new WeakMap<FormModel, readonly SearchedField[]>()

export function searchedFields(form: FormModel): readonly SearchedField[] {
  const found = known.get(form)
  if (found !== undefined) return found
  const marked = [...form.fields.values()].filter(isSearched)
  const made = [{ name: 'title', texture: 'plain' as const }, ...marked.map((field) => searched(field))]
  known.set(form, made)
  return made
}

export function isSearched(field: FieldModel): boolean {
  return field.definition.search === true && field.type.is === 'text' && field.stored
}

/** Found by the title of what it leads to. */
export function isSearchedLink(field: FieldModel): boolean {
  return field.definition.search === true && field.type.is === 'record' && field.stored
}

function searched({ name, definition }: FieldModel): SearchedField {
  const texture = definition.type === 'phone' ? 'phone' : definition.type === 'rich_text' ? 'html' : 'plain'
  return { name, texture }
}

/** Raised when the same text would give other tokens than before: then every form is read anew. */
const tokensVersion = 1

/** Another shape needs another index. */
export function searchShape(form: FormModel): string {
  return JSON.stringify([tokensVersion, ...searchedFields(form).map(({ name, texture }) => [name, texture])])
}
