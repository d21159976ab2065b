/** The list of the search: groups with a name, each choice a link that the text field points at. */
import { Link } from '@tanstack/react-router'
import { useWorkspace } from '../client/workspace.tsx'
import { pluralOf } from '../list/list-place.ts'
import { Icon } from '../parts/icon.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { MarkedText } from './marked-text.tsx'
import type { Choice, ChoiceGroup } from './search-choices.ts'

export interface SearchOptionsProps {
  readonly listId: string
  readonly groups: readonly ChoiceGroup[]
  /** Id of the choice that Enter opens. */
  readonly active: string | undefined
  readonly onPick: () => void
}

export function SearchOptions({ listId, groups, active, onPick }: SearchOptionsProps) {
  const t = useText()
  return (
    <div id={listId} role="listbox" aria-label={t('find_label')} className="fl-find-list">
      {groups.map((group) => (
        <Group key={group.form} {...{ listId, group, active, onPick }} />
      ))}
    </div>
  )
}

interface GroupProps extends Omit<SearchOptionsProps, 'groups'> {
  readonly group: ChoiceGroup
}

function Group({ listId, group, active, onPick }: GroupProps) {
  const t = useText()
  const label = useLabel()
  const { app, model } = useWorkspace()
  const form = app.forms.find(({ name }) => name === group.form)
  const name = group.form === '' ? t('find_pages') : label(form && pluralOf(form), group.form)
  const fieldLabel = (field: string) => label(model.forms.get(group.form)?.fields.get(field)?.definition.label, field)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options inside of a list box
    <div role="group" aria-label={name}>
      <p className="head" aria-hidden="true">
        <Icon name={form?.icon ?? (group.form === '' ? 'arrow-right' : 'file-text')} size={14} />
        {name}
      </p>
      {group.choices.map((choice) => (
        <Link
          key={choice.id}
          id={`${listId}-${choice.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={choice.id === active}
          ref={choice.id === active ? showOption : undefined}
          to={choice.to}
          search={choice.search}
          onClick={onPick}
        >
          <Line choice={choice} form={name} fieldLabel={fieldLabel} />
        </Link>
      ))}
    </div>
  )
}

interface LineProps {
  readonly choice: Choice
  readonly form: string
  fieldLabel(field: string): string
}

function Line({ choice: { what }, form, fieldLabel }: LineProps) {
  const t = useText()
  if (what.is === 'all') return <span className="all">{t('find_all', { form })}</span>
  if (what.is === 'page') return <span className="fl-cut">{what.link.label}</span>
  const { title, marks, field, snippet, snippet_marks } = what.hit
  return (
    <>
      <span className="fl-cut">{title === null ? t('untitled') : <MarkedText text={title} marks={marks} />}</span>
      {field !== undefined && snippet !== undefined && (
        <span className="snippet">
          <span className="key">{fieldLabel(field)}</span> <MarkedText text={snippet} marks={snippet_marks ?? []} />
        </span>
      )}
    </>
  )
}

function showOption(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}
