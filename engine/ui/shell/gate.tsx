/** Pages before the application: set up, sign in; and the frame that they share. */
import type { ReactNode } from 'react'
import { useText } from '../strings/use-text.ts'
import { Logo } from './logo.tsx'
import { LanguageButton, ThemeButton } from './preference-buttons.tsx'

export function Gate({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  const t = useText()
  return (
    <div className="fl-gate">
      <header>
        <Logo />
        <span className="name">{title ?? t('product')}</span>
        <span className="fl-grow" />
        <LanguageButton />
        <ThemeButton />
      </header>
      <main>{children}</main>
    </div>
  )
}
