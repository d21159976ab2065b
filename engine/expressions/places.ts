/** The places where expressions stand in a form, and what each may see. One function per place, so that check and run time agree. */
import { Bug } from '#base/bug.ts'
import type { FieldModel, FormModel, Model, TableModel } from '#definitions/model.ts'
import type { Place } from './expression.ts'

/** The form of the name; a missing one is a bug of the caller. */
export function formOf(model: Model, form: string): FormModel {
  const found = model.forms.get(form)
  if (!found) throw new Bug('no such form', { form })
  return found
}

/** The form itself, or the named table of it. */
export function tableOf(model: Model, form: string, table?: string): TableModel {
  const owner = formOf(model, form)
  if (table === undefined) return owner
  const found = owner.fields.get(table)?.table
  if (!found) throw new Bug('no such table', { form, table })
  return found
}

/** `formula`: a stored one sees the record, its parent and its rows; one computed when read sees links, user and time too. */
export function formulaPlace(model: Model, table: TableModel, field: FieldModel): Place {
  return field.stored ? ownPlace(model, table) : { ...ownPlace(model, table), links: true, user: true, time: true }
}

/** `visible`, `required`, `readonly`. */
export function rulePlace(model: Model, table: TableModel): Place {
  return { ...ownPlace(model, table), links: true, user: true, time: true }
}

/** `default`. */
export function defaultPlace(model: Model, table: TableModel): Place {
  return { ...ownPlace(model, table), user: true, time: true }
}

/** `checks`, transition guards, `locked_when`. */
export function checkPlace(model: Model, form: FormModel): Place {
  return { ...ownPlace(model, form), links: true, user: true, time: true, old: true }
}

/** `title`. */
export function titlePlace(model: Model, form: FormModel): Place {
  return { ...ownPlace(model, form), links: true }
}

/** `filter` of a link of `table`, over the candidates of `target`. */
export function linkFilterPlace(model: Model, table: TableModel, target: TableModel): Place {
  const own = ownPlace(model, table)
  return {
    ...ownPlace(model, target),
    record: table,
    ...(own.parent ? { recordParent: own.parent } : {}),
    links: true,
    user: true,
    time: true,
    sql: true,
  }
}

/** `where` of a roll-up, over its source. */
export function rollupPlace(model: Model, source: TableModel): Place {
  return { ...ownPlace(model, source), sql: true }
}

/** Row rules of roles, filters of views and of requests. */
export function filterPlace(model: Model, form: FormModel): Place {
  return { ...ownPlace(model, form), links: true, user: true, time: true, sql: true }
}

function ownPlace(model: Model, table: TableModel): Place {
  return table.table === undefined ? { model, table } : { model, table, parent: formOf(model, table.form) }
}
