/**
 * Records → CSV as the importer reads it. A list of plain values becomes `a;b`. A list of objects is a table field: its
 * columns are `field.column`, its first row stands on the record's line, each further row on a line of its own that
 * repeats the key and leaves the record's other columns empty.
 */
const isTable = (value) => Array.isArray(value) && typeof value[0] === 'object'

const text = (value) => {
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.join(';') : String(value)
}

const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The names of all columns, in the order in which the records bring them. */
function columnsOf(rows) {
  const columns = new Map()
  for (const row of rows) {
    for (const [field, value] of Object.entries(row)) {
      const names = columns.get(field) ?? new Set()
      if (isTable(value)) for (const line of value) for (const name of Object.keys(line)) names.add(name)
      columns.set(field, names)
    }
  }
  return [...columns].flatMap(([field, names]) =>
    names.size === 0 ? [{ field }] : [...names].map((name) => ({ field, name })),
  )
}

function cellAt(row, column, line) {
  const value = row[column.field]
  if (column.name === undefined) return line === 0 && !isTable(value) ? text(value) : ''
  return text(value?.[line]?.[column.name])
}

function linesOf(row, columns, key) {
  const count = Math.max(
    1,
    ...Object.values(row)
      .filter(isTable)
      .map((table) => table.length),
  )
  return Array.from({ length: count }, (_, line) =>
    columns.map((column) => (line > 0 && column.field === key ? text(row[key]) : cellAt(row, column, line))),
  )
}

/** `key` names the field that tells records apart; it may be undefined for a form without tables. */
export function toCsv(key, rows) {
  const columns = columnsOf(rows)
  const head = columns.map(({ field, name }) => (name === undefined ? field : `${field}.${name}`))
  const lines = rows.flatMap((row) => linesOf(row, columns, key))
  return `${[head, ...lines].map((line) => line.map(quoted).join(',')).join('\n')}\n`
}
