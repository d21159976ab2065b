/** The states of a page that has nothing to show: empty, refused, failed, loading. */
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface StatePageProps {
  readonly icon?: string
  readonly title: ReactNode
  readonly children?: ReactNode
}

export function StatePage({ icon, title, children }: StatePageProps) {
  return (
    <div className="fl-empty">
      {icon && (
        <span className="fl-ink-3">
          <Icon name={icon} size={22} />
        </span>
      )}
      <h2>{title}</h2>
      {children && <div className="fl-row">{children}</div>}
    </div>
  )
}

/** Grey rows at their true height; they appear after 150 ms only. */
export function Skeleton({ rows = 8, label }: { readonly rows?: number; readonly label: string }) {
  return (
    <div className="fl-skeletons" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="fl-skeletonrow">
          <span className="fl-skeleton" style={{ width: `${30 + ((row * 37) % 50)}%` }} />
        </div>
      ))}
    </div>
  )
}
