/** Chosen things in a row, each with its own button to remove it. */
import { Icon } from '#ui/parts/icon.tsx'
import { word } from './words.ts'

export interface Chip {
  readonly key: string
  readonly text: string
}

export interface ChipsProps {
  readonly chips: readonly Chip[]
  readonly locale: string
  /** Absent where nothing may be removed. */
  remove?: ((key: string) => void) | undefined
}

export function Chips({ chips, locale, remove }: ChipsProps) {
  if (chips.length === 0) return null
  return (
    <ul className="fl-chips">
      {chips.map((chip) => (
        <li key={chip.key} className="fl-chip-value">
          <span className="fl-cut">{chip.text}</span>
          {remove && (
            <button
              type="button"
              aria-label={word('remove', locale, { name: chip.text })}
              onClick={() => remove(chip.key)}
            >
              <Icon name="x" size={14} />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
