/** What the workspace publishes for an edited form: the form itself where it is its own, else its extension. Law: merge(packs, difference) = edited. */
import type { FieldDefinition, FormDefinition, FormExtension, FormReplacements } from '#definitions/definition.ts'
import { sameJson } from './to-definition.ts'

export interface Publication {
  /** The definition to put; null: nothing of the workspace is left. */
  readonly put: FormDefinition | FormExtension | null
  /** The extension that goes. */
  readonly remove: boolean
}

/** `packs` null: the form is the workspace's own. */
export function publicationOf(
  edited: FormDefinition,
  packs: FormDefinition | null,
  before: FormExtension | null,
): Publication {
  if (!packs) return { put: edited, remove: false }
  const extension = extensionOf(edited, packs, before)
  const empty = Object.keys(extension).every((key) => key === 'kind' || key === 'extends')
  return { put: empty ? null : extension, remove: empty && before !== null }
}

/** What earlier hands added besides fields and layout stays. */
function extensionOf(edited: FormDefinition, packs: FormDefinition, before: FormExtension | null): FormExtension {
  const {
    fields: _fields,
    layout: _layout,
    replaces: _replaces,
    ...kept
  } = before ?? { kind: 'form', extends: packs.name }
  const fields = addedFields(edited.fields, packs.fields)
  const replaces = replacements(edited, packs)
  return {
    ...kept,
    ...(fields.length > 0 ? { fields } : {}),
    ...(Object.keys(replaces).length > 0 ? { replaces } : {}),
  }
}

/** New fields, and for a table that only grew at its end the new columns. */
function addedFields(
  edited: readonly FieldDefinition[],
  packs: readonly FieldDefinition[],
): readonly FieldDefinition[] {
  return edited.flatMap((field): readonly FieldDefinition[] => {
    const theirs = packs.find((other) => other.name === field.name)
    if (!theirs) return [field]
    const columns = grownBy(field, theirs)
    return columns ? [{ name: field.name, fields: columns } as unknown as FieldDefinition] : []
  })
}

function replacements(edited: FormDefinition, packs: FormDefinition): FormReplacements {
  const changed = edited.fields.filter((field) => {
    const theirs = packs.fields.find((other) => other.name === field.name)
    return theirs !== undefined && !sameJson(field, theirs) && !grownBy(field, theirs)
  })
  const around = (['icon', 'label', 'plural', 'title', 'layout'] as const).filter(
    (key) => edited[key] !== undefined && !sameJson(edited[key], packs[key]),
  )
  return {
    ...Object.fromEntries(around.map((key) => [key, edited[key]])),
    ...(changed.length > 0 ? { fields: changed } : {}),
  }
}

/** The columns that a table gained at its end while all else stayed; null otherwise. */
function grownBy(field: FieldDefinition, theirs: FieldDefinition): readonly FieldDefinition[] | null {
  const [own, known] = [field.fields ?? [], theirs.fields ?? []]
  const grown = known.length > 0 && own.length > known.length && sameJson(own.slice(0, known.length), known)
  return grown && sameJson({ ...field, fields: known }, theirs) ? own.slice(known.length) : null
}
