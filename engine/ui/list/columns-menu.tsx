/** Which columns are shown, in the order of the list. */
import { useRef, useState } from 'react'
import { IconButton } from '../parts/button.tsx'
import { Switch } from '../parts/checks.tsx'
import { Popover } from '../parts/popover.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { allColumns, listColumns } from './columns.ts'
import type { ListPlace } from './list-place.ts'

export function ColumnsMenu({ place }: { readonly place: ListPlace }) {
  const t = useText()
  const label = useLabel()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { access, view, search, onSearch } = place
  const shown = listColumns(access.model, search.columns?.split(',') ?? view?.columns).map((column) => column.name)
  const toggle = (name: string, on: boolean) => {
    const next = on ? [...shown, name] : shown.filter((one) => one !== name)
    if (next.length > 0) onSearch({ columns: next.join(',') })
  }
  return (
    <>
      <IconButton
        ref={button}
        icon="columns-3"
        label={t('columns')}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Popover anchor={button} label={t('columns')} padded align="end" onClose={() => setOpen(false)}>
          {allColumns(access.model).map((column) => (
            <Switch
              key={column.name}
              look="check"
              label={label(column.label, column.name)}
              checked={shown.includes(column.name)}
              onChecked={(on) => toggle(column.name, on)}
            />
          ))}
        </Popover>
      )}
    </>
  )
}
