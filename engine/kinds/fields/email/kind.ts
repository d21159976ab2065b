/** `email`: one address, in small letters, so that equal addresses are equal values. */
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, refuse } from '../../values/answer.ts'
import { parseLine } from '../../values/text-value.ts'

/** The `valid e-mail address` of the HTML standard, plus letters of other scripts, and a domain with a dot. */
const address =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u

export const email = defineFieldKind({
  name: 'email',
  version: 1,
  label: both('Email', '电子邮箱'),
  icon: 'mail',
  group: 'text',
  options: [],
  computable: true,
  type: () => valueTypes.text,
  parse: parseEmail,
  parseText: parseEmail,
  format: (value) => (typeof value === 'string' ? value : ''),
  check: () => [],
  sample: () => 'li.wei@example.com',
})

function parseEmail(input: unknown): Parsed {
  const line = parseLine(typeof input === 'string' ? input.toLowerCase() : input)
  if (!line.ok || line.value === null || typeof line.value !== 'string') return line
  return line.value.length <= 254 && address.test(line.value) ? accept(line.value) : refuse('not-an-email')
}
