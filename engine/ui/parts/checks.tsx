/** Boxes to tick and switches to flip, each with its words. */
import { type ReactNode, useEffect, useId, useRef } from 'react'

export interface TickProps {
  readonly label: string
  readonly checked: boolean
  readonly mixed?: boolean
  readonly onChecked: (checked: boolean) => void
}

/** A bare box whose words are only spoken: for table rows. */
export function Tick({ label, checked, mixed = false, onChecked }: TickProps) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed
  }, [mixed])
  return (
    <input
      ref={box}
      type="checkbox"
      className="fl-check"
      aria-label={label}
      checked={checked}
      onChange={(event) => onChecked(event.target.checked)}
    />
  )
}

export interface SwitchProps {
  readonly label: ReactNode
  readonly help?: ReactNode
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
  readonly look?: 'switch' | 'check'
}

export function Switch({ label, help, checked, onChecked, look = 'switch' }: SwitchProps) {
  const id = useId()
  return (
    <div className="fl-option">
      <input
        id={id}
        type="checkbox"
        role={look === 'switch' ? 'switch' : undefined}
        className={`fl-${look}`}
        aria-describedby={help ? `${id}-help` : undefined}
        checked={checked}
        onChange={(event) => onChecked(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {help && (
          <p className="fl-help" id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
    </div>
  )
}
