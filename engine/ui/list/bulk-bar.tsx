/** The footer while rows are selected: acts that name how many they fit. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RecordAnswer } from '#contract/wire-record.ts'
import { deleteRecord, restoreRecord } from '../client/records.ts'
import { Button } from '../parts/button.tsx'
import { showToast } from '../parts/toast.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'
import type { ListPlace } from './list-place.ts'

export interface BulkBarProps {
  readonly place: ListPlace
  readonly chosen: readonly RecordAnswer[]
  readonly onClear: () => void
}

export function BulkBar({ place, chosen, onClear }: BulkBarProps) {
  const t = useText()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const form = place.access.form.name
  const deletable = chosen.filter((record) => record.can?.includes('delete') ?? place.access.may('delete'))
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClear()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onClear])
  async function run(
    records: readonly RecordAnswer[],
    act: (record: RecordAnswer) => Promise<unknown>,
    done: (ids: readonly string[]) => void,
  ): Promise<void> {
    setBusy(true)
    const results = await Promise.allSettled(records.map(act))
    setBusy(false)
    await client.invalidateQueries({ queryKey: ['records', form] })
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) showToast(describeError(failed.reason, t))
    else done(records.map((record) => record.id))
    onClear()
  }
  const restore = (ids: readonly string[]) =>
    void Promise.all(ids.map((id) => restoreRecord(form, id))).then(() =>
      client.invalidateQueries({ queryKey: ['records', form] }),
    )
  return (
    <footer className="fl-listfoot on">
      <b>{t('selected', { count: chosen.length })}</b>
      {place.search.bin ? (
        <Button
          small
          icon="restore"
          disabled={busy}
          onClick={() =>
            void run(
              chosen,
              (record) => restoreRecord(form, record.id),
              (ids) => showToast(t('restored', { count: ids.length })),
            )
          }
        >
          {t('restore')}
        </Button>
      ) : (
        place.access.may('delete') && (
          <Button
            small
            look="danger"
            icon="trash"
            disabled={busy || deletable.length === 0}
            onClick={() =>
              void run(
                deletable,
                (record) => deleteRecord(form, record),
                (ids) => showToast(t('deleted', { count: ids.length }), { label: t('undo'), run: () => restore(ids) }),
              )
            }
          >
            {t('delete_of', { count: deletable.length, all: chosen.length })}
          </Button>
        )
      )}
      <Button small look="quiet" onClick={onClear}>
        {t('clear')} <span className="fl-kbd">Esc</span>
      </Button>
    </footer>
  )
}
