/** The rows of a table field: a grid on the desk, cards on the phone; heading, count and problems around it. */

import { issueText } from '#base/issue-texts.ts'
import type { LayoutItem } from '#definitions/definition.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { ProblemText } from '../parts/labelled.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { phoneWidth, useNarrow } from '../shell/use-narrow.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { useFormRuntime } from './form-context.tsx'
import { TableCards } from './table-cards.tsx'
import { TableGrid } from './table-grid.tsx'
import { TableProblems } from './table-problems.tsx'
import type { TableProps } from './table-props.ts'
import { useCell } from './use-cell.ts'
import { useFormat } from './use-format.ts'

export function TableView({ item, program }: { readonly item: LayoutItem; readonly program: FieldProgram }) {
  const { store, mode } = useFormRuntime()
  const t = useText()
  const label = useLabel()
  const { locale } = useFormat()
  const phone = useNarrow(phoneWidth)
  const table = program.field.name
  const { rules, problems } = useCell(store, table)
  const count = useSignal(store.rows(table)).length
  if ((!rules.visible || store.options.hidden?.has(table)) && mode !== 'design') return null
  const props: TableProps = {
    table,
    program,
    columns: columnsOf(program, item.columns),
    totals: item.totals ?? [],
    writable: mode !== 'design' && !rules.readonly && store.isWritable(table),
    label: label(program.field.definition.label, table),
  }
  return (
    <div className="fl-tableitem" data-field={table} inert={mode === 'design'}>
      <div className="fl-tablehead">
        <h2>{props.label}</h2>
        {rules.required && (
          <span className="fl-required" aria-hidden="true">
            *
          </span>
        )}
        <span className="fl-ink-3 fl-13">{count}</span>
        <span className="fl-grow" />
        {props.writable && !phone && <span className="fl-12 fl-ink-3">{t('grid_paste')}</span>}
      </div>
      {phone ? <TableCards {...props} /> : <TableGrid {...props} />}
      {problems.length > 0 && <ProblemText>{problems.map((issue) => issueText(issue, locale)).join(' ')}</ProblemText>}
      <TableProblems table={table} />
    </div>
  )
}

function columnsOf(program: FieldProgram, wanted: readonly string[] | undefined): readonly FieldProgram[] {
  const all = program.columns ?? new Map<string, FieldProgram>()
  return wanted ? wanted.flatMap((name) => all.get(name) ?? []) : [...all.values()].slice(0, 8)
}
