/** Setup, sessions and keys: how somebody becomes known. */
import { Type } from 'typebox'
import { exactly, id, label, locale, login, name, nullable, secret, timestamp, userAnswer, zone } from '../parts.ts'
import { defineRoute } from '../route.ts'

const signedIn = Type.Object({ user: userAnswer })

export const setupRead = defineRoute({
  id: 'setup.read',
  method: 'GET',
  url: '/api/setup',
  auth: 'public',
  action: 'setup',
  summary: 'Is the workspace still without an admin?',
  answers: { 200: Type.Object({ needed: Type.Boolean() }) },
  problems: [],
})

export const setupCreate = defineRoute({
  id: 'setup.create',
  method: 'POST',
  url: '/api/setup',
  auth: 'public',
  action: 'setup',
  summary: 'First admin of an empty workspace; once',
  body: exactly({
    code: Type.String({ maxLength: 40 }),
    name: label,
    login,
    password: secret,
    locale: Type.Optional(locale),
    zone: Type.Optional(zone),
    workspace: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  answers: { 201: signedIn },
  problems: ['request-invalid', 'already-done', 'record-invalid', 'too-many-requests'],
})

export const sessionCreate = defineRoute({
  id: 'session.create',
  method: 'POST',
  url: '/api/session',
  auth: 'public',
  action: 'sign-in',
  summary: 'Sign in; the session is in the cookie',
  body: exactly({ login: Type.String({ maxLength: 200 }), password: Type.String({ maxLength: 1000 }) }),
  answers: { 200: signedIn },
  problems: ['request-invalid', 'sign-in-failed', 'too-many-requests'],
})

export const sessionRead = defineRoute({
  id: 'session.read',
  method: 'GET',
  url: '/api/session',
  auth: 'session',
  action: 'self',
  summary: 'Who am I?',
  answers: { 200: signedIn },
  problems: [],
})

export const sessionChange = defineRoute({
  id: 'session.change',
  personal: true,
  method: 'PATCH',
  url: '/api/session',
  auth: 'session',
  action: 'self',
  summary: 'Own language, time zone, password. A new password ends all other sessions and all keys',
  body: exactly({
    locale: Type.Optional(locale),
    zone: Type.Optional(zone),
    password: Type.Optional(secret),
    current_password: Type.Optional(secret),
  }),
  answers: { 200: signedIn },
  problems: ['request-invalid', 'record-invalid', 'too-many-requests', 'forbidden'],
})

export const sessionDelete = defineRoute({
  id: 'session.delete',
  method: 'DELETE',
  url: '/api/session',
  auth: 'public',
  action: 'sign-in',
  summary: 'Sign out; the session ends at once',
  answers: { 204: null },
  problems: [],
})

const keyAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: nullable(Type.Array(Type.Object({ form: Type.String(), can: Type.Array(Type.String()) }))),
  created_at: Type.String(),
  expires_at: nullable(Type.String()),
  last_used_at: nullable(Type.String()),
  revoked_at: nullable(Type.String()),
})

export const keysList = defineRoute({
  id: 'keys.list',
  personal: true,
  method: 'GET',
  url: '/api/keys',
  auth: 'session',
  action: 'self',
  summary: 'Own keys, without the secret',
  answers: { 200: Type.Object({ keys: Type.Array(keyAnswer) }) },
  problems: ['forbidden'],
})

export const keysCreate = defineRoute({
  id: 'keys.create',
  personal: true,
  method: 'POST',
  url: '/api/keys',
  auth: 'session',
  action: 'self',
  summary: 'A key that acts as its owner; shown once',
  body: exactly({
    name: label,
    expires_at: Type.Optional(nullable(timestamp)),
    scopes: Type.Optional(
      nullable(
        Type.Array(
          exactly({
            form: name,
            can: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { minItems: 1, maxItems: 50 }),
          }),
          { minItems: 1, maxItems: 200 },
        ),
      ),
    ),
  }),
  answers: { 201: Type.Object({ id: Type.String(), key: Type.String() }) },
  problems: ['request-invalid', 'record-invalid', 'forbidden'],
})

export const keysDelete = defineRoute({
  id: 'keys.delete',
  personal: true,
  method: 'DELETE',
  url: '/api/keys/:id',
  auth: 'session',
  action: 'self',
  summary: 'Revoke a key at once',
  params: exactly({ id }),
  answers: { 204: null },
  problems: ['not-found', 'forbidden'],
})
