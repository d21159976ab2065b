/** A state as icon, word and colour: a mark in tables, a badge on titles and cards. */
import { Icon } from './icon.tsx'

export type StateColor = 'gray' | 'blue' | 'amber' | 'green' | 'red' | 'teal' | 'violet' | 'slate'

const icons: Readonly<Record<StateColor, string>> = {
  gray: 'circle-dashed',
  blue: 'circle-dot',
  amber: 'clock',
  green: 'circle-check',
  red: 'circle-x',
  teal: 'circle-arrow-right',
  violet: 'circle-pause',
  slate: 'ban',
}

export interface StateProps {
  readonly label: string
  readonly color?: StateColor | undefined
  readonly look?: 'mark' | 'badge'
}

export function StateMark({ label, color = 'gray', look = 'mark' }: StateProps) {
  return (
    <span className={`${look === 'badge' ? 'fl-badge' : 'fl-state'} ${color}`}>
      <Icon name={icons[color]} size={look === 'badge' ? 14 : 16} />
      {label}
    </span>
  )
}
