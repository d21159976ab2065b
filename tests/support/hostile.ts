/** Values, texts and definitions that break what was not thought through; from a seed, so that a failure can be repeated. */
import type { Definition } from '#definitions/definition.ts'

export interface Chances {
  /** 0 to `most`, both included. */
  upTo(most: number): number
  oneOf<T>(choices: readonly T[]): T
  /** One to four of them. */
  some<T>(choices: readonly T[]): T[]
  oftenTrue(): boolean
  seldomTrue(): boolean
  rarelyTrue(): boolean
}

/** The same seed gives the same chances (mulberry32). */
export function chancesFrom(seed: number): Chances {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const upTo = (most: number) => Math.floor(next() * (most + 1))
  const oneOf = <T>(choices: readonly T[]) => choices[upTo(choices.length - 1)] as T
  return {
    upTo,
    oneOf,
    some: (choices) => Array.from({ length: upTo(3) + 1 }, () => oneOf(choices)),
    oftenTrue: () => next() < 0.75,
    seldomTrue: () => next() < 0.3,
    rarelyTrue: () => next() < 0.08,
  }
}

const texts = [
  '',
  ' ',
  "'",
  '"',
  '`',
  ';--',
  "' or 1=1 --",
  '\\',
  '%',
  '_',
  '..',
  '../../etc/passwd',
  '/',
  '~',
  '\r\nset-cookie: a=b',
  '\u0001',
  '\u202e',
  '\ufeff',
  '\uffff',
  '😀',
  'x\u0000y',
  '\ud800',
  '客户',
  'ﬀ',
  '{"$ne":null}',
  '[]',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '0x10',
  '1e5',
  '1_000',
  '١٢٣',
  '1.2.3',
  '９９',
  '9'.repeat(400),
  `0.${'0'.repeat(300)}1`,
  '-9223372036854775809',
  '9007199254740993',
  '12,5',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '-0001-01-01',
  '10000-01-01',
  '2026-11-22T25:61:61Z',
  '9999-12-31T23:59:59.999Z',
  '24:00',
  'P1Y',
  'PT1e9S',
  'P99999999999999D',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'x'.repeat(199),
  'x'.repeat(10_000),
  '<script>alert(1)</script>',
  '=1+1',
  '@-99999',
  'user/1',
  '/',
  'order/',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what others may evaluate as a template
  '${7*7}',
  '{{7*7}}',
] as const

export function hostileText(chances: Chances): string {
  return chances.oneOf(texts)
}

/** `@1e400` and the like stand for numbers that JSON texts can hold and `JSON.stringify` cannot write. */
export function hostileValue(chances: Chances, depth: number): unknown {
  const kind = chances.upTo(depth > 0 ? 9 : 6)
  if (kind <= 2) return hostileText(chances)
  if (kind === 3)
    return chances.oneOf([
      0,
      -1,
      1.5,
      2 ** 53,
      -(2 ** 63),
      1e21,
      1e308,
      1e-320,
      '@1e400',
      '@-1e400',
      '@9007199254740993',
    ])
  if (kind === 4) return chances.oneOf([null, true, false])
  if (kind <= 6) return chances.oneOf([1, '1', '12.50', '2026-11-22', 'a'])
  if (kind === 7) return Array.from({ length: chances.upTo(4) }, () => hostileValue(chances, depth - 1))
  if (kind === 8) return {}
  return Object.fromEntries(
    Array.from({ length: chances.upTo(3) + 1 }, () => [
      chances.oneOf(['a', 'id', 'form', 'var', 'add', 'whole', '==', 'length', '', 'toString', 'x'.repeat(200)]),
      hostileValue(chances, depth - 1),
    ]),
  )
}

/** A sound definition with one part of it replaced, removed or doubled. */
export function hostileDefinition(chances: Chances, sound: readonly Definition[]): unknown {
  const definition = structuredClone(chances.oneOf(sound)) as unknown
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const key of Object.keys(node)) {
      places.push({ holder: node as Record<string, unknown>, key })
      walk((node as Record<string, unknown>)[key])
    }
  }
  walk(definition)
  for (let changes = chances.upTo(1) + 1; changes > 0; changes--) {
    const { holder, key } = chances.oneOf(places)
    if (chances.rarelyTrue()) delete holder[key]
    else holder[key] = chances.seldomTrue() ? structuredClone(chances.oneOf(places).holder) : hostileValue(chances, 2)
  }
  return definition
}
