/** Roll-ups: source, link, figure and condition exist, and the result fits the field. */
import type { Issue } from '#base/problems.ts'
import type { RollupDefinition } from '../definition.ts'
import type { TableModel } from '../model.ts'
import { fieldType } from '../system-fields.ts'
import { type ValueType, valueTypes } from '../value-type.ts'
import { type Check, type Checking, error, expressionIssues, isNumeric } from './checking.ts'
import { type PlacedField, placedFields } from './each-field.ts'
import { fits } from './links.ts'
import { rollupPlace } from './places.ts'
import { tableOf } from './resolve.ts'

export const checkRollups: Check = (checking) =>
  placedFields(checking.model).flatMap((placed) =>
    placed.field.definition.rollup ? rollupIssues(checking, placed, placed.field.definition.rollup) : [],
  )

function rollupIssues(checking: Checking, placed: PlacedField, rollup: RollupDefinition): readonly Issue[] {
  const pointer = `${placed.pointer}/rollup`
  if (!checking.model.forms.has(rollup.form)) return [error(`${pointer}/form`, 'unknown-form', { name: rollup.form })]
  const source = tableOf(checking.model, rollup.form, rollup.table)
  if (!source) return [error(`${pointer}/table`, 'unknown-table', { name: rollup.table ?? '' })]
  return [
    ...linkIssues(placed, source, rollup.link).map((code) => error(`${pointer}/link`, code, { name: rollup.link })),
    ...figureIssues(placed, source, rollup).map((issue) => ({ ...issue, pointer: pointer + issue.pointer })),
    ...expressionIssues(checking, rollup.where, {
      pointer: `${pointer}/where`,
      place: rollupPlace(checking.model, source),
      expected: valueTypes.boolean,
    }),
  ]
}

function linkIssues({ table, form }: PlacedField, source: TableModel, link: string): readonly string[] {
  const field = source.fields.get(link)
  if (!field) return ['unknown-field']
  if (field.type.is === 'any_record')
    return field.type.forms.includes(form.name) && table.table === undefined ? [] : ['links-elsewhere']
  const type = field.type.is === 'list' ? field.type.of : field.type
  if (type.is !== 'record') return ['field-not-link']
  return type.form === form.name && type.table === table.table ? [] : ['links-elsewhere']
}

function figureIssues({ field }: PlacedField, source: TableModel, rollup: RollupDefinition): readonly Issue[] {
  if (rollup.field === undefined) {
    return rollup.op === 'count' || rollup.op === 'any'
      ? typeIssue(rollup.op === 'any' ? valueTypes.boolean : valueTypes.integer, field.type)
      : [error('/field', 'missing-property', { property: 'field' })]
  }
  const type = fieldType(source, rollup.field)
  if (!type) return [error('/field', 'unknown-field', { name: rollup.field })]
  if (source.fields.get(rollup.field)?.stored === false)
    return [error('/field', 'rollup-unstored', { name: rollup.field })]
  const result = resultOf(rollup.op, type)
  return result ? typeIssue(result, field.type) : [error('/op', 'rollup-operand', { op: rollup.op, found: type.is })]
}

/** The type of the figure; undefined where the operator cannot take such values. */
function resultOf(op: RollupDefinition['op'], type: ValueType): ValueType | undefined {
  switch (op) {
    case 'count':
    case 'distinct':
      return valueTypes.integer
    case 'avg':
      return isNumeric(type) ? { is: 'decimal', scale: 12 } : type.is === 'duration' ? type : undefined
    case 'sum':
      return isNumeric(type) || type.is === 'duration' ? type : undefined
    case 'any':
      return type.is === 'boolean' ? type : undefined
    case 'min':
    case 'max':
      return ['rows', 'list', 'opaque', 'boolean', 'record', 'any_record'].includes(type.is) ? undefined : type
    case 'latest':
      return type.is === 'rows' ? undefined : type
  }
}

function typeIssue(result: ValueType, wanted: ValueType): readonly Issue[] {
  return fits(result, wanted) ? [] : [error('/op', 'rollup-type', { expected: wanted.is, found: result.is })]
}
