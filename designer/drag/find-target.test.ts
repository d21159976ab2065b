import { describe, expect, it } from 'vitest'
import { findTarget } from './find-target.ts'
import type { Measured, MeasuredItem } from './measure.ts'

const box = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
})
const item = (id: string, left: number, top: number, width = 100): MeasuredItem => ({
  id,
  box: box(left, top, width, 50),
})
/** Two rows of two and one wide item, then a table, then an empty section. */
const canvas: Measured = {
  tabs: [
    { id: 't1', box: box(0, 0, 60, 30) },
    { id: 't2', box: box(70, 0, 60, 30) },
  ],
  sections: [
    {
      id: 's1',
      tab: 't1',
      box: box(0, 40, 220, 200),
      items: [item('a', 0, 60), item('b', 110, 60), item('c', 0, 120, 210)],
    },
    {
      id: 's2',
      tab: 't1',
      box: box(0, 260, 220, 140),
      items: [{ id: 'd', box: box(0, 280, 210, 100), table: 'lines' }],
    },
    { id: 's3', tab: 't1', box: box(0, 420, 220, 60), items: [] },
  ],
}
const kind = { what: 'kind', kind: 'text' } as const
const place = (x: number, y: number, dragged: Parameters<typeof findTarget>[1] = kind) =>
  findTarget(canvas, dragged, { x, y })?.place

describe('a drag over the canvas', () => {
  it('near the edge of a row asks for a row of its own, before or after it', () => {
    expect(place(20, 63)).toEqual({ parent: 's1', index: 0, beside: null })
    expect(place(20, 107)).toEqual({ parent: 's1', index: 2, beside: null })
    expect(place(20, 168)).toEqual({ parent: 's1', index: 3, beside: null })
  })

  it('over the middle of a row asks for the place beside the nearest field', () => {
    expect(place(10, 85)).toEqual({ parent: 's1', index: 0, beside: 'a' })
    expect(place(95, 85)).toEqual({ parent: 's1', index: 1, beside: 'a' })
    expect(place(200, 85)).toEqual({ parent: 's1', index: 2, beside: 'b' })
  })

  it('counts without the item that is dragged', () => {
    expect(place(20, 168, { what: 'item', id: 'a' })).toEqual({ parent: 's1', index: 2, beside: null })
    expect(place(200, 85, { what: 'item', id: 'a' })).toEqual({ parent: 's1', index: 1, beside: 'b' })
  })

  it('a kind over the middle of a table becomes a column; an item goes above or below it', () => {
    expect(place(100, 330)).toMatchObject({ parent: 'lines' })
    expect(place(100, 320, { what: 'item', id: 'a' })).toEqual({ parent: 's2', index: 0, beside: null })
    expect(place(100, 340, { what: 'item', id: 'a' })).toEqual({ parent: 's2', index: 1, beside: null })
  })

  it('goes into an empty section, and into the nearest one between sections', () => {
    expect(place(100, 450)).toEqual({ parent: 's3', index: 0, beside: null })
    expect(place(100, 900)).toEqual({ parent: 's3', index: 0, beside: null })
    expect(place(100, 248)).toEqual({ parent: 's1', index: 3, beside: null })
  })

  it('sections go between sections, tabs between tabs', () => {
    expect(place(10, 50, { what: 'section', id: 's2' })).toEqual({ parent: 't1', index: 0 })
    expect(place(10, 470, { what: 'section', id: 's1' })).toEqual({ parent: 't1', index: 2 })
    expect(place(10, 300, { what: 'new-section' })).toEqual({ parent: 't1', index: 1 })
    expect(place(120, 10, { what: 'tab', id: 't1' })).toEqual({ parent: 'layout', index: 1 })
  })

  it('finds nothing on an empty canvas', () => {
    expect(findTarget({ tabs: [], sections: [] }, kind, { x: 0, y: 0 })).toBeNull()
  })
})
