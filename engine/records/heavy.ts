/** Questions whose answer may take long, so that they are not answered on the thread of the server. Pure. */
import { isObject, type Json } from '#base/json.ts'

/** Steps for each record of the form; what people put together in a filter has fewer. */
const mostSteps = 40

/** What the database answers by itself. Any other step calculates, or looks into the rows of each record. */
const light = new Set(
  ['var', 'and', 'or', 'not', '==', '!=', '<', '<=', '>', '>=', 'in', 'contains', 'starts_with', 'ends_with'].concat([
    'empty',
    'today',
    'now',
    'date_add',
    'in_tree',
  ]),
)

/** Is the filter more than a comparison of fields with values? */
export function isHeavy(filter: Json | undefined): boolean {
  return filter !== undefined && stepsOf(filter) > mostSteps
}

function stepsOf(json: Json): number {
  if (Array.isArray(json)) return json.reduce((sum: number, each: Json) => sum + stepsOf(each), 0)
  if (!isObject(json)) return 0
  return Object.entries(json).reduce((sum, [name, args]) => sum + stepOf(name, args) + stepsOf(args), 0)
}

/** A path over links looks up one record for each. */
function stepOf(name: string, args: Json): number {
  if (!light.has(name)) return mostSteps + 1
  return name === 'var' && typeof args === 'string' ? args.split('.').length : 1
}
