/** `url`: a web address, http or https only, without a name or password in it. */
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, refuse } from '../../values/answer.ts'
import { parseLine } from '../../values/text-value.ts'

const longest = 2000
const address =
  /^(https?):\/\/((?:[\p{L}\p{N}_-]+\.)*[\p{L}\p{N}_-]+|\[[0-9a-f:.]+\])(:\d{1,5})?([/?#][^\s"<>\\^`{|}]*)?$/iu

export const url = defineFieldKind({
  name: 'url',
  version: 1,
  label: both('Web address', '网址'),
  icon: 'world',
  group: 'text',
  options: [],
  computable: true,
  type: () => valueTypes.text,
  parse: parseUrl,
  parseText: (typed) => parseUrl(typed.trim() === '' || typed.includes(':') ? typed : `https://${typed.trim()}`),
  format: (value) => (typeof value === 'string' ? value : ''),
  check: () => [],
  sample: () => 'https://example.com/',
})

/** Scheme and host in small letters; the path as it came. */
function parseUrl(input: unknown): Parsed {
  const line = parseLine(input)
  if (!line.ok || typeof line.value !== 'string') return line
  if (line.value.length > longest) return refuse('too-long', { max: longest })
  const match = address.exec(line.value)
  if (match === null) return refuse('not-a-url')
  const [, scheme = '', host = '', port = '', rest = ''] = match
  return accept(`${scheme.toLowerCase()}://${host.toLowerCase()}${port}${rest}`)
}
