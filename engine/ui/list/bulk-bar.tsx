/** The footer while rows are selected: acts that name how many they fit. */
import { useEffect, useState } from 'react'
import type { LinkValue, RecordAnswer } from '#contract/wire-record.ts'
import { restoreRecord } from '../client/records.ts'
import { useForm } from '../client/workspace.tsx'
import { Button } from '../parts/button.tsx'
import { showToast } from '../parts/toast.tsx'
import { useText } from '../strings/use-text.ts'
import type { ListPlace } from './list-place.ts'
import { OwnerDialog } from './owner-dialog.tsx'
import { type Bulk, useBulk } from './use-bulk.ts'

export interface BulkBarProps {
  readonly place: ListPlace
  readonly chosen: readonly RecordAnswer[]
  readonly onClear: () => void
}

export function BulkBar({ place, chosen, onClear }: BulkBarProps) {
  const t = useText()
  const [asking, setAsking] = useState(false)
  const bulk = useBulk(place.access.form.name)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !asking) onClear()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onClear, asking])
  const acts = { place, chosen, onClear, bulk }
  return (
    <footer className="fl-listfoot on">
      <b>{t('selected', { count: chosen.length })}</b>
      {place.search.bin ? <RestoreAct {...acts} /> : <DeleteAct {...acts} />}
      {!place.search.bin && <OwnerAct {...acts} asking={asking} onAsking={setAsking} />}
      <Button small look="quiet" onClick={onClear}>
        {t('clear')} <span className="fl-kbd">Esc</span>
      </Button>
    </footer>
  )
}

interface ActProps extends BulkBarProps {
  readonly bulk: Bulk
}

function RestoreAct({ place, chosen, onClear, bulk }: ActProps) {
  const t = useText()
  const form = place.access.form.name
  const restore = async () => {
    await bulk.runSingly(
      chosen,
      (record) => restoreRecord(form, record.id),
      (ids) => showToast(t('restored', { count: ids.length })),
    )
    onClear()
  }
  return (
    <Button small icon="restore" disabled={bulk.busy} onClick={() => void restore()}>
      {t('restore')}
    </Button>
  )
}

function DeleteAct({ place, chosen, onClear, bulk }: ActProps) {
  const t = useText()
  const form = place.access.form.name
  const deletable = chosen.filter((record) => record.can?.includes('delete') ?? place.access.may('delete'))
  if (!place.access.may('delete')) return null
  const undo = (ids: readonly string[]) => {
    const gone = deletable.filter((record) => ids.includes(record.id))
    void bulk.runSingly(
      gone,
      (record) => restoreRecord(form, record.id),
      () => undefined,
    )
  }
  const remove = async () => {
    await bulk.run(
      deletable.map(({ id, version }) => ({ verb: 'delete', id, version })),
      (ids) => showToast(t('deleted', { count: ids.length }), { label: t('undo'), run: () => undo(ids) }),
    )
    onClear()
  }
  return (
    <Button
      small
      look="danger"
      icon="trash"
      disabled={bulk.busy || deletable.length === 0}
      onClick={() => void remove()}
    >
      {t('delete_of', { count: deletable.length, all: chosen.length })}
    </Button>
  )
}

interface OwnerActProps extends ActProps {
  readonly asking: boolean
  readonly onAsking: (asking: boolean) => void
}

/** Offered where some grant opens the owner; each record is asked for itself. */
function OwnerAct({ place, chosen, onClear, bulk, asking, onAsking }: OwnerActProps) {
  const t = useText()
  const users = useForm('user')
  const { access } = place
  if (!access.may('update') || access.policy.owner !== true || !users?.may('read')) return null
  const give = async (owner: LinkValue) => {
    onAsking(false)
    await bulk.run(
      chosen.map(({ id, version }) => ({ verb: 'update', id, version, values: { owner: owner.id } })),
      (ids) => showToast(t('owner_given', { count: ids.length })),
    )
    onClear()
  }
  return (
    <>
      <Button small icon="user" disabled={bulk.busy} onClick={() => onAsking(true)}>
        {t('owner_change')}
      </Button>
      {asking && (
        <OwnerDialog count={chosen.length} onOwner={(owner) => void give(owner)} onClose={() => onAsking(false)} />
      )}
    </>
  )
}
