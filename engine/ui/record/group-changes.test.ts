/** Edits that belong together. */
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '#contract/wire-record.ts'
import { groupChanges } from './group-changes.ts'

const edit = (version: number, minute: number, by: string, before: string, after: string): HistoryEntry => ({
  version,
  at: `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`,
  by: { id: by, title: by },
  fields: { name: { before, after } },
})

describe('changes of a record', () => {
  it('joins the edits of one person within five minutes, from the first value to the last', () => {
    const [joined, ...rest] = groupChanges([edit(3, 4, 'ada', 'b', 'c'), edit(2, 1, 'ada', '', 'b')])
    expect(rest).toEqual([])
    expect(joined).toMatchObject({ version: 3, fields: { name: { before: '', after: 'c' } } })
  })

  it('keeps apart what others did, what came later, and the making of the record', () => {
    expect(
      groupChanges([
        edit(4, 30, 'ada', 'c', 'd'),
        edit(3, 4, 'bob', 'b', 'c'),
        edit(2, 3, 'ada', 'a', 'b'),
        edit(1, 2, 'ada', '', 'a'),
      ]).map((entry) => entry.version),
    ).toEqual([4, 3, 2, 1])
  })
})
