/** Where the expressions of a form stand, and what each place may see. */
import type { FieldModel, FormModel, Model, TableModel } from '../model.ts'
import type { ExpressionPlace } from './checking.ts'

/** A stored formula sees the record, its parent and its rows; one computed when read also links, the user and the time. */
export function formulaPlace(model: Model, table: TableModel, field: Pick<FieldModel, 'stored'>): ExpressionPlace {
  return field.stored ? ownPlace(model, table) : rulePlace(model, table)
}

export function rulePlace(model: Model, table: TableModel): ExpressionPlace {
  return { ...ownPlace(model, table), links: true, user: true, time: true }
}

export function defaultPlace(model: Model, table: TableModel): ExpressionPlace {
  return { ...ownPlace(model, table), user: true, time: true }
}

export function checkPlace(model: Model, form: FormModel): ExpressionPlace {
  return { ...rulePlace(model, form), old: true }
}

export function titlePlace(model: Model, form: FormModel): ExpressionPlace {
  return { ...ownPlace(model, form), links: true }
}

/** `filter` of a link in `table`: sees the candidate, and the record being edited as `$record`. */
export function linkFilterPlace(model: Model, table: TableModel, target: TableModel): ExpressionPlace {
  const { parent } = ownPlace(model, table)
  return { ...rulePlace(model, target), record: table, ...(parent ? { recordParent: parent } : {}), sql: true }
}

export function rollupPlace(model: Model, source: TableModel): ExpressionPlace {
  return { ...ownPlace(model, source), sql: true }
}

/** Row rules of roles and filters of views. */
export function filterPlace(model: Model, form: FormModel): ExpressionPlace {
  return { ...rulePlace(model, form), sql: true }
}

function ownPlace(model: Model, table: TableModel): ExpressionPlace {
  const parent = table.table === undefined ? undefined : model.forms.get(table.form)
  return parent ? { model, table, parent } : { model, table }
}
