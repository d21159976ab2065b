/** Properties of one field that contradict each other, and the options that its kind judges. */
import { isObject, type Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Model } from '../model.ts'
import { below, type Check, error, warning } from './checking.ts'
import { type PlacedField, placedFields } from './each-field.ts'
import { safePattern } from './safe-pattern.ts'

export const checkFields: Check = ({ model }) => [...placedFields(model).flatMap(ofField), ...tooWide(model)]

function ofField(placed: PlacedField): readonly Issue[] {
  return [
    ...contradictions(placed),
    ...computedIssues(placed),
    ...literalDefault(placed),
    ...below(optionIssues(placed), placed.pointer),
  ]
}

/** A table of a database ends at 1,600 columns, those of removed fields among them. */
const mostFields = 1_000

function tooWide(model: Model): readonly Issue[] {
  return [...model.forms.values()].flatMap((form) => {
    const pointer = `/form/${form.name}/fields`
    const tables = [...form.fields.values()].flatMap(({ name, table }) =>
      table ? [{ pointer: `${pointer}/${name}/fields`, table }] : [],
    )
    return [{ pointer, table: form }, ...tables]
      .filter(({ table }) => table.fields.size > mostFields)
      .map((wide) => error(wide.pointer, 'too-many', { max: mostFields }))
  })
}

function contradictions({ field, table, pointer }: PlacedField): readonly Issue[] {
  const { definition } = field
  const issues: Issue[] = []
  if (definition.required === true && definition.visible === false)
    issues.push(error(`${pointer}/required`, 'required-hidden'))
  if (definition.encrypted === true) issues.push(error(`${pointer}/encrypted`, 'encrypted-unavailable'))
  if (definition.encrypted === true && (definition.search === true || definition.index === true))
    issues.push(error(`${pointer}/encrypted`, 'encrypted-search'))
  if (definition.when_hidden !== undefined && definition.visible === undefined)
    issues.push(warning(`${pointer}/when_hidden`, 'never-hidden'))
  if (field.table && table.table !== undefined) issues.push(error(pointer, 'nested-table'))
  if (definition.fields !== undefined && !field.table)
    issues.push(error(`${pointer}/fields`, 'property-not-for-type', { property: 'fields', type: definition.type }))
  return issues
}

function computedIssues({ field, pointer }: PlacedField): readonly Issue[] {
  const { definition } = field
  const issues: Issue[] = []
  if (definition.formula !== undefined && definition.rollup !== undefined)
    issues.push(error(`${pointer}/rollup`, 'formula-and-rollup'))
  if (field.computed && definition.default !== undefined) issues.push(error(`${pointer}/default`, 'computed-default'))
  if (field.computed && !field.kind.computable)
    issues.push(error(`${pointer}/${field.computed}`, 'not-computable', { type: definition.type }))
  if (!field.stored && field.computed !== 'formula') issues.push(error(`${pointer}/stored`, 'stored-without-formula'))
  if (!field.stored && (definition.unique === true || definition.index === true))
    issues.push(error(`${pointer}/stored`, 'unstored-index'))
  if (field.kind.generated && definition.default !== undefined)
    issues.push(error(`${pointer}/default`, 'computed-default'))
  return issues
}

/** A default that is a plain value must be one that a person could enter; one that is an expression is judged with the others. */
function literalDefault({ field, pointer }: PlacedField): readonly Issue[] {
  const value = field.definition.default
  if (value === undefined || isExpression(value)) return []
  const parsed = field.kind.parse(value, field.definition)
  const issues = parsed.ok
    ? parsed.value === null
      ? []
      : field.kind.check(parsed.value, field.definition)
    : parsed.problem
  return below(issues, `${pointer}/default`)
}

/** True for what the expression layer judges: an object with one operator. */
export function isExpression(value: Json | undefined): boolean {
  return isObject(value) && Object.keys(value).length === 1
}

function optionIssues({ field }: PlacedField): readonly Issue[] {
  const own = field.kind.checkOptions?.(field.definition) ?? []
  const patterns = field.kind.options
    .filter((option) => option.editor === 'pattern')
    .flatMap((option) => {
      const pattern = field.definition[option.name]
      const issue = typeof pattern === 'string' ? safePattern(pattern) : null
      return issue ? [{ ...issue, pointer: `/${option.name}` }] : []
    })
  return [...own, ...patterns]
}
