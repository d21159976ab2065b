/** A template's new version: what it changes, and what both sides changed, to be decided one by one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PackAnswer } from '#contract/wire-pack.ts'
import type { ConflictAnswer, Side } from '#contract/wire-revision.ts'
import { PublicationFailure, PublicationLines } from '../admin/publication-lines.tsx'
import { rehearseUpgrade, upgradePack } from '../client/packs.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { showToast } from '../parts/toast.tsx'
import { useLabel, useText } from '../strings/use-text.ts'

export function UpgradeDialog({ pack, onClose }: { readonly pack: PackAnswer; readonly onClose: () => void }) {
  const t = useText()
  const name = useLabel()(pack.label, pack.name)
  const client = useQueryClient()
  const [taken, setTaken] = useState<Readonly<Record<string, Side>>>({})
  const rehearsal = useQuery({
    queryKey: ['upgrade', pack.name, pack.installed],
    queryFn: () => rehearseUpgrade(pack.name),
    retry: false,
    gcTime: 0,
  })
  const act = useMutation({
    mutationFn: () => upgradePack(pack.name, taken),
    onSuccess: async () => {
      onClose()
      showToast(t('upgrade_done', { name }))
      await client.invalidateQueries()
    },
  })
  const conflicts = rehearsal.data?.conflicts ?? []
  const isDecided = conflicts.every(({ pointer }) => taken[pointer])
  const isReady = rehearsal.isSuccess && isDecided && !act.isPending
  const failure = act.error ?? rehearsal.error
  return (
    <Dialog
      wide
      title={t('upgrade_title', { name, version: pack.upgrade ?? '' })}
      onClose={onClose}
      onSubmit={() => {
        if (isReady) act.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={!isReady}>
            {t('upgrade')}
          </Button>
        </>
      }
    >
      <p className="fl-ink-2">{t('upgrade_lead')}</p>
      {rehearsal.isPending && <p role="status">{t('publication_checking')}</p>}
      {failure && <PublicationFailure error={failure} />}
      {conflicts.length > 0 && <h3 className="fl-sectiontitle">{t('upgrade_conflicts')}</h3>}
      {conflicts.map((conflict) => (
        <Conflict
          key={conflict.pointer}
          conflict={conflict}
          taken={taken[conflict.pointer] ?? null}
          onTaken={(side) => setTaken({ ...taken, [conflict.pointer]: side })}
        />
      ))}
      {rehearsal.data && <PublicationLines answer={rehearsal.data} />}
    </Dialog>
  )
}

interface ConflictProps {
  readonly conflict: ConflictAnswer
  readonly taken: Side | null
  readonly onTaken: (side: Side) => void
}

function Conflict({ conflict, taken, onTaken }: ConflictProps) {
  const t = useText()
  const shown = (value: ConflictAnswer['mine']) =>
    value === undefined ? t('upgrade_gone') : typeof value === 'string' ? value : JSON.stringify(value)
  const words = { mine: shown(conflict.mine), theirs: shown(conflict.theirs) }
  return (
    <fieldset className="fl-conflict">
      <legend>
        <code>{conflict.pointer}</code>
      </legend>
      {(['mine', 'theirs'] as const).map((side) => (
        <label key={side}>
          <input type="radio" name={conflict.pointer} checked={taken === side} onChange={() => onTaken(side)} />
          <span>{t(side === 'mine' ? 'upgrade_mine' : 'upgrade_theirs', { value: words[side] })}</span>
        </label>
      ))}
    </fieldset>
  )
}
