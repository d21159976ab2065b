/** Every icon that a pack or a kind names can be drawn. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { glyphs } from './icon-glyphs.ts'

const templates = fileURLToPath(new URL('../../../templates', import.meta.url))

describe('icons', () => {
  it('has every icon of the packs', () => {
    const files = readdirSync(templates, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.json'))
    const named = files.flatMap((file) =>
      [...readFileSync(`${templates}/${file}`, 'utf8').matchAll(/"icon": *"([^"]+)"/g)].map((match) => match[1] ?? ''),
    )
    expect([...new Set(named)].filter((name) => glyphs[name] === undefined)).toEqual([])
  })

  it('has every icon of the kinds', () => {
    expect([...fieldKinds.values()].map((kind) => kind.icon).filter((name) => glyphs[name] === undefined)).toEqual([])
  })
})
