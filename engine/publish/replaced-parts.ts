/** What the workspace put in the place of parts of a pack's form, merged with what a new version of the pack makes of these parts. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { FieldDefinition, FormDefinition, FormExtension, SourcedDefinition } from '#definitions/definition.ts'
import { sameJson } from '#definitions/diff/diff-definitions.ts'
import { mergeExtensions } from '#definitions/merge/merge-extensions.ts'
import { type Merging, mergeThree } from '#definitions/merge/three-way.ts'
import { inPackOrder, packOrder } from '#definitions/pack-order.ts'
import { systemDefinitions } from '#definitions/system/forms.ts'

type Sources = readonly SourcedDefinition[]
type Forms = ReadonlyMap<string, FormDefinition>

/** `after` with the workspace's extensions brought along. A replacement that says what the new version says falls away. */
export function mergeReplacements(
  before: Sources,
  after: Sources,
  merging: Omit<Merging, 'pointer'>,
): readonly SourcedDefinition[] {
  const sides = { base: packForms(before), theirs: packForms(after) }
  return after.flatMap((source): Sources => {
    const { definition, pack } = source
    if (pack !== undefined || !isReplacing(definition)) return [source]
    const merged = mergeExtension(definition, sides, merging)
    return Object.keys(merged).length > 2 ? [{ definition: merged }] : []
  })
}

type Replacing = FormExtension & Required<Pick<FormExtension, 'replaces'>>

function isReplacing(definition: SourcedDefinition['definition']): definition is Replacing {
  return definition.kind === 'form' && 'extends' in definition && 'replaces' in definition
}

/** The forms as packs and engine give them, without the workspace. */
function packForms(sources: Sources): Forms {
  const given = [...systemDefinitions, ...sources.filter(({ pack }) => pack !== undefined)]
  const order = packOrder(given.flatMap(({ definition }) => (definition.kind === 'pack' ? [definition] : [])))
  const { definitions } = mergeExtensions(inPackOrder(given, order.order), order)
  const forms = definitions.filter((one): one is FormDefinition => one.kind === 'form')
  return new Map(forms.map((form) => [form.name, form]))
}

function mergeExtension(
  extension: Replacing,
  sides: { readonly base: Forms; readonly theirs: Forms },
  merging: Omit<Merging, 'pointer'>,
): FormExtension {
  const base = sides.base.get(extension.extends)
  const theirs = sides.theirs.get(extension.extends)
  if (!theirs || isAlike(theirs as unknown as Json, json(base))) return extension
  const pointer = `/form/${extension.extends}/replaces`
  const { fields = [], ...parts } = extension.replaces
  const replaced = mergeParts(parts as JsonObject, { base: json(base), theirs: json(theirs) }, { ...merging, pointer })
  const merged = fields.map((field) =>
    mergeField(
      field,
      { base: fieldOf(base, field.name), theirs: fieldOf(theirs, field.name) },
      { ...merging, pointer },
    ),
  )
  const replacing = merged.flatMap(({ replace }) => (replace ? [replace] : []))
  const keeping = merged.flatMap(({ keep }) => (keep ? [keep] : []))
  const { replaces: _replaced, ...rest } = extension
  const replaces = { ...replaced, ...(replacing.length > 0 ? { fields: replacing } : {}) }
  return {
    ...rest,
    ...(keeping.length > 0 ? { fields: [...(extension.fields ?? []), ...keeping] } : {}),
    ...(Object.keys(replaces).length > 0 ? { replaces } : {}),
  } as FormExtension
}

interface Sides {
  readonly base: Json | undefined
  readonly theirs: Json | undefined
}

/** Label, icon, title, layout. */
function mergeParts(parts: JsonObject, { base, theirs }: Sides, merging: Merging): JsonObject {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([key, mine]): readonly (readonly [string, Json])[] => {
      const three = { base: member(base, key), mine, theirs: member(theirs, key) }
      const merged = mergeThree(three, { ...merging, pointer: `${merging.pointer}/${key}` })
      return merged === undefined || isAlike(merged, three.theirs) ? [] : [[key, merged]]
    }),
  )
}

interface MergedField {
  readonly replace?: FieldDefinition
  /** The pack lets the field go, the workspace keeps it as its own. */
  readonly keep?: FieldDefinition
}

function mergeField(mine: FieldDefinition, { base, theirs }: Sides, merging: Merging): MergedField {
  const pointer = `${merging.pointer}/fields/${mine.name}`
  const merged = mergeThree({ base, mine: json(mine), theirs }, { ...merging, pointer })
  if (merged === undefined || isAlike(merged, theirs)) return {}
  const field = merged as unknown as FieldDefinition
  return theirs === undefined ? { keep: field } : { replace: field }
}

function fieldOf(form: FormDefinition | undefined, name: string): Json | undefined {
  return json(form?.fields.find((field) => field.name === name))
}

function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function isAlike(left: Json, right: Json | undefined): boolean {
  return right !== undefined && sameJson(left, right)
}

/** Definitions are JSON. */
function json<T extends object | undefined>(value: T): Json | undefined {
  return value as unknown as Json | undefined
}
