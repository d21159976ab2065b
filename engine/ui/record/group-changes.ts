/** Consecutive edits of one person within five minutes are one entry. */
import type { FieldChange, HistoryEntry } from '#contract/wire-record.ts'

const together = 5 * 60_000

export function groupChanges(changes: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const newestFirst = [...changes].sort((a, b) => b.version - a.version)
  const groups: HistoryEntry[] = []
  for (const change of newestFirst) {
    const last = groups[groups.length - 1]
    if (last && belongs(last, change)) groups[groups.length - 1] = merge(last, change)
    else groups.push(change)
  }
  return groups
}

function belongs(later: HistoryEntry, earlier: HistoryEntry): boolean {
  return (
    !isSpecial(later) &&
    !isSpecial(earlier) &&
    later.by?.id === earlier.by?.id &&
    Date.parse(later.at) - Date.parse(earlier.at) < together
  )
}

/** Made, deleted and brought back stand alone. */
function isSpecial(entry: HistoryEntry): boolean {
  return entry.version === 1 || 'deleted_at' in entry.fields
}

/** From the earliest "before" to the latest "after". */
function merge(later: HistoryEntry, earlier: HistoryEntry): HistoryEntry {
  const fields: Record<string, FieldChange> = { ...earlier.fields }
  for (const [name, change] of Object.entries(later.fields))
    fields[name] = { before: (fields[name] ?? change).before, after: change.after }
  const tables = { ...earlier.tables }
  for (const [name, rows] of Object.entries(later.tables ?? {})) tables[name] = [...(tables[name] ?? []), ...rows]
  return { ...later, fields, tables }
}
