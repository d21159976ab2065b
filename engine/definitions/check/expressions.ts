/** The expressions of fields and forms: formulas, defaults, rules, filters, checks, titles, locks. */
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FormModel } from '../model.ts'
import { valueTypes } from '../value-type.ts'
import { below, type Check, type CheckedExpression, type Checking, error, expressionIssues } from './checking.ts'
import { type PlacedField, placedFields } from './each-field.ts'
import { isExpression } from './fields.ts'
import { checkPlace, defaultPlace, formulaPlace, linkFilterPlace, rulePlace, titlePlace } from './places.ts'
import { tableOf } from './resolve.ts'

export const checkExpressions: Check = (checking) => [
  ...placedFields(checking.model).flatMap((placed) => [
    ...formulaIssues(checking, placed),
    ...ruleIssues(checking, placed),
    ...otherIssues(checking, placed),
  ]),
  ...[...checking.model.forms.values()].flatMap((form) => formIssues(checking, form)),
]

/** A stored formula that would be right as an unstored one says so, instead of naming each read. */
function formulaIssues(checking: Checking, { field, table, pointer }: PlacedField): readonly Issue[] {
  const { formula } = field.definition
  if (formula === undefined) return []
  const at = `${pointer}/formula`
  const answer = checking.compile(formula, formulaPlace(checking.model, table, field), field.type)
  if (answer.ok) return field.stored ? unstoredReads(answer.value, { field, table, pointer: at }) : []
  const open = field.stored && checking.compile(formula, rulePlace(checking.model, table), field.type).ok
  return open
    ? [
        error(at, 'stored-formula', {
          reads: answer.issues.map((issue) => String(issue.params?.name ?? '')).join(', '),
        }),
      ]
    : below(answer.issues, at)
}

/** A stored value cannot follow one that exists only while it is read. */
function unstoredReads(
  formula: CheckedExpression,
  { table, pointer }: Pick<PlacedField, 'field' | 'table' | 'pointer'>,
): readonly Issue[] {
  const unstored = formula.reads.filter(([head = '', column = '']) => {
    const own = table.fields.get(head)
    return own?.stored === false || own?.table?.fields.get(column)?.stored === false
  })
  return unstored.map((path) => error(pointer, 'stored-reads-unstored', { name: path.join('.') }))
}

function ruleIssues(checking: Checking, { field, table, pointer }: PlacedField): readonly Issue[] {
  const rules = ['required', 'visible', 'readonly'] as const
  return rules.flatMap((name) => {
    const rule = field.definition[name]
    if (rule === undefined || typeof rule === 'boolean') return []
    return expressionIssues(checking, rule, {
      pointer: `${pointer}/${name}`,
      place: rulePlace(checking.model, table),
      expected: valueTypes.boolean,
    })
  })
}

function otherIssues(checking: Checking, { field, table, pointer }: PlacedField): readonly Issue[] {
  const { default: fallback, filter } = field.definition
  const target = field.kind.linksTo?.(field.definition)[0]
  const candidates =
    target === undefined
      ? undefined
      : tableOf(checking.model, target, field.type.is === 'record' ? field.type.table : undefined)
  return [
    ...(isExpression(fallback)
      ? expressionIssues(checking, fallback, {
          pointer: `${pointer}/default`,
          place: defaultPlace(checking.model, table),
          expected: field.type,
        })
      : []),
    ...(candidates
      ? expressionIssues(checking, filter as Json | undefined, {
          pointer: `${pointer}/filter`,
          place: linkFilterPlace(checking.model, table, candidates),
          expected: valueTypes.boolean,
        })
      : []),
  ]
}

function formIssues(checking: Checking, form: FormModel): readonly Issue[] {
  const pointer = `/form/${form.name}`
  const place = checkPlace(checking.model, form)
  const { title, checks, locked_when: locked } = form.definition
  return [
    ...expressionIssues(checking, title, { pointer: `${pointer}/title`, place: titlePlace(checking.model, form) }),
    ...(checks ?? []).flatMap((check) =>
      expressionIssues(checking, check.assert, {
        pointer: `${pointer}/checks/${check.name}/assert`,
        place,
        expected: valueTypes.boolean,
      }),
    ),
    ...expressionIssues(checking, locked?.when, {
      pointer: `${pointer}/locked_when/when`,
      place,
      expected: valueTypes.boolean,
    }),
  ]
}
