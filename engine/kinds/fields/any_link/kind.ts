/** `any_link`: one record of one of several forms; `form/id` on the wire. */
import { isName } from '#base/names.ts'
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { accept, both, isEmpty, issue, refuse, textsOption } from '../../values/answer.ts'
import { isRecordId, onDeleteOption, sampleId } from '../../values/record-link.ts'

export const anyLink = defineFieldKind({
  name: 'any_link',
  version: 1,
  label: both('Link to any of', '任意关联'),
  icon: 'git-merge',
  group: 'record',
  options: [
    {
      name: 'to',
      label: both('Links to', '可关联的表单'),
      editor: 'form',
      required: true,
      schema: {
        type: 'array',
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
        items: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' },
      },
    },
    onDeleteOption('block', 'clear', 'cascade'),
  ],
  computable: false,
  type: (field) => ({ is: 'any_record', forms: textsOption(field.to) }),
  parse: parseAnyLink,
  parseText: (typed) => (typed.trim() === '' ? accept(null) : parseAnyLink(typed)),
  format: (value) => (typeof value === 'string' ? value : ''),
  check(value, field) {
    const forms = textsOption(field.to)
    return typeof value === 'string' && forms.includes(value.split('/')[0] ?? '')
      ? []
      : [issue('not-linked-form', { forms: forms.join(', ') })]
  },
  sample: (field) => `${textsOption(field.to)[0] ?? 'user'}/${sampleId}`,
  linksTo: (field) => textsOption(field.to),
})

function parseAnyLink(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (typeof input === 'object' && input !== null && 'form' in input && 'id' in input)
    return parseAnyLink(`${String(input.form)}/${String(input.id)}`)
  if (typeof input !== 'string') return refuse('wrong-type', { expected: 'link' })
  const [form = '', id = '', ...rest] = input.trim().split('/')
  const plain = id.toLowerCase()
  return rest.length === 0 && isName(form) && isRecordId(plain) ? accept(`${form}/${plain}`) : refuse('not-a-link')
}
