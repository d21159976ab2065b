/** Import of spreadsheets: upload, mapping and dry run with an error per cell, commit, progress. */
import { Type } from 'typebox'
import { exactly, formParams, id, jsonObject, nullable } from '../parts.ts'
import { defineRoute } from '../route.ts'

/** An answer waits so many seconds for the work behind it, else 15; then it says how far that is. */
const waiting = exactly({ wait: Type.Optional(Type.Enum(['0', '1'])) })

export const importsCreate = defineRoute({
  id: 'imports.create',
  method: 'POST',
  url: '/api/forms/:form/import',
  auth: 'session',
  action: 'records',
  summary: 'Upload CSV or XLSX (multipart with `file` and `mapping`, or JSON with `content`): mapping and dry run',
  params: formParams,
  query: waiting,
  body: exactly({
    name: Type.Optional(Type.String({ maxLength: 255 })),
    content: Type.String(),
    mapping: Type.Optional(nullable(jsonObject)),
  }),
  upload: true,
  limits: { bytes: 32 * 1024 * 1024, names: 10_000 },
  located: true,
  answers: { 201: jsonObject },
  problems: ['request-invalid', 'not-found', 'forbidden', 'record-invalid', 'too-large'],
})

export const importsList = defineRoute({
  id: 'imports.list',
  method: 'GET',
  url: '/api/imports',
  auth: 'session',
  action: 'records',
  summary: 'Your latest imports: how they stand and how far they are',
  answers: { 200: exactly({ imports: Type.Array(jsonObject) }) },
  problems: [],
})

export const importsRead = defineRoute({
  id: 'imports.read',
  method: 'GET',
  url: '/api/imports/:id',
  auth: 'session',
  action: 'records',
  summary: 'State, mapping and report of an import',
  params: exactly({ id }),
  answers: { 200: jsonObject },
  problems: ['not-found'],
})

export const importsCheck = defineRoute({
  id: 'imports.check',
  method: 'POST',
  url: '/api/imports/:id/check',
  auth: 'session',
  action: 'records',
  summary: 'Try its rows again under another mapping',
  params: exactly({ id }),
  query: waiting,
  body: exactly({ mapping: jsonObject }),
  answers: { 200: jsonObject, 202: jsonObject },
  problems: ['request-invalid', 'not-found', 'forbidden', 'wrong-state', 'record-invalid'],
})

export const importsCommit = defineRoute({
  id: 'imports.commit',
  method: 'POST',
  url: '/api/imports/:id/commit',
  auth: 'session',
  action: 'records',
  summary: 'Write its rows; one that was stopped goes on where it stands',
  params: exactly({ id }),
  query: waiting,
  body: exactly({ mapping: Type.Optional(nullable(jsonObject)), skip_invalid: Type.Optional(Type.Boolean()) }),
  answers: { 200: jsonObject, 202: jsonObject },
  problems: ['request-invalid', 'not-found', 'forbidden', 'wrong-state', 'record-invalid'],
})

export const importsCancel = defineRoute({
  id: 'imports.cancel',
  method: 'POST',
  url: '/api/imports/:id/cancel',
  auth: 'session',
  action: 'records',
  summary:
    'End it after the batch on its way: what is written stays and can be undone, or is taken back at once with `undo`',
  params: exactly({ id }),
  query: waiting,
  body: exactly({ undo: Type.Optional(Type.Boolean()) }),
  answers: { 200: jsonObject, 202: jsonObject },
  problems: ['request-invalid', 'not-found', 'wrong-state'],
})

export const importsErrors = defineRoute({
  id: 'imports.errors',
  method: 'GET',
  url: '/api/imports/:id/errors.csv',
  auth: 'session',
  action: 'records',
  summary: 'The refused lines as CSV, with the reason in the last column',
  params: exactly({ id }),
  answers: { 200: null },
  media: ['text/csv'],
  problems: ['not-found'],
})

export const importsUndo = defineRoute({
  id: 'imports.undo',
  method: 'POST',
  url: '/api/imports/:id/undo',
  auth: 'session',
  action: 'records',
  summary: 'Take back what it wrote: new records to the bin, old values where nobody changed them since; once',
  params: exactly({ id }),
  query: waiting,
  body: exactly({}),
  answers: { 200: jsonObject, 202: jsonObject },
  problems: ['request-invalid', 'not-found', 'forbidden', 'wrong-state'],
})
