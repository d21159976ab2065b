/** Files: uploaded to a pending place of their uploader, read by the right on the record and field that holds them. */
import { Type } from 'typebox'
import { exactly, id } from '../parts.ts'
import { defineRoute } from '../route.ts'

export const filesCreate = defineRoute({
  id: 'files.create',
  method: 'POST',
  url: '/api/files',
  auth: 'session',
  action: 'records',
  summary: 'Upload one file (multipart with `file`); it waits 24 hours for a record that its uploader saves with it',
  upload: 'only',
  located: true,
  answers: {
    201: exactly({ id: Type.String(), name: Type.String(), size: Type.Integer(), type: Type.String() }),
  },
  problems: ['request-invalid', 'forbidden', 'too-large', 'wrong-content-type', 'too-many-requests', 'unavailable'],
})

export const filesRead = defineRoute({
  id: 'files.read',
  method: 'GET',
  url: '/api/files/:id',
  auth: 'session',
  action: 'records',
  summary:
    'The bytes of a file; `inline=1` shows pictures and PDF instead of saving them, `size=thumb` gives a small WebP of a picture',
  params: exactly({ id }),
  query: exactly({ inline: Type.Optional(Type.Enum(['1'])), size: Type.Optional(Type.Enum(['thumb'])) }),
  tagged: true,
  answers: { 200: null, 304: null },
  media: ['*/*'],
  problems: ['not-found', 'query-invalid'],
})
