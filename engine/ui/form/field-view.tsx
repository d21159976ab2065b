/** One field of a form: label, then text that becomes an input on click or F2, or the input itself. */
import { type KeyboardEvent, useRef, useState } from 'react'
import { issueText } from '#base/issue-texts.ts'
import type { Json } from '#base/json.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { IconButton } from '../parts/button.tsx'
import { ProblemText } from '../parts/labelled.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { splitKey } from './cell-key.ts'
import { FieldDisplay } from './field-face.tsx'
import { fieldDomId } from './field-id.ts'
import { FieldInput } from './field-input.tsx'
import { useFormRuntime } from './form-context.tsx'
import { useCell } from './use-cell.ts'
import { useFormat } from './use-format.ts'
import { WhyButton } from './why-button.tsx'

export interface FieldViewProps {
  readonly cellKey: string
  readonly program: FieldProgram
  readonly as?: 'big' | undefined
  readonly span?: number | undefined
}

export function FieldView({ cellKey, program, as, span }: FieldViewProps) {
  const { store, mode } = useFormRuntime()
  const label = useLabel()
  const { locale } = useFormat()
  const { rules, problems, changed, value } = useCell(store, cellKey)
  const [editing, setEditing] = useState(false)
  if (!rules.visible && mode !== 'design') return null
  const text = label(program.field.definition.label, program.field.name)
  const id = fieldDomId(cellKey)
  const locked = rules.readonly
  const input = !locked && (mode !== 'read' || editing || problems.length > 0)
  const help = label(program.field.definition.help)
  const problemId = `${id}-problem`
  const described =
    [problems.length ? problemId : '', help && input ? `${id}-help` : ''].filter(Boolean).join(' ') || undefined
  const leave = () => {
    store.leave(cellKey)
    setEditing(false)
  }
  return (
    <div
      className={`fl-field ${changed && !store.options.fresh ? 'changed' : ''} ${as === 'big' ? 'big' : ''}`}
      style={span ? { gridColumn: `span ${span}` } : undefined}
      data-field={cellKey}
    >
      <div className="fl-fieldlabel">
        <label htmlFor={input ? id : undefined} id={`${id}-label`}>
          {text}
        </label>
        {rules.required && (
          <span className="fl-required" aria-hidden="true">
            *
          </span>
        )}
        {locked && mode !== 'design' && <WhyButton cellKey={cellKey} program={program} label={text} />}
      </div>
      {input ? (
        <div className="fl-fieldinput" inert={mode === 'design'}>
          <FieldInput
            cellKey={cellKey}
            program={program}
            label={text}
            autoFocus={editing}
            ids={{
              id,
              'aria-describedby': described,
              'aria-invalid': problems.length ? true : undefined,
              'aria-required': rules.required ? true : undefined,
            }}
            onBlur={leave}
            onKeyDown={(event) => onInputKey(event, { store, key: cellKey, editing, done: () => setEditing(false) })}
          />
        </div>
      ) : (
        <ReadValue
          cellKey={cellKey}
          program={program}
          value={value}
          label={text}
          onEdit={locked ? undefined : () => setEditing(true)}
        />
      )}
      {help && input && (
        <p className="fl-help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problems.length > 0 && (
        <ProblemText id={problemId}>{problems.map((issue) => issueText(issue, locale)).join(' ')}</ProblemText>
      )}
    </div>
  )
}

interface InputKeys {
  readonly store: ReturnType<typeof useFormRuntime>['store']
  readonly key: string
  readonly editing: boolean
  readonly done: () => void
}

/** Escape takes the edit back; Enter ends it where it does not write a line. */
function onInputKey(event: KeyboardEvent, { store, key, editing, done }: InputKeys): void {
  if (!editing) return
  if (event.key === 'Escape') {
    const original = store.original(key)
    if (original !== undefined) store.set(key, JSON.parse(original) as Json)
    done()
  }
  if (event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement)) {
    event.preventDefault()
    store.leave(key)
    done()
  }
}

interface ReadValueProps {
  readonly cellKey: string
  readonly program: FieldProgram
  readonly value: Json
  readonly label: string
  readonly onEdit: (() => void) | undefined
}

function ReadValue({ cellKey, program, value, label, onEdit }: ReadValueProps) {
  const t = useText()
  const { store } = useFormRuntime()
  const { app } = useWorkspace()
  const edit = useRef<HTMLButtonElement>(null)
  const at = splitKey(cellKey)
  const record = reader((name) => store.wire('row' in at ? `${at.table}/${at.row}/${name}` : name))
  const parent = reader((name) => store.wire(name))
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'F2') onEdit?.()
  }
  return (
    <fieldset
      className={`fl-fieldvalue ${onEdit ? 'editable' : ''}`}
      onKeyDown={onKey}
      onClick={(event) => {
        if (onEdit && !(event.target as HTMLElement).closest('a, button')) onEdit()
      }}
    >
      <div className="fl-grow fl-fieldtext">
        {empty ? (
          <span className="fl-ink-3">–</span>
        ) : (
          <FieldDisplay field={program.field} value={value} record={record} parent={parent} links={app !== null} />
        )}
      </div>
      {onEdit && (
        <IconButton
          ref={edit}
          icon="pencil"
          size={14}
          label={t('edit_of', { label })}
          onClick={onEdit}
          className="fl-edit"
        />
      )}
    </fieldset>
  )
}

/** Reads fields by name when they are asked for. */
function reader(read: (name: string) => unknown): { readonly [field: string]: unknown } {
  return new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? read(name) : undefined) })
}
