/** Seeded randomness for the demo data: the same seed gives the same sequence on every machine. */

/** FNV-1a, 32 bits: a text becomes a seed. */
function hash(text) {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0), 0x01000193)
  return value >>> 0
}

/** mulberry32: numbers in [0, 1). */
function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One source of randomness, named by its seed. All bounds are inclusive. */
export function createRandom(seed) {
  const next = generator(hash(seed))
  const int = (min, max) => min + Math.floor(next() * (max - min + 1))
  const pick = (list) => list[int(0, list.length - 1)]
  const chance = (share) => next() < share
  const shuffle = (list) => {
    const copy = [...list]
    for (let last = copy.length - 1; last > 0; last -= 1) {
      const other = int(0, last)
      ;[copy[last], copy[other]] = [copy[other], copy[last]]
    }
    return copy
  }
  const sample = (list, count) => shuffle(list).slice(0, count)
  /** `[[value, weight], …]` → one value. */
  const weighted = (pairs) => {
    let rest = next() * pairs.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [value, weight] of pairs) {
      rest -= weight
      if (rest < 0) return value
    }
    return pairs[pairs.length - 1][0]
  }
  return { next, int, pick, chance, shuffle, sample, weighted }
}

/** `day(-30)` → `@-30`: that many days from the day of installation. */
export const day = (offset) => `@${offset < 0 ? '' : '+'}${offset}`

/** `moment(-30, '09:15')` → `@-30T09:15`, in the zone of the workspace. */
export const moment = (offset, time) => `${day(offset)}T${time}`

/** `numbered('C', 7)` → `C-00007`. */
export const numbered = (prefix, count) => `${prefix}-${String(count).padStart(5, '0')}`
