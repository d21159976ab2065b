/** Icons by name, from explicit maps, so that the pages hold only what packs, kinds and screens use. */
import { signal } from '@preact/signals-core'
import { type Icon as Glyph, IconFileText } from '@tabler/icons-react'
import { useEffect } from 'react'
import { screenGlyphs } from './screen-glyphs.ts'
import { useSignal } from './use-signal.ts'

export interface IconProps {
  readonly name: string
  readonly size?: number
}

/** The icons of packs and kinds; null until they are here. */
const others = signal<Readonly<Record<string, Glyph>> | null>(null)
let asked = false

/** Decorative by nature: the word beside it, or the button's label, says what it means. */
export function Icon({ name, size = 16 }: IconProps) {
  const found = screenGlyphs[name]
  return found ? <Drawn glyph={found} size={size} /> : <LateIcon name={name} size={size} />
}

/** Keeps its place while the icons are on their way. */
function LateIcon({ name, size }: Required<IconProps>) {
  const glyphs = useSignal(others)
  useEffect(fetchOthers, [])
  if (!glyphs) return <span className="fl-icon" style={{ width: size, height: size }} aria-hidden="true" />
  return <Drawn glyph={glyphs[name] ?? IconFileText} size={size} />
}

function Drawn({ glyph: Found, size }: { readonly glyph: Glyph; readonly size: number }) {
  return <Found size={size} stroke={1.9} className="fl-icon" aria-hidden="true" focusable="false" />
}

function fetchOthers(): void {
  if (asked) return
  asked = true
  import('./icon-glyphs.ts').then(
    ({ glyphs }) => {
      others.value = glyphs
    },
    () => {
      asked = false // Without the network there are places instead of icons; the next one asks again.
    },
  )
}
