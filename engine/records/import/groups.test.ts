/** Records of a long sheet are read a few rows at a time, wherever their rows stand. */
import { expect, it } from 'vitest'
import { GroupReader, piecesHeld } from './groups.ts'
import { cutSheet, mostRows, rowsPerPiece, type SheetSource, sheetOf } from './sheet.ts'

function longSheet(rows: number, keyOf: (row: number) => string): SheetSource & { readonly asked: number[] } {
  const asked: number[] = []
  return {
    header: ['key', 'value'],
    rows,
    asked,
    piece: async (number) => {
      asked.push(number)
      const count = Math.min(rowsPerPiece, rows - number * rowsPerPiece)
      return Array.from({ length: count }, (_, index) => {
        const row = number * rowsPerPiece + index
        return { line: row + 2, cells: [keyOf(row), `value ${row}`] }
      })
    },
  }
}

it('asks for each piece of 100,000 rows once, in order, and never for more than it hands out', async () => {
  const sheet = longSheet(mostRows, () => '')
  const reader = await GroupReader.open(sheet, undefined)
  expect(reader.total).toBe(mostRows)
  let next = 0
  for (let from = 0; from < reader.total; from += 200) {
    const groups = await reader.read(from, 200)
    expect(sheet.asked.length * rowsPerPiece).toBeLessThan(from + 200 + rowsPerPiece)
    for (const { number, rows } of groups) {
      expect([number, rows.length, rows[0]?.line]).toEqual([next, 1, next + 2])
      next += 1
    }
  }
  expect(sheet.asked).toEqual(Array.from({ length: mostRows / rowsPerPiece }, (_, index) => index))
})

it('walks once over a grouped sheet and then reads its records in order', async () => {
  const sheet = longSheet(20_000, (row) => `order ${Math.floor(row / 4)}`)
  const reader = await GroupReader.open(sheet, 'key')
  expect(reader.total).toBe(5_000)
  for (let from = 0; from < reader.total; from += 200)
    for (const { rows } of await reader.read(from, 200)) expect(rows).toHaveLength(4)
  expect(sheet.asked).toHaveLength((2 * 20_000) / rowsPerPiece)
})

it('brings rows together that stand far apart, and leaves rows without a key alone', async () => {
  const far = rowsPerPiece * (piecesHeld + 2)
  const sheet = longSheet(far, (row) => (row === 0 || row === far - 1 ? 'both' : row % 2 === 0 ? '' : `${row}`))
  const reader = await GroupReader.open(sheet, 'key')
  expect(reader.total).toBe(far - 1)
  const [first, second] = await reader.read(0, 2)
  expect(first?.rows.map(({ line }) => line)).toEqual([2, far + 1])
  expect(second?.rows.map(({ line }) => line)).toEqual([3])
  expect((await reader.read(far - 2, 10)).map(({ number }) => number)).toEqual([far - 2])
})

it('lets others in between while a long file is cut into pieces', async () => {
  const text = `a\n${'x\n'.repeat(rowsPerPiece * 20)}`
  let turns = 0
  let over = false
  const count = () => {
    turns += 1
    if (!over) setImmediate(count)
  }
  setImmediate(count)
  const sizes: number[] = []
  await cutSheet(text, async (_, rows) => {
    sizes.push(rows.length)
  })
  over = true
  expect(sizes).toEqual(sizes.map(() => rowsPerPiece))
  expect(turns).toBeGreaterThanOrEqual(20)
})

it('keeps the numbers of lines where empty ones stand between', async () => {
  const sheet = await sheetOf('a,b\n1,2\n,\n\n3,4\n')
  expect(sheet.rows).toBe(2)
  expect((await sheet.piece(0)).map(({ line, cells }) => [line, cells[0]])).toEqual([
    [2, '1'],
    [5, '3'],
  ])
})
