/** The cookie of a session: out of reach of scripts and foreign pages; bound to the host wherever TLS is. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ApiParts, isSecure } from './parts.ts'

const longestSeconds = 90 * 86_400

/** Browsers refuse the prefix without Secure, so plain HTTP has another name. */
function cookieName(parts: ApiParts): string {
  return isSecure(parts) ? '__Host-formloom' : 'formloom'
}

export function readToken(request: FastifyRequest, parts: ApiParts): string | null {
  return request.cookies[cookieName(parts)] ?? null
}

export function writeSession(reply: FastifyReply, parts: ApiParts, session: { readonly token: string } | 'end'): void {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(parts) } as const
  if (session === 'end') reply.setCookie(cookieName(parts), '', { ...options, maxAge: 0 })
  else reply.setCookie(cookieName(parts), session.token, { ...options, maxAge: longestSeconds })
}
