/** A date as text with a button that opens the calendar. */
import { lazy, Suspense, useRef, useState } from 'react'
import { todayIn } from '#base/dates.ts'
import { Icon } from '#ui/parts/icon.tsx'
import { Popover } from '#ui/parts/popover.tsx'
import { TypedInput, type TypedInputProps } from './typed-input.browser.tsx'
import { word } from './words.ts'

const Calendar = lazy(async () => ({ default: (await import('./calendar.browser.tsx')).Calendar }))

export interface DatePickerProps extends TypedInputProps {
  /** The day of the value in the reader's zone. */
  readonly day: string | null
  /** A day was chosen in the calendar. */
  chooseDay(day: string): void
}

export function DatePicker({ day, chooseDay, ...props }: DatePickerProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  function choose(chosen: string): void {
    setOpen(false)
    chooseDay(chosen)
    button.current?.focus()
  }
  return (
    <div className="fl-with-button">
      <TypedInput {...props} />
      {!props.readOnly && (
        <button
          ref={button}
          type="button"
          className="fl-inside"
          aria-label={`${word('calendar', props.locale)}: ${props.label}`}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="calendar" />
        </button>
      )}
      {open && (
        // Around the popover, which finds its place by the size of the calendar.
        <Suspense fallback={null}>
          <Popover anchor={button} onClose={() => setOpen(false)} label={props.label} align="end" padded>
            <Calendar chosen={day} today={todayIn(props.zone, Date.now())} locale={props.locale} choose={choose} />
          </Popover>
        </Suspense>
      )}
    </div>
  )
}
