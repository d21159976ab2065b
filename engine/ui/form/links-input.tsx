/** Links to several records, and a link to a record of one of several forms. */
import { type KeyboardEvent, useState } from 'react'
import type { Json } from '#base/json.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { IconButton } from '../parts/button.tsx'
import type { ControlIds } from '../parts/labelled.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { LinkPicker } from './link-picker.tsx'
import { rememberTitle, titleOf, titlesVersion } from './titles.ts'

interface SharedProps {
  readonly label: string
  readonly ids?: ControlIds | undefined
  readonly value: Json
  readonly onValue: (wire: Json) => void
  readonly autoFocus?: boolean
  readonly onBlur?: () => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

export function LinksInput({
  form,
  filter,
  value,
  onValue,
  ...shared
}: SharedProps & { readonly form: string; readonly filter: Json | undefined }) {
  const t = useText()
  useSignal(titlesVersion)
  const ids = Array.isArray(value) ? value.map(String) : []
  return (
    <div className="fl-links">
      {ids.map((id) => (
        <span key={id} className="fl-chip">
          <span className="fl-cut">{titleOf(id) ?? id.slice(0, 8)}</span>
          <IconButton
            icon="x"
            size={14}
            label={t('remove_of', { title: titleOf(id) ?? id })}
            onClick={() => onValue(ids.filter((one) => one !== id))}
          />
        </span>
      ))}
      <LinkPicker
        key={ids.length}
        {...shared}
        form={form}
        filter={filter}
        value={null}
        onValue={(picked) => {
          if (picked && !ids.includes(picked.id)) onValue([...ids, picked.id])
        }}
      />
    </div>
  )
}

export function AnyLinkInput({
  forms,
  value,
  onValue,
  ...shared
}: SharedProps & { readonly forms: readonly string[] }) {
  const t = useText()
  const label = useLabel()
  const { app } = useWorkspace()
  const visible = forms.filter((name) => app.forms.some((form) => form.name === name))
  const [chosen = '', id = ''] = typeof value === 'string' ? value.split('/') : []
  const [form, setForm] = useState(chosen || (visible[0] ?? ''))
  const title = titleOf(`${form}/${id}`)
  if (id && title) rememberTitle(id, title)
  return (
    <div className="fl-row">
      <select
        className="fl-input fl-anyform"
        aria-label={t('any_form', { label: shared.label })}
        value={form}
        onChange={(event) => {
          setForm(event.target.value)
          onValue(null)
        }}
      >
        {visible.map((name) => (
          <option key={name} value={name}>
            {label(app.forms.find((one) => one.name === name)?.label, name)}
          </option>
        ))}
      </select>
      <LinkPicker
        key={form}
        {...shared}
        form={form}
        value={chosen === form && id ? id : null}
        onValue={(picked) => {
          if (picked) rememberTitle(`${form}/${picked.id}`, picked.title ?? picked.id)
          onValue(picked ? `${form}/${picked.id}` : null)
        }}
      />
    </div>
  )
}
