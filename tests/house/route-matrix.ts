/**
 * Who may call what: every route with a harmless request, and the status that each kind of caller gets.
 * A route that is missing here fails the census. `key` is an admin's key cut to reading teams; `disabled` was signed in before.
 */
export const callers = ['anonymous', 'employee', 'builder', 'admin', 'disabled', 'key'] as const
export type CallerName = (typeof callers)[number]

export interface Row {
  readonly path: string
  readonly body?: unknown
  readonly version?: number
  /** In the order of `callers`. */
  readonly statuses: readonly [
    anonymous: number,
    employee: number,
    builder: number,
    admin: number,
    disabled: number,
    key: number,
  ]
}

const nobody = '019aa300-0000-7000-8000-000000000000'
const team = '/api/forms/team/records'

export const routeMatrix: Readonly<Record<string, Row>> = {
  'setup.read': { path: '/api/setup', statuses: [200, 200, 200, 200, 200, 200] },
  'setup.create': {
    path: '/api/setup',
    body: { code: 'x', name: 'X', login: 'x', password: 'x' },
    statuses: [409, 409, 409, 409, 409, 409],
  },
  'session.create': {
    path: '/api/session',
    body: { login: '', password: 'x' },
    statuses: [401, 401, 401, 401, 401, 401],
  },
  'session.read': { path: '/api/session', statuses: [401, 200, 200, 200, 401, 200] },
  'session.change': { path: '/api/session', body: {}, statuses: [401, 200, 200, 200, 401, 403] },
  'session.delete': { path: '/api/session?unknown', statuses: [204, 204, 204, 204, 204, 204] },
  'keys.list': { path: '/api/keys', statuses: [401, 200, 200, 200, 401, 403] },
  'keys.create': { path: '/api/keys', body: { name: 'k' }, statuses: [401, 201, 201, 201, 401, 403] },
  'keys.delete': { path: `/api/keys/${nobody}`, statuses: [401, 404, 404, 404, 401, 403] },
  'app.read': { path: '/api/app', statuses: [401, 200, 200, 200, 401, 200] },
  'forms.read': { path: '/api/forms/team', statuses: [401, 200, 200, 200, 401, 200] },
  'openapi.read': { path: '/api/openapi.json', statuses: [401, 200, 200, 200, 401, 200] },
  'docs.read': { path: '/api/docs', statuses: [401, 200, 200, 200, 401, 200] },
  'problems.read': { path: '/problems/conflict', statuses: [200, 200, 200, 200, 200, 200] },
  'livez.read': { path: '/livez', statuses: [200, 200, 200, 200, 200, 200] },
  'readyz.read': { path: '/readyz', statuses: [200, 200, 200, 200, 200, 200] },
  'records.list': { path: team, statuses: [401, 200, 200, 200, 401, 200] },
  'records.query': { path: `${team}/query`, body: {}, statuses: [401, 200, 200, 200, 401, 200] },
  'records.create': { path: team, body: { name: 'North' }, statuses: [401, 403, 403, 201, 401, 403] },
  'records.read': { path: `${team}/${nobody}`, statuses: [401, 404, 404, 404, 401, 404] },
  'records.change': { path: `${team}/${nobody}`, body: {}, version: 1, statuses: [401, 404, 404, 404, 401, 404] },
  'records.delete': { path: `${team}/${nobody}`, version: 1, statuses: [401, 404, 404, 404, 401, 404] },
  'records.restore': { path: `${team}/${nobody}/restore`, body: {}, statuses: [401, 403, 403, 404, 401, 403] },
  'records.bulk': {
    path: `${team}/bulk`,
    body: { operations: [{ verb: 'create', values: { name: 'East' } }] },
    statuses: [401, 403, 403, 200, 401, 403],
  },
  'records.evaluate': { path: `${team}/evaluate`, body: { values: {} }, statuses: [401, 403, 403, 200, 401, 403] },
  'records.why': { path: `${team}/${nobody}/why?verb=read`, statuses: [401, 404, 404, 404, 401, 404] },
  'records.history': { path: `${team}/${nobody}/history`, statuses: [401, 404, 404, 404, 401, 404] },
  'records.aggregate': { path: '/api/forms/team/aggregate', statuses: [401, 200, 200, 200, 401, 200] },
  'files.create': { path: '/api/files', body: {}, statuses: [401, 415, 415, 415, 401, 415] },
  'files.read': { path: `/api/files/${nobody}`, statuses: [401, 404, 404, 404, 401, 404] },
  'records.export': { path: '/api/forms/team/export?format=csv', statuses: [401, 403, 403, 200, 401, 403] },
  'imports.create': {
    path: '/api/forms/team/import',
    body: { content: 'name\nSouth\n' },
    statuses: [401, 403, 403, 201, 401, 403],
  },
  'imports.list': { path: '/api/imports', statuses: [401, 200, 200, 200, 401, 200] },
  'imports.read': { path: `/api/imports/${nobody}`, statuses: [401, 404, 404, 404, 401, 404] },
  'imports.check': {
    path: `/api/imports/${nobody}/check`,
    body: { mapping: {} },
    statuses: [401, 404, 404, 404, 401, 404],
  },
  'imports.commit': { path: `/api/imports/${nobody}/commit`, body: {}, statuses: [401, 404, 404, 404, 401, 404] },
  'search.read': { path: '/api/search?q=north', statuses: [401, 200, 200, 200, 401, 200] },
  'events.read': { path: '/api/events?wait=0', statuses: [401, 200, 200, 200, 401, 200] },
  'imports.errors': { path: `/api/imports/${nobody}/errors.csv`, statuses: [401, 404, 404, 404, 401, 404] },
  'imports.cancel': { path: `/api/imports/${nobody}/cancel`, body: {}, statuses: [401, 404, 404, 404, 401, 404] },
  'imports.undo': { path: `/api/imports/${nobody}/undo`, body: {}, statuses: [401, 404, 404, 404, 401, 404] },
  'metrics.read': { path: '/metrics', statuses: [401, 403, 403, 200, 401, 403] },
  'definitions.list': { path: '/api/definitions', statuses: [401, 403, 200, 200, 401, 403] },
  'definitions.read': { path: '/api/definitions/form/team', statuses: [401, 403, 200, 200, 401, 403] },
  'definitions.publish': {
    path: '/api/definitions',
    body: { definitions: [], dry_run: true },
    statuses: [401, 403, 200, 200, 401, 403],
  },
  'revisions.list': { path: '/api/revisions', statuses: [401, 403, 200, 200, 401, 403] },
  'revisions.rollback': {
    path: '/api/revisions/999/rollback',
    body: {},
    statuses: [401, 403, 404, 404, 401, 403],
  },
  'packs.list': { path: '/api/packs', statuses: [401, 403, 200, 200, 401, 403] },
  'packs.install': { path: '/api/packs/nothing/install', body: {}, statuses: [401, 403, 403, 404, 401, 403] },
  'packs.upgrade': { path: '/api/packs/nothing/upgrade', body: {}, statuses: [401, 403, 403, 404, 401, 403] },
  'users.list': { path: '/api/admin/users', statuses: [401, 403, 403, 200, 401, 403] },
  'users.create': {
    path: '/api/admin/users',
    body: { login: 'x', name: 'X', password: 'short' },
    statuses: [401, 403, 403, 422, 401, 403],
  },
  'users.change': { path: `/api/admin/users/${nobody}`, body: {}, statuses: [401, 403, 403, 404, 401, 403] },
  'roles.list': { path: '/api/admin/roles', statuses: [401, 403, 403, 200, 401, 403] },
  'settings.read': { path: '/api/admin/settings', statuses: [401, 403, 403, 200, 401, 403] },
  'settings.change': { path: '/api/admin/settings', body: {}, statuses: [401, 403, 403, 200, 401, 403] },
}
