/** How wide the columns of a grid are, and on which side their values stand: figures take what they need, text shares the rest. */
import type { FieldProgram } from '#expressions/form-program.ts'

export function isRight(column: FieldProgram): boolean {
  return ['integer', 'decimal', 'duration'].includes(column.field.type.is)
}

export interface ColumnContent {
  readonly column: FieldProgram
  readonly label: string
  /** Some of the values as they are shown. */
  readonly texts: readonly string[]
}

export interface ColumnPlan {
  readonly widths: readonly number[]
  /** Even the least widths are more than there is: the grid scrolls sideways. */
  readonly scrolls: boolean
}

interface Range {
  readonly least: number
  readonly wanted: number
  /** Takes what is left over. */
  readonly text: boolean
}

/** Widths in pixels that fill `available`; what is left over goes to the columns that want most. */
export function planColumns(contents: readonly ColumnContent[], available: number): ColumnPlan {
  const ranges = contents.map(rangeOf)
  const least = sum(ranges.map((one) => one.least))
  const wanted = sum(ranges.map((one) => one.wanted))
  if (available < least) return { widths: ranges.map(comfortable), scrolls: available > 0 }
  if (available < wanted) {
    const share = (available - least) / (wanted - least)
    return { widths: ranges.map((one) => one.least + (one.wanted - one.least) * share), scrolls: false }
  }
  const text = ranges.filter((one) => one.text)
  const stretched = sum((text.length > 0 ? text : ranges).map((one) => one.wanted))
  const growth = (one: Range) => (one.text || text.length === 0 ? ((available - wanted) * one.wanted) / stretched : 0)
  return { widths: ranges.map((one) => one.wanted + growth(one)), scrolls: false }
}

const padding = 18

function rangeOf({ column, label, texts }: ColumnContent): Range {
  const content = Math.max(0, ...texts.map(textWidth)) + padding
  const longestWord = Math.max(...label.split(/[\s/]+/).map(textWidth)) + padding
  const head = Math.max(longestWord, Math.min(textWidth(label) + padding, 96))
  switch (column.field.type.is) {
    case 'integer':
    case 'decimal':
    case 'duration': {
      const most = 168
      const least = clamp(Math.max(content, longestWord), column.field.kind.name === 'money' ? 68 : 54, most)
      return { least, wanted: clamp(Math.max(content, head) + 12, least, most), text: false }
    }
    case 'boolean':
      return { least: Math.max(48, longestWord), wanted: Math.max(48, head), text: false }
    case 'date':
      return { least: 98, wanted: 104, text: false }
    default: {
      const least = clamp(
        Math.max(content, longestWord),
        60,
        Math.max(longestWord, column.field.type.is === 'record' ? 92 : 76),
      )
      return {
        least,
        wanted: clamp(Math.max(content, head, column.field.type.is === 'record' ? 110 : 90), least, 320),
        text: true,
      }
    }
  }
}

/** A grid that scrolls anyway need not squeeze its words. */
function comfortable(range: Range): number {
  return range.text ? Math.max(range.least, Math.min(range.wanted, 150)) : range.least
}

/** About as wide as the text is in 13 px: a Chinese character is square. */
function textWidth(text: string): number {
  let width = 0
  for (const char of text) width += (char.codePointAt(0) ?? 0) > 0x2e80 ? 13 : char === ' ' ? 4 : 7.4
  return width
}

function clamp(value: number, from: number, to: number): number {
  return Math.min(Math.max(value, from), to)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
