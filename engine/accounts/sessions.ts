/** Sessions of browsers: begun at sign-in, seen at each request, ended at once when they must. */
import { datetimeMs, formatDatetime } from '#base/dates.ts'
import {
  deleteSession,
  insertSession,
  readSession,
  type StoredSession,
  touchSession,
} from '#storage/accounts/sessions.ts'
import type { Connection } from '#storage/connection.ts'
import { hashToken, newToken } from './token.ts'

const day = 86_400_000
const idleMs = 14 * day
const absoluteMs = 90 * day
/** The idle end is moved at most this often, so that reading stays reading. */
const touchAfterMs = 10 * 60_000

/** Where a session comes from; shown to its owner. */
export interface Origin {
  readonly address: string | null
  readonly agent: string | null
}

/** Begins a session and gives its token, once. */
export async function beginSession(
  db: Connection,
  user: string,
  at: { readonly now: number; readonly from: Origin },
): Promise<string> {
  const token = newToken()
  const now = formatDatetime(at.now)
  await insertSession(db, {
    tokenHash: hashToken(token),
    user,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: expiry(at.now, at.now),
    address: at.from.address,
    agent: at.from.agent?.slice(0, 200) ?? null,
  })
  return token
}

/** The living session of a token; null when there is none or it has ended. */
export async function findSession(db: Connection, token: string, now: number): Promise<StoredSession | null> {
  if (token.length !== 43) return null
  const session = await readSession(db, hashToken(token))
  return session && datetimeMs(session.expiresAt) > now ? session : null
}

/** Is it time to move the idle end? */
export function isWorthTouching(session: StoredSession, now: number): boolean {
  return now - datetimeMs(session.lastSeenAt) > touchAfterMs
}

export async function keepAlive(db: Connection, session: StoredSession, now: number): Promise<void> {
  await touchSession(db, {
    tokenHash: session.tokenHash,
    lastSeenAt: formatDatetime(now),
    expiresAt: expiry(datetimeMs(session.createdAt), now),
  })
}

export async function endSession(db: Connection, token: string): Promise<void> {
  await deleteSession(db, hashToken(token))
}

function expiry(createdMs: number, seenMs: number): string {
  return formatDatetime(Math.min(seenMs + idleMs, createdMs + absoluteMs))
}
