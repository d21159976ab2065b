/** The refused lines as a file to mend and import again: as they were, with a column that says why. */
import { issueText } from '#base/issue-texts.ts'
import { resolveText } from '#base/text.ts'
import { csvLine, guard } from '../csv-text.ts'
import type { CellProblem } from './cells.ts'
import type { SheetRow } from './sheet.ts'

/** The lines of one record, and everything that is wrong with it. */
export interface RefusedGroup {
  /** Of the record in its file. */
  readonly number: number
  readonly rows: readonly SheetRow[]
  readonly problems: readonly CellProblem[]
}

/** No field is called so: an import leaves the column aside. */
const reason = { en: 'Reason (import)', 'zh-CN': '原因（导入）' }

/** The first line, with a byte order mark, so that Excel opens it as it is. */
export function errorHeader(header: readonly string[], locale: string): string {
  return `\uFEFF${csvLine([...header.map(guard), resolveText(reason, locale)])}`
}

/** The lines of one record, together. */
export function errorLines(header: readonly string[], { rows, problems }: RefusedGroup, locale: string): string {
  return rows
    .map((row) => {
      const found = problems.filter(({ line }) => line === row.line)
      const why = found.map((problem) => sentence(problem, locale)).join('; ')
      return csvLine([...header.map((_, index) => safe(row.cells[index] ?? '')), guard(why)])
    })
    .join('')
}

function sentence({ line, column, field, issue }: CellProblem, locale: string): string {
  const place = column ?? field
  return `${line}${place ? ` ${place}` : ''}: ${issueText(issue, locale)}`
}

/** A plain number runs nowhere. */
function safe(cell: string): string {
  return /^[+-]?\d[\d.,]*$/.test(cell) ? cell : guard(cell)
}
