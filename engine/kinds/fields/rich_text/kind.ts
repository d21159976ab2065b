/** `rich_text`: formatted text, kept as the sanitised subset of HTML. */
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, issue, numberOption, refuse } from '../../values/answer.ts'
import { plainText, readRich, sanitise } from './sanitise.ts'

const defaultMax = 20_000
/** Longer input is not looked at. */
const longestInput = 2_000_000

export const richText = defineFieldKind({
  name: 'rich_text',
  version: 1,
  label: both('Formatted text', '富文本'),
  icon: 'text-caption',
  group: 'text',
  options: [
    {
      name: 'max_length',
      label: both('Longest', '最多字数'),
      help: both('Characters including the formatting', '含格式标记的字符数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      default: defaultMax,
    },
  ],
  computable: false,
  type: () => valueTypes.text,
  parse: parseRich,
  parseText: (typed) => parseRich(/<\/?[a-z][^>]*>/i.test(typed) ? typed : paragraphs(typed)),
  format: (value) => (typeof value === 'string' ? plainText(readRich(value)) : ''),
  check(value, field) {
    const max = numberOption(field.max_length, defaultMax)
    return typeof value === 'string' && value.length > max ? [issue('too-long', { max })] : []
  },
  sample: () => '<p>A paragraph with <strong>strong</strong> words.</p><ul><li>One</li><li>Two</li></ul>',
})

function parseRich(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (typeof input !== 'string') return refuse('wrong-type', { expected: 'text' })
  if (input.length > longestInput) return refuse('too-long', { max: longestInput })
  const safe = sanitise(input.normalize('NFC'))
  return accept(safe === '' ? null : safe)
}

/** Plain text as it was typed: one paragraph per line. */
function paragraphs(typed: string): string {
  const lines = typed.split(/\r\n?|\n/).filter((line) => line.trim() !== '')
  return lines.map((line) => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`).join('')
}
