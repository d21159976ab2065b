/** The options of a field whose name holds what was typed. */
import type { FieldDefinition } from '#definitions/definition.ts'
import type { PickedRecord } from '../field-faces.ts'
import { optionLabel, optionsOf } from '../values/option-list.ts'

export function findOptions(field: FieldDefinition, locale: string, query: string): Promise<readonly PickedRecord[]> {
  const wanted = query.normalize('NFKC').trim().toLowerCase()
  const offered = optionsOf(field).filter((option) => option.archived !== true)
  const found = offered.filter(
    (option) =>
      optionLabel(option, locale).toLowerCase().includes(wanted) || option.value.toLowerCase().includes(wanted),
  )
  return Promise.resolve(found.map((option) => ({ id: option.value, title: optionLabel(option, locale) })))
}
