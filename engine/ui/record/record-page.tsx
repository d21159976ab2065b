/** One record: read as text, changed in place, with its story and what belongs to it beside. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isProblem } from '../client/problem-error.ts'
import { readRecord } from '../client/records.ts'
import { useForm } from '../client/workspace.tsx'
import { lower, pluralOf } from '../list/list-place.ts'
import { Button } from '../parts/button.tsx'
import { Skeleton, StatePage } from '../parts/state-page.tsx'
import { describeError } from '../shell/describe-error.ts'
import { PageHead } from '../shell/page-head.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { RecordEditor } from './record-editor.tsx'

export interface RecordPageProps {
  readonly form: string
  readonly id: string
}

export function RecordPage({ form, id }: RecordPageProps) {
  const t = useText()
  const label = useLabel()
  const access = useForm(form)
  const record = useQuery({
    queryKey: ['records', form, 'record', id],
    queryFn: () => readRecord(form, id),
    retry: false,
    staleTime: 10_000,
    refetchOnWindowFocus: false,
  })
  if (!access)
    return (
      <>
        <PageHead title={t('not_found')} />
        <StatePage icon="lock" title={t('no_form')} />
      </>
    )
  const head = <PageHead title={label(pluralOf(access.form), form)} />
  if (record.data) return <RecordEditor key={`${form}/${id}`} access={access} record={record.data} preset={{}} />
  if (record.isPending)
    return (
      <>
        {head}
        <Skeleton label={t('loading')} />
      </>
    )
  if (isProblem(record.error, 'not-found'))
    return (
      <>
        {head}
        <StatePage icon="file-text" title={t('record_missing')}>
          <Link className="fl-button" to="/f/$form" params={{ form }} search={{}}>
            {t('back_to', { form: lower(label(pluralOf(access.form), form)) })}
          </Link>
        </StatePage>
      </>
    )
  return (
    <>
      {head}
      <StatePage icon="alert-triangle" title={describeError(record.error, t)}>
        <Button onClick={() => void record.refetch()}>{t('try_again')}</Button>
      </StatePage>
    </>
  )
}

export interface NewRecordPageProps {
  readonly form: string
  /** Values given in the address: `?customer=019…`. */
  readonly preset: { readonly [field: string]: string }
}

export function NewRecordPage({ form, preset }: NewRecordPageProps) {
  const t = useText()
  const access = useForm(form)
  if (!access?.may('create'))
    return (
      <>
        <PageHead title={t('not_found')} />
        <StatePage icon="lock" title={t('no_create')} />
      </>
    )
  return <RecordEditor key={`${form}/new`} access={access} record={null} preset={preset} />
}
