/** All forms: pick one to change, or begin a new one. */
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { languages } from '#base/text.ts'
import { Button } from '#ui/parts/button.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { LanguageButton, ThemeButton } from '#ui/shell/preference-buttons.tsx'
import { useLabel } from '#ui/strings/use-text.ts'
import { useWholeModel } from '../forms/whole-model.ts'
import { useWords } from '../strings/use-words.ts'
import { keptForms } from './kept-forms.ts'
import { NewFormDialog } from './new-form-dialog.tsx'

interface FormLine {
  readonly name: string
  readonly label: string
  readonly icon: string
  readonly fields: number
  readonly draft: boolean
}

export function FormsPage() {
  const say = useWords()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const [making, setMaking] = useState(false)
  const lines = useLines(query)
  return (
    <div className="fd-app">
      <header className="fd-bar">
        <Link to="/" className="fl-iconbutton" aria-label={say('close')} title={say('close')}>
          <Icon name="arrow-left" />
        </Link>
        <h1>{say('designer')}</h1>
        <span className="fl-grow" />
        <LanguageButton />
        <ThemeButton />
        <Button look="primary" icon="plus" onClick={() => setMaking(true)}>
          {say('new_form')}
        </Button>
      </header>
      <main className="fd-forms">
        <div className="fd-formshead">
          <div>
            <h2>{say('forms_title')}</h2>
            <p>{say('forms_hint')}</p>
          </div>
          <div className="fl-search">
            <Icon name="search" />
            <input
              type="search"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              placeholder={say('search_forms')}
              aria-label={say('search_forms')}
            />
          </div>
        </div>
        <ul className="fd-formgrid">
          {lines.map((line) => (
            <li key={line.name}>
              <Link to="/designer/$" params={{ _splat: `forms/${line.name}` }}>
                <span className="fd-tile">
                  <Icon name={line.icon} size={18} />
                </span>
                <span className="fl-grow">
                  <b className="fl-cut">{line.label}</b>
                  <span className="fl-cut">
                    {say('fields', { count: line.fields })} · <code>{line.name}</code>
                  </span>
                </span>
                {line.draft && <span className="fl-badge amber">{say('drafts')}</span>}
              </Link>
            </li>
          ))}
        </ul>
        {lines.length === 0 && <p className="fd-none">{say('no_forms')}</p>}
      </main>
      {making && (
        <NewFormDialog
          onClose={() => setMaking(false)}
          onMade={(name) => void navigate({ to: '/designer/$', params: { _splat: `forms/${name}` } })}
        />
      )}
    </div>
  )
}

function useLines(query: string): readonly FormLine[] {
  const text = useLabel()
  const model = useWholeModel()
  return useMemo(() => {
    const published = [...model.forms.values()].map(
      (form): FormLine => ({
        name: form.name,
        label: text(form.definition.label, form.name),
        icon: form.definition.icon ?? 'forms',
        fields: form.fields.size,
        draft: false,
      }),
    )
    const drafts = keptForms()
      .filter((form) => !model.forms.has(form.name))
      .map(
        (form): FormLine => ({
          name: form.name,
          label: text(form.label, form.name),
          icon: form.icon ?? 'forms',
          fields: form.fields.length,
          draft: true,
        }),
      )
    const wanted = query.trim().toLowerCase()
    const found = [...drafts, ...published].filter(({ name, label }) =>
      `${name} ${label}`.toLowerCase().includes(wanted),
    )
    return found.sort(
      (one, other) => Number(other.draft) - Number(one.draft) || one.label.localeCompare(other.label, [...languages]),
    )
  }, [model, query, text])
}
