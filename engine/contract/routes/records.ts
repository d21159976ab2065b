/** Records: list, read, write, and what is computed of them. */
import { Type } from 'typebox'
import { exactly, formParams, json, jsonObject, nullable, recordAnswer, recordParams } from '../parts.ts'
import { defineRoute } from '../route.ts'

const word = Type.String({ maxLength: 200 })
const words = Type.Array(word, { maxItems: 200 })
const long = Type.String({ maxLength: 20_000 })
const page = Type.Object({
  records: Type.Array(recordAnswer),
  next: nullable(Type.String()),
  count: nullable(Type.Integer()),
})
const values = Type.Record(Type.String(), json, {
  description: 'Values by field; the schema of each form is in components.schemas',
})
const written = [
  'request-invalid',
  'not-found',
  'forbidden',
  'record-invalid',
  'not-unique',
  'conflict',
  'key-reused',
  'in-progress',
] as const

export const recordsList = defineRoute({
  id: 'records.list',
  method: 'GET',
  url: '/api/forms/:form/records',
  auth: 'session',
  action: 'records',
  summary: 'A page of records',
  params: formParams,
  query: exactly({
    filter: Type.Optional(Type.String({ maxLength: 20_000, description: 'JSON Logic' })),
    sort: Type.Optional(Type.String({ maxLength: 1000, description: 'Fields by comma, - for descending' })),
    fields: Type.Optional(Type.String({ maxLength: 4000 })),
    expand: Type.Optional(Type.String({ maxLength: 1000 })),
    search: Type.Optional(word),
    view: Type.Optional(word),
    limit: Type.Optional(Type.String({ maxLength: 5, description: '1 to 500, default 50' })),
    cursor: Type.Optional(Type.String({ maxLength: 8000 })),
    count: Type.Optional(Type.Enum(['exact', 'capped'])),
    deleted: Type.Optional(Type.Enum(['true', 'bin'], { description: 'The bin instead of the living' })),
  }),
  answers: { 200: page },
  problems: ['not-found', 'forbidden', 'query-invalid', 'query-too-long', 'unavailable'],
})

export const recordsQuery = defineRoute({
  id: 'records.query',
  method: 'POST',
  url: '/api/forms/:form/records/query',
  auth: 'session',
  action: 'records',
  summary: 'The same with the question in the body',
  params: formParams,
  body: exactly({
    filter: Type.Optional(json),
    sort: Type.Optional(words),
    fields: Type.Optional(words),
    expand: Type.Optional(words),
    search: Type.Optional(word),
    view: Type.Optional(word),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    cursor: Type.Optional(Type.String({ maxLength: 8000 })),
    count: Type.Optional(Type.Enum(['exact', 'capped'])),
    deleted: Type.Optional(Type.Union([Type.Literal(true), Type.Literal('bin')])),
  }),
  answers: { 200: page },
  problems: ['request-invalid', 'not-found', 'forbidden', 'query-invalid', 'query-too-long', 'unavailable'],
})

export const recordsCreate = defineRoute({
  id: 'records.create',
  method: 'POST',
  url: '/api/forms/:form/records',
  auth: 'session',
  action: 'records',
  summary: 'Create a record',
  params: formParams,
  body: values,
  idempotent: true,
  tagged: true,
  located: true,
  answers: { 201: recordAnswer },
  problems: written,
})

export const recordsRead = defineRoute({
  id: 'records.read',
  method: 'GET',
  url: '/api/forms/:form/records/:id',
  auth: 'session',
  action: 'records',
  summary: 'Read a record, and what the caller can do with it',
  params: recordParams,
  query: exactly({ fields: Type.Optional(long), expand: Type.Optional(word) }),
  tagged: true,
  answers: { 200: recordAnswer },
  problems: ['not-found', 'query-invalid'],
})

export const recordsChange = defineRoute({
  id: 'records.change',
  method: 'PATCH',
  url: '/api/forms/:form/records/:id',
  auth: 'session',
  action: 'records',
  summary: 'Change the given fields; a stale version is merged by field where nothing collides',
  params: recordParams,
  body: values,
  conditional: true,
  tagged: true,
  answers: { 200: recordAnswer },
  problems: [...written, 'precondition-missing'],
})

export const recordsDelete = defineRoute({
  id: 'records.delete',
  method: 'DELETE',
  url: '/api/forms/:form/records/:id',
  auth: 'session',
  action: 'records',
  summary: 'Delete to the bin',
  params: recordParams,
  conditional: true,
  tagged: true,
  answers: { 204: null },
  problems: [...written, 'still-linked', 'precondition-missing'],
})

