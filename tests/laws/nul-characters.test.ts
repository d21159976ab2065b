/** A NUL character is refused by every kind of field, so that both databases hold the same texts. */
import { expect, it } from 'vitest'
import { fieldKinds } from '#kinds/fields/catalogue.ts'

const kinds = [...fieldKinds.values()].filter((kind) => kind.name !== 'table')

it.each(kinds.map((kind) => [kind.name, kind] as const))(
  '%s keeps no NUL character, given as a value or typed',
  (name, kind) => {
    const field = { name: 'f', type: name, to: 'user', options: [{ value: 'a' }], pattern: '{##}' }
    for (const given of ['a\u0000b', ['a\u0000b'], { a: 'a\u0000b' }]) {
      const parsed = kind.parse(given, field)
      const kept = parsed.ok && kind.check(parsed.value, field).length === 0 ? JSON.stringify(parsed.value) : ''
      expect(kept).not.toContain('\\u0000')
    }
    const typed = kind.parseText('a\u0000b', field, { locale: 'en', zone: 'UTC' })
    expect(typed.ok && kind.check(typed.value, field).length === 0 ? JSON.stringify(typed.value) : '').not.toContain(
      '\\u0000',
    )
  },
)
