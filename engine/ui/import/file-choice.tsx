/** A place to drop or choose a CSV or Excel file. */
import { useId, useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'

export interface FileChoiceProps {
  readonly busy: boolean
  readonly failure: unknown
  readonly onFile: (file: File) => void
}

export function FileChoice({ busy, failure, onFile }: FileChoiceProps) {
  const t = useText()
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <>
      {failure !== null && (
        <p className="fl-note red" role="alert">
          <Icon name="alert-triangle" />
          <span>{describeError(failure, t)}</span>
        </p>
      )}
      <fieldset
        className={`fl-drop ${over ? 'over' : ''}`}
        aria-labelledby={`${id}-label`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          const file = event.dataTransfer.files[0]
          if (file) onFile(file)
        }}
      >
        <Icon name="file-spreadsheet" size={22} />
        <label htmlFor={id} id={`${id}-label`}>
          {busy ? t('import_reading') : t('import_file')}
        </label>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv,.txt,text/plain,text/tab-separated-values,.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          disabled={busy}
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) onFile(file)
            event.target.value = ''
          }}
        />
        <p className="fl-help">{t('import_file_help')}</p>
      </fieldset>
    </>
  )
}
