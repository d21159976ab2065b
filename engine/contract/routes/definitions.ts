/** Definitions, revisions and packs: what a builder reads and publishes. */
import { Type } from 'typebox'
import { exactly, json, jsonObject, name, nullable } from '../parts.ts'
import { defineRoute } from '../route.ts'

const kind = Type.Enum([
  'pack',
  'form',
  'lifecycle',
  'flow',
  'view',
  'report',
  'dashboard',
  'role',
  'print',
  'calendar',
])
const entry = Type.Object({
  kind: Type.String(),
  name: Type.String(),
  pack: nullable(Type.String()),
  extends: nullable(Type.String()),
  hash: Type.String(),
})
const published = Type.Object({
  revision: Type.Integer(),
  issues: Type.Array(json),
  changes: json,
  statements: Type.Optional(Type.Array(Type.String())),
})
const reference = exactly({ kind, name: Type.String({ maxLength: 90 }) })

export const definitionsList = defineRoute({
  id: 'definitions.list',
  method: 'GET',
  url: '/api/definitions',
  auth: 'builder',
  action: 'definitions',
  summary: 'All published definitions with hash; bodies with full=true',
  query: exactly({
    kind: Type.Optional(kind),
    pack: Type.Optional(Type.String({ maxLength: 40 })),
    full: Type.Optional(Type.Enum(['true'])),
  }),
  answers: { 200: Type.Object({ revision: Type.Integer(), definitions: Type.Array(entry) }) },
  problems: ['query-invalid'],
})

export const definitionsRead = defineRoute({
  id: 'definitions.read',
  method: 'GET',
  url: '/api/definitions/:kind/:name',
  auth: 'builder',
  action: 'definitions',
  summary: 'One definition: as merged, and the sources that made it',
  params: exactly({ kind, name: Type.String({ maxLength: 90 }) }),
  answers: { 200: Type.Object({ revision: Type.Integer(), definition: jsonObject, sources: Type.Array(json) }) },
  problems: ['not-found'],
})

export const definitionsPublish = defineRoute({
  id: 'definitions.publish',
  method: 'POST',
  url: '/api/definitions',
  auth: 'builder',
  action: 'definitions',
  summary: 'Publish a set of definitions in one transaction',
  body: exactly({
    definitions: Type.Optional(Type.Array(json, { maxItems: 2000 })),
    remove: Type.Optional(Type.Array(reference, { maxItems: 2000 })),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    dry_run: Type.Optional(Type.Boolean()),
    base: Type.Optional(Type.Integer({ minimum: 0, description: 'The revision that the caller has seen' })),
  }),
  limits: { bytes: 16 * 1024 * 1024, names: 500_000 },
  answers: { 200: published },
  problems: ['request-invalid', 'definition-invalid', 'conflict'],
})

export const revisionsList = defineRoute({
  id: 'revisions.list',
  method: 'GET',
  url: '/api/revisions',
  auth: 'builder',
  action: 'definitions',
  summary: 'History of publications, newest first',
  answers: {
    200: Type.Object({
      current: Type.Integer(),
      revisions: Type.Array(
        Type.Object({
          number: Type.Integer(),
          at: Type.String(),
          by: nullable(Type.String()),
          by_title: nullable(Type.String()),
          note: nullable(Type.String()),
          hash: Type.String(),
        }),
      ),
    }),
  },
  problems: [],
})

export const revisionsRollback = defineRoute({
  id: 'revisions.rollback',
  method: 'POST',
  url: '/api/revisions/:number/rollback',
  auth: 'builder',
  action: 'definitions',
  summary: 'The definitions of this revision become the next one; records and their values stay',
  params: exactly({ number: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) }),
  body: exactly({
    note: Type.Optional(Type.String({ maxLength: 500 })),
    dry_run: Type.Optional(Type.Boolean()),
    base: Type.Optional(Type.Integer({ minimum: 0, description: 'The revision that the caller has seen' })),
  }),
  answers: { 200: published },
  problems: ['request-invalid', 'not-found', 'definition-invalid', 'conflict'],
})

export const packsList = defineRoute({
  id: 'packs.list',
  method: 'GET',
  url: '/api/packs',
  auth: 'builder',
  action: 'packs',
  summary: 'The template gallery',
  answers: { 200: Type.Object({ packs: Type.Array(json) }) },
  problems: [],
})

export const packsInstall = defineRoute({
  id: 'packs.install',
  method: 'POST',
  url: '/api/packs/:name/install',
  auth: 'admin',
  action: 'packs',
  summary: 'Install a pack and what it requires, with or without demo data',
  params: exactly({ name }),
  body: exactly({ demo: Type.Optional(Type.Boolean()) }),
  answers: { 200: Type.Object({ revision: Type.Integer() }) },
  problems: ['request-invalid', 'not-found', 'definition-invalid', 'already-done', 'record-invalid'],
})

const side = Type.Enum(['mine', 'theirs'])

export const packsUpgrade = defineRoute({
  id: 'packs.upgrade',
  method: 'POST',
  url: '/api/packs/:name/upgrade',
  auth: 'admin',
  action: 'packs',
  summary: 'Merge the new version of a pack with what was changed here; a conflict changes nothing until it is decided',
  params: exactly({ name }),
  body: exactly({
    take: Type.Optional(side),
    resolve: Type.Optional(
      Type.Record(Type.String({ maxLength: 500 }), side, { description: 'Pointers of conflicts, one by one' }),
    ),
    dry_run: Type.Optional(Type.Boolean()),
    base: Type.Optional(Type.Integer({ minimum: 0, description: 'The revision that the caller has seen' })),
  }),
  answers: {
    200: Type.Object({
      revision: Type.Integer(),
      packs: Type.Array(json),
      conflicts: Type.Array(
        Type.Object({ pointer: Type.String(), text: json, taken: nullable(side) }, { additionalProperties: true }),
      ),
      changes: json,
      issues: Type.Array(json),
      error_count: Type.Integer(),
    }),
  },
  problems: ['request-invalid', 'not-found', 'definition-invalid', 'conflict', 'already-done'],
})
