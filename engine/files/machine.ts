/** The machine behind the ports: its clock, new identifiers, and a log of JSON lines. Only composition roots hand these in. */
import { randomFillSync } from 'node:crypto'
import type { Clock, Ids, Log } from '#base/ports.ts'

export const systemClock: Clock = { now: () => Date.now() }

/**
 * UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits. Within one millisecond the random part counts on,
 * so that the ids of one process are in the order in which they were made.
 */
export function createIds(clock: Clock = systemClock): Ids {
  const random = new Uint8Array(10)
  const refill = randomSource(random.length)
  let lastMs = 0
  return {
    next() {
      const now = clock.now()
      if (now > lastMs || !increment(random)) {
        lastMs = Math.max(now, lastMs + (now > lastMs ? 0 : 1))
        random.set(refill())
      }
      return format(lastMs, random)
    },
  }
}

/** Random bytes, fetched from the system many at a time. */
function randomSource(size: number): () => Uint8Array {
  const pool = new Uint8Array(size * 256)
  let next = pool.length
  return () => {
    if (next === pool.length) {
      randomFillSync(pool)
      next = 0
    }
    next += size
    return pool.subarray(next - size, next)
  }
}

/** Adds one to the 62 bits after the variant; false when they are used up. */
function increment(random: Uint8Array): boolean {
  for (let at = random.length - 1; at >= 2; at -= 1) {
    random[at] = ((random[at] ?? 0) + 1) & 0xff
    if (random[at] !== 0) return true
  }
  return false
}

function format(ms: number, random: Uint8Array): string {
  const bytes = [...random]
  bytes[0] = ((bytes[0] ?? 0) & 0x0f) | 0x70
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80
  const time = ms.toString(16).padStart(12, '0')
  const tail = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}`
}

export const logLevels = ['error', 'warn', 'info', 'debug', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** One JSON object per line: time, level, event, data. `write` is standard error where nothing else is said. */
export function createLog(
  level: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Log {
  const most = level === 'silent' ? -1 : logLevels.indexOf(level)
  const at =
    (own: LogLevel) =>
    (event: string, data: Readonly<Record<string, unknown>> = {}) => {
      if (logLevels.indexOf(own) <= most)
        write(JSON.stringify({ time: new Date().toISOString(), level: own, event, ...data }))
    }
  const debug = level === 'debug' ? { debug: at('debug') } : {}
  return { ...debug, info: at('info'), warn: at('warn'), error: at('error') }
}
