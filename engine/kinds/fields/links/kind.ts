/** `links`: several records of another form, each once. */
import { isObject, type Json } from '#base/json.ts'
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { accept, both, isEmpty, issue, numberOption, refuse } from '../../values/answer.ts'
import { filterOption, onDeleteOption, parseRecordId, sampleId, targetOf, toOption } from '../../values/record-link.ts'
import { textsOf } from '../../values/text-list.ts'

const defaultMax = 200

export const links = defineFieldKind({
  name: 'links',
  version: 1,
  label: both('Links', '多个关联'),
  icon: 'affiliate',
  group: 'record',
  options: [
    toOption,
    filterOption,
    onDeleteOption('block', 'clear'),
    {
      name: 'max_items',
      label: both('Most links', '最多关联数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 1, maximum: 1000 },
      default: defaultMax,
    },
  ],
  computable: false,
  type: (field) => ({ is: 'list', of: { is: 'record', form: targetOf(field) } }),
  parse: parseIds,
  parseText: (typed) => parseIds(typed.split(/[\s,，、;；]+/).filter((part) => part !== '')),
  format: (value) => textsOf(value).join(', '),
  check(value, field) {
    const max = numberOption(field.max_items, defaultMax)
    return textsOf(value).length > max ? [issue('too-many-items', { max })] : []
  },
  sample: () => [sampleId],
  linksTo: (field) => [targetOf(field)],
})

function parseIds(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (!Array.isArray(input)) return refuse('wrong-type', { expected: 'list' })
  const ids = new Set<Json>()
  for (const [index, entry] of input.entries()) {
    const parsed = parseRecordId(isObject(entry) ? entry.id : entry)
    if (!parsed.ok) return refuse(parsed.problem[0]?.code ?? 'not-a-link', { expected: 'link' }, `/${index}`)
    if (parsed.value !== null) ids.add(parsed.value)
  }
  return accept(ids.size === 0 ? null : [...ids])
}
