/** A button with a menu below it; arrows move, Enter picks, Escape closes. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { Popover } from './popover.tsx'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: string
  readonly danger?: boolean
  readonly on?: boolean
  readonly onPick: () => void
}
export interface MenuProps {
  readonly label: string
  readonly icon?: string
  readonly text?: ReactNode
  readonly entries: readonly MenuEntry[]
  readonly align?: 'start' | 'end'
}

export function Menu({ label, icon = 'dots', text, entries, align = 'end' }: MenuProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const shared = { ref: button, onClick: () => setOpen(!open), 'aria-haspopup': 'menu', 'aria-expanded': open } as const
  return (
    <>
      {text ? (
        <Button {...shared} small look="quiet" icon={icon}>
          {text}
        </Button>
      ) : (
        <IconButton {...shared} icon={icon} label={label} />
      )}
      {open && (
        <Popover anchor={button} onClose={() => setOpen(false)} label={label} role="menu" align={align} minWidth={180}>
          <Entries entries={entries} onDone={() => setOpen(false)} />
        </Popover>
      )}
    </>
  )
}

function Entries({ entries, onDone }: { readonly entries: readonly MenuEntry[]; readonly onDone: () => void }) {
  const list = useRef<HTMLFieldSetElement>(null)
  useEffect(() => list.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus(), [])
  return (
    <fieldset ref={list} onKeyDown={moveFocus}>
      {entries.map((entry) => (
        <button
          key={entry.id}
          type="button"
          className={`fl-menuitem ${entry.danger ? 'danger' : ''}`}
          {...(entry.on === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': entry.on })}
          onClick={() => {
            onDone()
            entry.onPick()
          }}
        >
          {entry.icon && <Icon name={entry.icon} />}
          <span className="fl-grow">{entry.label}</span>
          {entry.on && <Icon name="check" />}
        </button>
      ))}
    </fieldset>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^="menuitem"]')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  items[(at + step + items.length) % items.length]?.focus()
}
