/** Under the grid: the first problem of its cells in words, with the way there. */
import { issueText } from '#base/issue-texts.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { splitKey } from './cell-key.ts'
import { focusField } from './field-id.ts'
import { useFormRuntime } from './form-context.tsx'
import { useFormat } from './use-format.ts'
import { useProblems } from './use-problems.ts'

export function TableProblems({ table }: { readonly table: string }) {
  const t = useText()
  const label = useLabel()
  const { locale } = useFormat()
  const { store } = useFormRuntime()
  const rows = useSignal(store.rows(table))
  const problems = useProblems(store).filter(({ key }) => key.startsWith(`${table}/`))
  const first = problems[0]
  if (!first) return null
  const at = splitKey(first.key)
  const row = 'row' in at ? rows.indexOf(at.row) + 1 : 0
  const column = store.fieldAt(first.key)?.field
  return (
    <div className="fl-cellmessage" role="status">
      <Icon name="alert-triangle" size={14} />
      <span>
        {t('problem_row', {
          row,
          field: label(column?.definition.label, column?.name ?? ''),
          message: issueText(first.issue, locale),
        })}
      </span>
      <Button small look="link" onClick={() => focusField(first.key)}>
        {t('grid_goto')}
      </Button>
      {problems.length > 1 && <span className="fl-ink-3">{t('grid_more', { count: problems.length - 1 })}</span>}
    </div>
  )
}
