/** Keys of the grid, and what spreadsheets copy. */
import { describe, expect, it } from 'vitest'
import { moveCursor, readTabbed } from './grid-cursor.ts'

const size = { rows: 3, columns: 4 }
const press = (name: string, row: number, column: number, more: { shift?: boolean; control?: boolean } = {}) =>
  moveCursor({ row, column }, { name, shift: more.shift ?? false, control: more.control ?? false }, size)

describe('grid cursor', () => {
  it('adds a row on Enter in the last one', () => {
    expect(press('Enter', 2, 1)).toBe('add')
    expect(press('Enter', 1, 1)).toEqual({ row: 2, column: 1 })
  })

  it('goes on in the next row on Tab, and leaves the grid after the last cell', () => {
    expect(press('Tab', 0, 3)).toEqual({ row: 1, column: 0 })
    expect(press('Tab', 2, 3)).toBeNull()
    expect(press('Tab', 0, 0, { shift: true })).toBeNull()
  })

  it('stays inside with arrows', () => {
    expect(press('ArrowUp', 0, 0)).toEqual({ row: 0, column: 0 })
    expect(press('ArrowRight', 1, 3)).toEqual({ row: 1, column: 3 })
    expect(press('End', 0, 0, { control: true })).toEqual({ row: 2, column: 3 })
  })
})

describe('pasted text', () => {
  it('reads rows and cells, with quotes around line breaks', () => {
    expect(readTabbed('Chai\t2\r\n"a ""b""\nc"\t3\n')).toEqual([
      ['Chai', '2'],
      ['a "b"\nc', '3'],
    ])
  })
})
