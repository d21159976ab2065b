/** Consecutive edits of one person within five minutes are one entry. */
import type { HistoryEntry } from '#contract/wire-record.ts'

const together = 5 * 60_000

export function groupChanges(changes: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const newestFirst = [...changes].sort((a, b) => b.version - a.version)
  const groups: HistoryEntry[] = []
  for (const change of newestFirst) {
    const last = groups[groups.length - 1]
    if (last && belongs(last, change)) groups[groups.length - 1] = { ...last, before: { ...last.before, ...change.before }, after: { ...change.after, ...last.after } }
    else groups.push(change)
  }
  return groups
}

function belongs(later: HistoryEntry, earlier: HistoryEntry): boolean {
  const edits = later.before !== null && later.after !== null && earlier.before !== null && earlier.after !== null
  return edits && later.actor?.id === earlier.actor?.id && Date.parse(later.at) - Date.parse(earlier.at) < together
}
