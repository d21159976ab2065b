/** Search across all forms over HTTP. */
import { Refusal } from '#base/problems.ts'
import { searchRead } from '#contract/routes/search.ts'
import { searchEverywhere } from '#records/search.ts'
import { route } from '../call.ts'
import { given, wholeNumber } from '../query-text.ts'

const mostRecords = 20

export const searchRoutes = [
  route(searchRead, async ({ records, query }) => {
    const limit = wholeNumber(query.limit, 'limit')
    if (limit !== undefined && (limit < 1 || limit > mostRecords))
      throw new Refusal('query-invalid', {
        issues: [{ pointer: '/limit', code: 'out-of-range', params: { min: 1, max: mostRecords } }],
      })
    return { status: 200, body: await searchEverywhere(records, { q: query.q, ...given({ limit }) }) }
  }),
]
