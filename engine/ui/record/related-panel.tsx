/** Records of another form that link here, with a way to add one. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AsidePanel } from '#definitions/definition.ts'
import { listRecords } from '../client/records.ts'
import { useForm } from '../client/workspace.tsx'
import { Cell } from '../list/cell.tsx'
import { columnOf } from '../list/columns.ts'
import { lower, pluralOf } from '../list/list-place.ts'
import { Icon } from '../parts/icon.tsx'
import { useLabel, useText } from '../strings/use-text.ts'

const shownRecords = 6

export interface RelatedPanelProps {
  readonly panel: AsidePanel
  readonly id: string
}

export function RelatedPanel({ panel, id }: RelatedPanelProps) {
  const t = useText()
  const label = useLabel()
  const access = useForm(panel.form ?? '')
  const link = panel.link ?? ''
  const amount =
    access && [...access.model.fields.values()].find((field) => field.kind.name === 'money' && field.computed !== null)
  const fields = [
    'title',
    ...(access?.model.lifecycle ? ['state'] : []),
    ...(amount ? [amount.name] : []),
    ...(access?.model.fields.has('currency') ? ['currency'] : []),
  ]
  const filter = { '==': [{ var: link }, id] }
  const related = useQuery({
    queryKey: ['records', panel.form, 'related', link, id],
    queryFn: () => listRecords(panel.form ?? '', { filter, fields, sort: ['-updated_at'], limit: shownRecords + 1 }),
    enabled: access !== undefined,
  })
  if (!access?.model.fields.has(link)) return null
  const name = label(access.form.label, access.form.name)
  const records = related.data?.records ?? []
  const column = amount && columnOf(access.model, amount.name)
  return (
    <section className="fl-asidepanel">
      <h2>
        <span className="fl-grow">
          {label(pluralOf(access.form), name)}{' '}
          {related.data && (
            <span className="count">{records.length > shownRecords ? `${shownRecords}+` : records.length}</span>
          )}
        </span>
        {access.may('create') && (
          <Link
            className="fl-iconbutton"
            aria-label={t('new_form', { form: lower(name) })}
            title={t('new_form', { form: lower(name) })}
            to="/f/$form/new"
            params={{ form: access.form.name }}
            search={{ [link]: id }}
          >
            <Icon name="plus" />
          </Link>
        )}
      </h2>
      {records.length === 0 && related.isSuccess && <p className="fl-ink-3">{t('related_none')}</p>}
      <ul className="fl-related">
        {records.slice(0, shownRecords).map((record) => (
          <li key={record.id}>
            <Link
              className="fl-cut fl-grow"
              to="/f/$form/$id"
              params={{ form: access.form.name, id: record.id }}
              search={{}}
            >
              {record.title ?? record.id}
            </Link>
            <span className="side">
              {column && <Cell form={access.form} column={column} record={record} />}
              <Cell
                form={access.form}
                column={
                  columnOf(access.model, 'state') ?? {
                    name: 'state',
                    label: 'state',
                    type: { is: 'text' },
                    right: false,
                    width: 0,
                    sortable: false,
                  }
                }
                record={record}
              />
            </span>
          </li>
        ))}
      </ul>
      {records.length > shownRecords && (
        <Link
          className="fl-12"
          to="/f/$form"
          params={{ form: access.form.name }}
          search={{ where: [{ field: link, operator: 'is', value: id }] }}
        >
          {t('related_all')}
        </Link>
      )}
    </section>
  )
}
