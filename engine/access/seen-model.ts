/** The model as a caller sees it: fields that no grant opens are not in it, so that checking against it cannot tell hidden from unknown. */
import type { FormModel, Model, TableModel } from '#definitions/model.ts'
import { type FormPolicy, has, type Policy } from './policy.ts'

const cache = new WeakMap<Policy, Model>()

/** Forms without any grant stay, without fields: links to them end there. */
export function seenModel(model: Model, policy: Policy): Model {
  if (policy.admin) return model
  const known = cache.get(policy)
  if (known) return known
  const made: Model = {
    ...model,
    forms: new Map([...model.forms].map(([name, form]) => [name, seenForm(form, policy.form(name))])),
  }
  cache.set(policy, made)
  return made
}

/** Some read grant opens the path (as it is, not masked). */
export function mayRead(policy: FormPolicy, path: string): boolean {
  return policy.grants.some((grant) => has(grant.verbs, 'read') && grant.fields.reads(path))
}

/** Some read grant opens the path, or shows the end of it. */
export function mayShow(policy: FormPolicy, path: string): boolean {
  return mayRead(policy, path) || policy.grants.some((grant) => has(grant.verbs, 'read') && grant.fields.masks(path))
}

/** The form as one who writes knows it: with the fields that a create or update grant opens. Any other field is an unknown one. */
export function writableForm(form: FormModel, policy: FormPolicy): FormModel {
  const writers = policy.grants.filter((grant) => has(grant.verbs, 'create') || has(grant.verbs, 'update'))
  const opens = (path: string) => writers.some((grant) => grant.fields.reads(path))
  const fields = [...form.fields].flatMap(([name, field]) => {
    if (!field.table) return opens(name) ? [[name, field] as const] : []
    const columns = new Map([...field.table.fields].filter(([column]) => opens(`${name}.${column}`)))
    return columns.size > 0 ? [[name, { ...field, table: { ...field.table, fields: columns } }] as const] : []
  })
  return { ...form, fields: new Map(fields) }
}

function seenForm(form: FormModel, policy: FormPolicy | null): FormModel {
  const fields = [...form.fields].flatMap(([name, field]) => {
    if (!policy) return []
    if (!field.table) return mayRead(policy, name) ? [[name, field] as const] : []
    const table = seenTable(field.table, policy)
    return table.fields.size > 0 ? [[name, { ...field, table }] as const] : []
  })
  return { ...form, fields: new Map(fields) }
}

function seenTable(table: TableModel, policy: FormPolicy): TableModel {
  return { ...table, fields: new Map([...table.fields].filter(([name]) => mayRead(policy, `${table.table}.${name}`))) }
}
