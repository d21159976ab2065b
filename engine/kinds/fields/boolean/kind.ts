/** `boolean`: yes or no. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'

const yes = new Set(['yes', 'y', 'true', '1', '是', '对', '√', '✓', '✔', '☑'])
const no = new Set(['no', 'n', 'false', '0', '否', '不', '×', '✗', '☐'])

export const boolean = defineFieldKind({
  name: 'boolean',
  version: 1,
  label: both('Yes or no', '是否'),
  icon: 'checkbox',
  group: 'choice',
  options: [],
  computable: true,
  type: () => valueTypes.boolean,
  parse(input) {
    if (isEmpty(input)) return accept(null)
    return typeof input === 'boolean' ? accept(input) : refuse('wrong-type', { expected: 'boolean' })
  },
  parseText(typed) {
    const word = typed.normalize('NFKC').trim().toLowerCase()
    if (word === '') return accept(null)
    if (yes.has(word)) return accept(true)
    return no.has(word) ? accept(false) : refuse('not-a-boolean')
  },
  format(value, _field, context) {
    if (typeof value !== 'boolean') return ''
    if (context.locale.startsWith('zh')) return value ? '是' : '否'
    return value ? 'Yes' : 'No'
  },
  check: () => [],
  sample: () => true,
})
