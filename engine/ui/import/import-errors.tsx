/** Every cell that does not fit: line, column, what stands there, why. */
import { issueText } from '#base/issue-texts.ts'
import type { ImportCellProblem } from '#contract/wire-import.ts'
import { errorFileOf } from '../client/imports.ts'
import { Icon } from '../parts/icon.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { locale } from '../shell/preferences.ts'
import { useText } from '../strings/use-text.ts'

const shownErrors = 200

export interface ImportErrorsProps {
  readonly errors: readonly ImportCellProblem[]
  readonly count: number
  /** Of the import: its refused lines are a file. */
  readonly id: string
}

export function ImportErrors({ errors, count, id }: ImportErrorsProps) {
  const t = useText()
  const language = useSignal(locale)
  return (
    <>
      <p className="fl-wrong fl-strong">{t('import_errors', { count })}</p>
      <section className="fl-errortable" aria-label={t('import_errors', { count })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('import_line')}</th>
              <th scope="col">{t('import_column')}</th>
              <th scope="col">{t('import_text')}</th>
              <th scope="col">{t('import_reason')}</th>
            </tr>
          </thead>
          <tbody>
            {errors.slice(0, shownErrors).map((error) => (
              <tr
                key={JSON.stringify([
                  error.line,
                  error.column,
                  error.field,
                  error.text,
                  error.message,
                  error.issue?.code,
                ])}
              >
                <td>{error.line}</td>
                <td>{error.column ?? error.field ?? '–'}</td>
                <td>{error.text}</td>
                <td>{error.message ?? (error.issue ? issueText(error.issue, language) : '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p>
        <a className="fl-button" href={errorFileOf(id)} download="">
          <Icon name="file-spreadsheet" />
          {t('import_error_file')}
        </a>
      </p>
      {count > shownErrors && <p className="fl-help">{t('import_errors_more', { count: count - shownErrors })}</p>}
    </>
  )
}
