/** A switch with its state in words. */
import { useWords } from '../strings/use-words.ts'

export interface YesNoProps {
  readonly label: string
  readonly on: boolean
  readonly onPick: (on: boolean) => void
}

export function YesNo({ label, on, onPick }: YesNoProps) {
  const say = useWords()
  const role = 'switch'
  return (
    <>
      <input
        type="checkbox"
        role={role}
        className="fl-switch"
        aria-label={label}
        checked={on}
        onChange={(event) => onPick(event.target.checked)}
      />
      <span className="fl-ink-2 fl-grow" aria-hidden="true">
        {say(on ? 'yes' : 'no')}
      </span>
    </>
  )
}
