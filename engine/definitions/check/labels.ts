/** Texts for people that are missing: no label at all, or none in a language that the pack promises. Warnings, never more. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { languages as defaultLanguages } from '#base/text.ts'
import { amendable } from '../amendable.ts'
import type { SourcedDefinition } from '../definition.ts'
import type { Model } from '../model.ts'
import { systemPack } from '../system/forms.ts'
import { type Check, warning } from './checking.ts'

export const checkLabels: Check = ({ model }) =>
  model.sources
    .filter(({ pack }) => pack !== systemPack)
    .flatMap((source) =>
      textIssues(source.definition as unknown as Json, {
        pointer: pointerOf(source),
        languages: languagesOf(model, source),
      }),
    )

interface TextPlace {
  readonly pointer: string
  readonly languages: readonly string[]
}

const textKeys = new Set([
  'label',
  'plural',
  'help',
  'message',
  'description',
  'text',
  'subject',
  'confirm',
  'thanks',
  'comment',
])
/** Lists whose members people meet by their label. */
const labelled = new Set(['fields', 'states', 'transitions', 'menu', 'measures'])

function pointerOf({ definition }: SourcedDefinition): string {
  const name = definition.name ?? ('extends' in definition ? definition.extends : '')
  return `/${definition.kind}/${name}`
}

/** Those of the pack; for the workspace those of all packs together. */
function languagesOf(model: Model, { pack }: SourcedDefinition): readonly string[] {
  const packs = pack === undefined ? [...model.packs.values()] : [model.packs.get(pack)]
  const named = new Set(packs.flatMap((one) => one?.languages ?? []))
  return named.size > 0 ? [...named] : defaultLanguages
}

function textIssues(definition: Json, place: TextPlace): readonly Issue[] {
  if (!isObject(definition)) return []
  const extending = definition.extends !== undefined
  const own =
    !extending && definition.label === undefined
      ? [warning(`${place.pointer}/label`, 'label-missing', { language: place.languages.join(', ') })]
      : []
  return [...own, ...membersOf(definition, place)]
}

function membersOf(value: JsonObject, place: TextPlace): readonly Issue[] {
  return Object.entries(value).flatMap(([key, child]) => {
    const at = { ...place, pointer: `${place.pointer}/${key}` }
    if (textKeys.has(key) && isObject(child)) return incomplete(child, at)
    if (Array.isArray(child)) return listIssues(child, key, at)
    return isObject(child) && key !== 'rollup' ? membersOf(child, at) : []
  })
}

function listIssues(list: readonly Json[], key: string, place: TextPlace): readonly Issue[] {
  return list.filter(isObject).flatMap((item, index) => {
    const name = item.name ?? item.id
    const at = { ...place, pointer: `${place.pointer}/${typeof name === 'string' ? name : index}` }
    const unlabelled =
      labelled.has(key) &&
      typeof name === 'string' &&
      item.label === undefined &&
      !(key === 'fields' && isAmendment(item))
    return [
      ...(unlabelled
        ? [warning(`${at.pointer}/label`, 'label-missing', { language: place.languages.join(', ') })]
        : []),
      ...membersOf(item, at),
    ]
  })
}

/** Adds to a field that exists, which has its label already. */
function isAmendment(field: JsonObject): boolean {
  return (
    field.type === undefined ||
    (Object.keys(field).length > 2 && Object.keys(field).every((key) => key === 'type' || amendable.includes(key)))
  )
}

/** A text map that has some languages, but not all. An object that is no text map (an expression) is left alone. */
function incomplete(text: JsonObject, { pointer, languages }: TextPlace): readonly Issue[] {
  if (!Object.keys(text).every((key) => /^[a-z]{2,3}(-\w+)*$/.test(key))) return []
  const missing = languages.filter((language) => typeof text[language] !== 'string' || text[language] === '')
  return missing.length > 0 && missing.length < languages.length + 1
    ? [warning(pointer, 'label-missing', { language: missing.join(', ') })]
    : []
}
