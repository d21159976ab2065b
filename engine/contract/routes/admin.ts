/** Users, roles and settings: what an admin decides. */
import { Type } from 'typebox'
import { exactly, id, label, locale, login, name, nullable, secret, userAnswer, zone } from '../parts.ts'
import { defineRoute } from '../route.ts'

const email = nullable(Type.String({ maxLength: 254 }))
const roles = Type.Array(name, { maxItems: 100, uniqueItems: true })

const account = Type.Intersect([
  userAnswer,
  Type.Object({ version: Type.Integer(), email, active: Type.Boolean(), manager: nullable(Type.String()) }),
])

export const usersList = defineRoute({
  id: 'users.list',
  method: 'GET',
  url: '/api/admin/users',
  auth: 'admin',
  action: 'users',
  summary: 'All users, the disabled ones too',
  query: exactly({
    search: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.String({ maxLength: 5 })),
    cursor: Type.Optional(Type.String({ maxLength: 4000 })),
  }),
  answers: { 200: Type.Object({ users: Type.Array(account), next: nullable(Type.String()) }) },
  problems: ['query-invalid'],
})

export const usersCreate = defineRoute({
  id: 'users.create',
  method: 'POST',
  url: '/api/admin/users',
  auth: 'admin',
  action: 'users',
  summary: 'A user who can sign in',
  body: exactly({
    login,
    name: label,
    password: secret,
    email: Type.Optional(email),
    locale: Type.Optional(locale),
    zone: Type.Optional(zone),
    roles: Type.Optional(roles),
    team: Type.Optional(nullable(id)),
    manager: Type.Optional(nullable(id)),
  }),
  located: true,
  answers: { 201: Type.Object({ id: Type.String(), user: account }) },
  problems: ['request-invalid', 'record-invalid', 'not-unique'],
})

export const usersChange = defineRoute({
  id: 'users.change',
  method: 'PATCH',
  url: '/api/admin/users/:id',
  auth: 'admin',
  action: 'users',
  summary: 'Change a user. A new password or active: false ends its sessions and keys at once',
  params: exactly({ id }),
  body: exactly({
    login: Type.Optional(login),
    name: Type.Optional(label),
    password: Type.Optional(secret),
    email: Type.Optional(email),
    locale: Type.Optional(locale),
    zone: Type.Optional(zone),
    roles: Type.Optional(roles),
    team: Type.Optional(nullable(id)),
    manager: Type.Optional(nullable(id)),
    active: Type.Optional(Type.Boolean()),
  }),
  answers: { 200: Type.Object({ user: account }) },
  problems: ['request-invalid', 'record-invalid', 'not-unique', 'not-found', 'conflict'],
})

export const rolesList = defineRoute({
  id: 'roles.list',
  method: 'GET',
  url: '/api/admin/roles',
  auth: 'admin',
  action: 'users',
  summary: 'Roles that can be given, and what they grant',
  answers: {
    200: Type.Object({
      roles: Type.Array(
        Type.Object({
          name: Type.String(),
          label: Type.Unknown(),
          description: Type.Optional(Type.Unknown()),
          grants: Type.Array(Type.Unknown()),
          denies: Type.Array(Type.Unknown()),
          built_in: Type.Boolean(),
        }),
      ),
    }),
  },
  problems: [],
})

const settings = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  locale,
  zone,
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  max_file_mb: Type.Integer({ minimum: 1, maximum: 2000 }),
  file_quota_gb: Type.Integer({ minimum: 1, maximum: 100_000 }),
}

export const settingsRead = defineRoute({
  id: 'settings.read',
  method: 'GET',
  url: '/api/admin/settings',
  auth: 'admin',
  action: 'settings',
  summary: 'Name, language, zone and currency of the workspace, and its limits of files',
  answers: { 200: Type.Object(settings) },
  problems: [],
})

export const settingsChange = defineRoute({
  id: 'settings.change',
  method: 'PATCH',
  url: '/api/admin/settings',
  auth: 'admin',
  action: 'settings',
  summary: 'Change them',
  body: exactly({
    name: Type.Optional(settings.name),
    locale: Type.Optional(settings.locale),
    zone: Type.Optional(settings.zone),
    currency: Type.Optional(settings.currency),
    max_file_mb: Type.Optional(settings.max_file_mb),
    file_quota_gb: Type.Optional(settings.file_quota_gb),
  }),
  answers: { 200: Type.Object(settings) },
  problems: ['request-invalid', 'record-invalid'],
})
