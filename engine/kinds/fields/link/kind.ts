/** `link`: one record of another form, or one row of a table of it. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { accept, both, issue, textOption } from '../../values/answer.ts'
import {
  copyOptions,
  filterOption,
  onDeleteOption,
  parseRecordId,
  sampleId,
  targetOf,
  toOption,
} from '../../values/record-link.ts'

export const link = defineFieldKind({
  name: 'link',
  version: 1,
  label: both('Link', '关联'),
  icon: 'link',
  group: 'record',
  options: [
    toOption,
    filterOption,
    onDeleteOption('block', 'clear', 'cascade'),
    ...copyOptions,
    {
      name: 'tree',
      label: both('Makes a tree', '树形结构'),
      help: both('A link to the own form; no record is its own ancestor', '关联到本表单；记录不能成为自己的上级'),
      editor: 'switch',
      schema: { type: 'boolean' },
      default: false,
    },
    {
      name: 'table',
      label: both('Row of table', '明细表'),
      help: both('Points at a row of this table of the other form', '指向对方表单中该明细表的一行'),
      editor: 'field',
      schema: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' },
    },
  ],
  computable: true,
  type(field) {
    const table = textOption(field.table)
    return table === undefined
      ? { is: 'record', form: targetOf(field) }
      : { is: 'record', form: targetOf(field), table }
  },
  parse: (input) => parseRecordId(input),
  parseText: (typed) => (typed.trim() === '' ? accept(null) : parseRecordId(typed)),
  format: (value) => (typeof value === 'string' ? value : ''),
  check: () => [],
  sample: () => sampleId,
  linksTo: (field) => [targetOf(field)],
  checkOptions: (field) =>
    field.tree === true && field.table !== undefined ? [issue('tree-of-rows', undefined, '/tree')] : [],
})
