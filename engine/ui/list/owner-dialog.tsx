/** Gives the chosen records to another person. */
import { useState } from 'react'
import type { LinkValue } from '#contract/wire-record.ts'
import { LinkPicker } from '../form/link-picker.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useText } from '../strings/use-text.ts'

export interface OwnerDialogProps {
  readonly count: number
  readonly onOwner: (owner: LinkValue) => void
  readonly onClose: () => void
}

export function OwnerDialog({ count, onOwner, onClose }: OwnerDialogProps) {
  const t = useText()
  const [owner, setOwner] = useState<LinkValue | null>(null)
  const give = () => {
    if (owner) onOwner(owner)
  }
  return (
    <Dialog
      title={t('owner_change')}
      onClose={onClose}
      onSubmit={give}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" disabled={owner === null}>
            {t('owner_give', { count })}
          </Button>
        </>
      }
    >
      <LinkPicker form="user" label={t('owner_new')} value={owner?.id ?? null} onValue={setOwner} autoFocus />
    </Dialog>
  )
}
