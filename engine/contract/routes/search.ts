/** Search across all forms. */
import { Type } from 'typebox'
import { exactly, name, nullable } from '../parts.ts'
import { defineRoute } from '../route.ts'

const marks = Type.Array(Type.Tuple([Type.Integer(), Type.Integer()]), {
  description: 'Where the words stand: start and end, in UTF-16 units',
})

export const searchRead = defineRoute({
  id: 'search.read',
  method: 'GET',
  url: '/api/search',
  auth: 'session',
  action: 'records',
  summary:
    'Records of every form that the caller may read: words by their beginning, Chinese from two characters, numbers in any grouping; by form, best first',
  query: exactly({
    q: Type.String({ maxLength: 200, description: 'Each word must be found, in one field or another' }),
    limit: Type.Optional(Type.String({ maxLength: 2, description: 'Records of one form: 1 to 20, default 5' })),
  }),
  answers: {
    200: Type.Object({
      groups: Type.Array(
        Type.Object({
          form: name,
          records: Type.Array(
            Type.Object({
              id: Type.String(),
              title: nullable(Type.String()),
              marks,
              field: Type.Optional(
                Type.String({ description: 'The other field that answers, where the title alone does not' }),
              ),
              snippet: Type.Optional(Type.String()),
              snippet_marks: Type.Optional(marks),
            }),
          ),
          more: Type.Boolean({ description: 'The form has others that answer' }),
        }),
      ),
      reading: Type.Array(name, { description: 'Forms whose index is being made: they answer later' }),
    }),
  },
  problems: ['query-invalid'],
})
