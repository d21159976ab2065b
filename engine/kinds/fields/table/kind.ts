/** `table`: rows of their own fields inside the record. Each cell is parsed by the kind of its column, above. */
import { isObject, type Json } from '#base/json.ts'
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { accept, both, isEmpty, issue, numberOption, refuse } from '../../values/answer.ts'
import { readJson } from '../../values/json-text.ts'
import { limitsCross } from '../../values/option-limits.ts'

const defaultMax = 1000

export const table = defineFieldKind({
  name: 'table',
  version: 1,
  label: both('Table', '明细表'),
  icon: 'table',
  group: 'record',
  options: [
    {
      name: 'fields',
      label: both('Columns', '列'),
      editor: 'fields',
      schema: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'object' } },
      required: true,
    },
    {
      name: 'min_rows',
      label: both('Fewest rows', '最少行数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 0, maximum: 5000 },
      default: 0,
    },
    {
      name: 'max_rows',
      label: both('Most rows', '最多行数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 1, maximum: 5000 },
      default: defaultMax,
    },
  ],
  computable: false,
  type: (field) => ({ is: 'rows', table: field.name }),
  parse: parseRows,
  parseText(typed) {
    if (typed.trim() === '') return accept([])
    return parseRows(readJson(typed) ?? typed)
  },
  format(value, _field, context) {
    const count = Array.isArray(value) ? value.length : 0
    if (context.locale.startsWith('zh')) return `${count} 行`
    return count === 1 ? '1 row' : `${count} rows`
  },
  check(value, field) {
    const count = Array.isArray(value) ? value.length : 0
    const min = numberOption(field.min_rows, 0)
    const max = numberOption(field.max_rows, defaultMax)
    if (count < min) return [issue('too-few-rows', { min })]
    return count > max ? [issue('too-many-rows', { max })] : []
  },
  sample: () => [],
  checkOptions: (field) =>
    limitsCross({ ...field, max_rows: numberOption(field.max_rows, defaultMax) }, 'min_rows', 'max_rows'),
})

/** Rows stay as they came: their cells belong to other kinds. Empty is the empty list. */
function parseRows(input: unknown): Parsed {
  if (isEmpty(input)) return accept([])
  if (!Array.isArray(input)) return refuse('wrong-type', { expected: 'rows' })
  const broken = input.findIndex((row) => !isObject(row))
  if (broken >= 0) return refuse('wrong-type', { expected: 'row' }, `/${broken}`)
  return accept(input as readonly Json[])
}
