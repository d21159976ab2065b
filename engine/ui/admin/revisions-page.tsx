/** The history of publications, newest first; any of them can become the next one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { readRevisions, rollBack } from '../client/revisions.ts'
import { useFormat } from '../form/use-format.ts'
import { StateMark } from '../parts/badge.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Skeleton, StatePage } from '../parts/state-page.tsx'
import { showToast } from '../parts/toast.tsx'
import { describeError } from '../shell/describe-error.ts'
import { PageHead } from '../shell/page-head.tsx'
import { useText } from '../strings/use-text.ts'
import { PublicationFailure, PublicationLines } from './publication-lines.tsx'

export function RevisionsPage() {
  const t = useText()
  const format = useFormat()
  const revisions = useQuery({ queryKey: ['revisions'], queryFn: readRevisions })
  const [chosen, setChosen] = useState<number | null>(null)
  const current = revisions.data?.current ?? 0
  const all = revisions.data?.revisions ?? []
  return (
    <>
      <PageHead title={t('menu_revisions')} />
      {revisions.isPending && <Skeleton label={t('loading')} rows={3} />}
      {revisions.isError && <StatePage icon="alert-triangle" title={describeError(revisions.error, t)} />}
      {revisions.isSuccess && all.length === 0 && <StatePage title={t('revisions_none')} />}
      {all.length > 0 && (
        <section className="fl-tablewrap" aria-label={t('menu_revisions')}>
          <table className="fl-table fl-plaintable fl-revisions">
            <thead>
              <tr>
                <th scope="col">{t('revision_number')}</th>
                <th scope="col">{t('revision_at')}</th>
                <th scope="col" className="by">
                  {t('revision_by')}
                </th>
                <th scope="col">{t('revision_note')}</th>
                <th scope="col">
                  <span className="fl-hidden">{t('rollback')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {all.map(({ number, at, by_title: by, note }) => (
                <tr key={number}>
                  <td>{number}</td>
                  <td>
                    {format.moment(at)}
                    <small>{by}</small>
                  </td>
                  <td className="fl-cut by">{by ?? '–'}</td>
                  <td className="fl-cut">{note ?? '–'}</td>
                  <td className="fl-right">
                    {number === current ? (
                      <StateMark label={t('revision_current')} color="green" />
                    ) : (
                      <Button small aria-label={t('rollback_to', { number })} onClick={() => setChosen(number)}>
                        {t('rollback')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {chosen !== null && <RollbackDialog number={chosen} base={current} onClose={() => setChosen(null)} />}
    </>
  )
}

interface RollbackDialogProps {
  readonly number: number
  readonly base: number
  readonly onClose: () => void
}

/** First what would change, then the act. */
function RollbackDialog({ number, base, onClose }: RollbackDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const rehearsal = useQuery({
    queryKey: ['rollback', number, base],
    queryFn: () => rollBack(number, { base, dryRun: true }),
    retry: false,
    gcTime: 0,
  })
  const act = useMutation({
    mutationFn: () => rollBack(number, { base, dryRun: false }),
    onSuccess: async ({ revision }) => {
      onClose()
      showToast(t('revision_published', { number: revision }))
      await client.invalidateQueries()
    },
  })
  const failure = act.error ?? rehearsal.error
  const isIdle = rehearsal.data?.changes.length === 0
  return (
    <Dialog
      title={t('rollback_to', { number })}
      onClose={onClose}
      onSubmit={() => {
        if (rehearsal.data && !isIdle && !act.isPending) act.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={!rehearsal.data || isIdle || act.isPending}>
            {t('rollback')}
          </Button>
        </>
      }
    >
      <p className="fl-ink-2">{t('rollback_lead', { number })}</p>
      {rehearsal.isPending && <p role="status">{t('publication_checking')}</p>}
      {failure && <PublicationFailure error={failure} />}
      {isIdle && <p>{t('rollback_nothing')}</p>}
      {rehearsal.data && !isIdle && <PublicationLines answer={rehearsal.data} />}
    </Dialog>
  )
}
