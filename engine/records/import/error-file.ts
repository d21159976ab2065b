/** The refused lines as a file to mend and import again: as they were, with a column that says why. */
import { issueText } from '#base/issue-texts.ts'
import { resolveText } from '#base/text.ts'
import { csvLine, guard } from '../csv-text.ts'
import type { CellProblem } from './cells.ts'
import type { Sheet, SheetRow } from './sheet.ts'

/** The lines of one record, and everything that is wrong with it. */
export interface RefusedGroup {
  readonly rows: readonly SheetRow[]
  readonly problems: readonly CellProblem[]
}

/** No field is called so: an import leaves the column aside. */
const reason = { en: 'Reason (import)', 'zh-CN': '原因（导入）' }

/** With a byte order mark, so that Excel opens it as it is. */
export function errorFile(sheet: Sheet, refused: readonly RefusedGroup[], locale: string): string {
  const header = sheet.header.map((_, index) => index)
  const lines = refused.flatMap(({ rows, problems }) =>
    rows.map((row) => {
      const found = problems.filter(({ line }) => line === row.line)
      return { row, text: found.map((problem) => sentence(problem, locale)).join('; ') }
    }),
  )
  const ordered = lines.sort((first, second) => first.row.line - second.row.line)
  return `\uFEFF${csvLine([...sheet.header.map(guard), resolveText(reason, locale)])}${ordered
    .map(({ row, text }) => csvLine([...header.map((index) => safe(row.cells[index] ?? '')), guard(text)]))
    .join('')}`
}

function sentence({ line, column, field, issue }: CellProblem, locale: string): string {
  const place = column ?? field
  return `${line}${place ? ` ${place}` : ''}: ${issueText(issue, locale)}`
}

/** A plain number runs nowhere. */
function safe(cell: string): string {
  return /^[+-]?\d[\d.,]*$/.test(cell) ? cell : guard(cell)
}
