/** Names of definitions, fields and other referenced things: what is allowed, and what is reserved. */
export const namePattern = /^[a-z][a-z0-9_]{0,39}$/

/** System fields of every record; `state` only where a lifecycle is. */
export const systemFields = [
  'id',
  'version',
  'title',
  'owner',
  'state',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'can',
] as const
export type SystemField = (typeof systemFields)[number]

/** Names that a field cannot have: system fields, what an answer puts beside them, and the other columns of the store. */
export const reservedFields: ReadonlySet<string> = new Set([
  ...systemFields,
  'warnings',
  'deleted_at',
  'parent_id',
  'position',
  'target_id',
  // What SQLite takes for a value even in quotes, and what PostgreSQL itself keeps of each row.
  'true',
  'false',
  'ctid',
  'tableoid',
  'cmin',
  'cmax',
  'xmin',
  'xmax',
])

/** Forms that the engine itself owns; packs may extend but not define them. */
export const systemForms = ['user', 'team', 'role', 'delegation'] as const

const forbidden = new Set(['__proto__', 'constructor', 'prototype', 'hasownproperty', 'tostring', 'valueof'])

/** True when the name has the right shape and reaches no prototype. */
export function isName(name: unknown): name is string {
  return typeof name === 'string' && namePattern.test(name) && !forbidden.has(name)
}
