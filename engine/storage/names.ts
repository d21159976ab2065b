/** Physical names: deterministic, at most 60 characters, always quoted where used. */
import { createHash } from 'node:crypto'

const maxLength = 60

/** `order` → `r_order`; its table `lines` → `r_order$lines`; `$` cannot stand in a definition's name, so no two names meet. */
export function physicalName(form: string, table?: string): string {
  return shorten(table === undefined ? `r_${form}` : `r_${form}$${table.replaceAll('.', '$')}`)
}

/** The join table of a `links` field of a form, or of a table of it. */
export function joinName(form: string, field: string, table?: string): string {
  return physicalName(form, table === undefined ? field : `${table}.${field}`)
}

/** Index `purpose` of a physical table. */
export function indexName(table: string, purpose: string): string {
  return shorten(`ix_${table.slice(2)}$${purpose}`)
}

export const tableNames = { table: physicalName }

function shorten(name: string): string {
  if (name.length <= maxLength) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12)
  return `${name.slice(0, maxLength - 13)}_${hash}`
}
