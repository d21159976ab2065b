/** `user`: a person of this workspace; a link to the system form `user`. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { accept, both } from '../../values/answer.ts'
import { copyOptions, filterOption, onDeleteOption, parseRecordId, sampleId } from '../../values/record-link.ts'

export const user = defineFieldKind({
  name: 'user',
  version: 1,
  label: both('Person', '人员'),
  icon: 'user',
  group: 'people',
  options: [filterOption, onDeleteOption('block', 'clear'), ...copyOptions],
  computable: true,
  type: () => ({ is: 'record', form: 'user' }),
  parse: (input) => parseRecordId(input),
  parseText: (typed) => (typed.trim() === '' ? accept(null) : parseRecordId(typed)),
  format: (value) => (typeof value === 'string' ? value : ''),
  check: () => [],
  sample: () => sampleId,
  linksTo: () => ['user'],
})
