/** Everything behind the sign-in, as one part that is fetched when it is needed. */
import type { ReactNode } from 'react'
import { type Shelf, ShelfProvider } from '../client/workspace.tsx'
import { SignedIn } from './signed-in.tsx'

export function Inside({ shelf, children }: { readonly shelf: Shelf; readonly children: ReactNode }) {
  return (
    <ShelfProvider shelf={shelf}>
      <SignedIn>{children}</SignedIn>
    </ShelfProvider>
  )
}
