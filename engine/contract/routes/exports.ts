/** Export of a list as a file. */
import { Type } from 'typebox'
import { exactly, formParams } from '../parts.ts'
import { defineRoute } from '../route.ts'

const word = Type.String({ maxLength: 200 })

export const recordsExport = defineRoute({
  id: 'records.export',
  method: 'GET',
  url: '/api/forms/:form/export',
  auth: 'session',
  action: 'records',
  summary: 'The list as a CSV or XLSX file, streamed; asks like the list, without pages',
  params: formParams,
  query: exactly({
    format: Type.Enum(['csv', 'xlsx']),
    header: Type.Optional(
      Type.Enum(['labels', 'names'], {
        description: 'labels in your language (default), or names that an import reads',
      }),
    ),
    bom: Type.Optional(Type.Enum(['true'], { description: 'CSV begins with a byte order mark, for Excel' })),
    filter: Type.Optional(Type.String({ maxLength: 20_000, description: 'JSON Logic' })),
    sort: Type.Optional(Type.String({ maxLength: 1000, description: 'Fields by comma, - for descending' })),
    fields: Type.Optional(Type.String({ maxLength: 4000 })),
    search: Type.Optional(word),
    view: Type.Optional(word),
  }),
  answers: { 200: null },
  media: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  problems: ['request-invalid', 'not-found', 'forbidden', 'query-invalid', 'query-too-long', 'unavailable'],
})
