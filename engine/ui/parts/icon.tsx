/** Icons by name: an explicit map, so that the bundle holds only what packs, kinds and screens use. */
import { type Icon as Glyph, IconFileText } from '@tabler/icons-react'
import { glyphs } from './icon-glyphs.ts'

export interface IconProps {
  readonly name: string
  readonly size?: number
}

/** Decorative by nature: the word beside it, or the button's label, says what it means. */
export function Icon({ name, size = 16 }: IconProps) {
  const Found: Glyph = glyphs[name] ?? IconFileText
  return <Found size={size} stroke={1.9} className="fl-icon" aria-hidden="true" focusable="false" />
}
