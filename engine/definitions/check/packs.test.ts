import { expect, it } from 'vitest'
import { versionFits } from './packs.ts'

it.each([
  ['1.2.3', '^1.2.0', true],
  ['1.9.0', '^1.2.0', true],
  ['1.1.9', '^1.2.0', false],
  ['2.0.0', '^1.2.0', false],
  ['0.2.5', '^0.2.1', true],
  ['0.3.0', '^0.2.1', false],
  ['1.2.9', '~1.2.3', true],
  ['1.3.0', '~1.2.3', false],
  ['1.2.3', '1.2.3', true],
  ['1.2.4', '1.2.3', false],
  ['1.10.0', '^1.9.0', true],
])('version %s fits %s: %s', (version, range, fits) => {
  expect(versionFits(version, range)).toBe(fits)
})
