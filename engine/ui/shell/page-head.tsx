/** The head of a page: title, what belongs beside it, acts at the right. */
import type { ReactNode } from 'react'
import { PhoneSearchButton } from '../search/search-button.tsx'

export interface PageHeadProps {
  readonly title: ReactNode
  readonly beside?: ReactNode
  readonly children?: ReactNode
}

export function PageHead({ title, beside, children }: PageHeadProps) {
  return (
    <header className="fl-head">
      <h1>{title}</h1>
      {beside}
      <span className="fl-grow" />
      {children}
      <PhoneSearchButton />
    </header>
  )
}