export const recordsRestore = defineRoute({
  id: 'records.restore',
  method: 'POST',
  url: '/api/forms/:form/records/:id/restore',
  auth: 'session',
  action: 'records',
  summary: 'Out of the bin',
  params: recordParams,
  body: exactly({}),
  idempotent: true,
  tagged: true,
  answers: { 200: recordAnswer },
  problems: [...written, 'already-done'],
})

const operation = exactly({
  verb: Type.Enum(['create', 'update', 'delete']),
  id: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'To update and to delete' })),
  version: Type.Optional(
    Type.Integer({ minimum: 1, description: 'The version that was read; to update and to delete' }),
  ),
  values: Type.Optional(Type.Record(Type.String(), json, { description: 'To create and to update' })),
})

export const recordsBulk = defineRoute({
  id: 'records.bulk',
  method: 'POST',
  url: '/api/forms/:form/records/bulk',
  auth: 'session',
  action: 'records',
  summary: 'Up to 1,000 creates, updates and deletes: all or nothing with `atomic`, else a result per operation',
  params: formParams,
  body: exactly({
    atomic: Type.Optional(Type.Boolean()),
    operations: Type.Array(operation, { minItems: 1, maxItems: 1000 }),
  }),
  idempotent: true,
  limits: { bytes: 8 * 1024 * 1024, names: 200_000 },
  answers: {
    200: Type.Object({
      results: Type.Array(
        Type.Object(
          {
            status: Type.Integer(),
            id: Type.Optional(Type.String()),
            version: Type.Optional(Type.Integer()),
            problem: Type.Optional(jsonObject),
          },
          { description: 'In the order of the operations; `problem` where one was refused' },
        ),
      ),
      done: Type.Integer(),
      failed: Type.Integer(),
    }),
  },
  problems: written,
})

export const recordsEvaluate = defineRoute({
  id: 'records.evaluate',
  method: 'POST',
  url: '/api/forms/:form/records/evaluate',
  auth: 'session',
  action: 'records',
  summary: 'Defaults, formulas, rules and checks for values that are not saved',
  params: formParams,
  body: exactly({ id: Type.Optional(Type.String({ maxLength: 100 })), values: jsonObject }),
  answers: {
    200: Type.Object({
      values: jsonObject,
      rules: jsonObject,
      errors: Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), message: Type.String() })),
      warnings: Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), message: Type.String() })),
    }),
  },
  problems: ['request-invalid', 'not-found', 'forbidden', 'record-invalid'],
})

export const recordsWhy = defineRoute({
  id: 'records.why',
  method: 'GET',
  url: '/api/forms/:form/records/:id/why',
  auth: 'session',
  action: 'records',
  summary: 'Which grant of which role gives the verb',
  params: recordParams,
  query: exactly({ verb: Type.String({ minLength: 1, maxLength: 60 }) }),
  answers: { 200: jsonObject },
  problems: ['not-found', 'request-invalid'],
})

export const recordsHistory = defineRoute({
  id: 'records.history',
  method: 'GET',
  url: '/api/forms/:form/records/:id/history',
  auth: 'session',
  action: 'records',
  summary: 'Changes, masked by policy',
  params: recordParams,
  query: exactly({
    before: Type.Optional(Type.String({ maxLength: 20 })),
    limit: Type.Optional(Type.String({ maxLength: 5 })),
    at: Type.Optional(
      Type.String({ maxLength: 30, description: 'A version or a time (ISO 8601): the record as it was then, instead' }),
    ),
  }),
  answers: { 200: jsonObject },
  problems: ['not-found', 'query-invalid'],
})

export const recordsAggregate = defineRoute({
  id: 'records.aggregate',
  method: 'GET',
  url: '/api/forms/:form/aggregate',
  auth: 'session',
  action: 'records',
  summary: 'Counts and sums by group, by policy',
  params: formParams,
  query: exactly({
    group: Type.Optional(Type.String({ maxLength: 2000, description: 'JSON list of fields' })),
    measures: Type.Optional(Type.String({ maxLength: 4000, description: 'JSON list of {op, field}' })),
    filter: Type.Optional(Type.String({ maxLength: 20_000 })),
    view: Type.Optional(word),
  }),
  answers: { 200: Type.Object({ rows: Type.Array(jsonObject) }) },
  problems: ['not-found', 'forbidden', 'query-invalid', 'query-too-long', 'unavailable'],
})
