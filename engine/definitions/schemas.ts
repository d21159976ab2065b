/** The JSON Schemas of the ten kinds of definition, as shipped in `schema/`. They are the reference of the format. */
import type { JsonObject } from '#base/json.ts'
import type { DefinitionKind } from './definition.ts'
import calendar from './schema/calendar.json' with { type: 'json' }
import common from './schema/common.json' with { type: 'json' }
import dashboard from './schema/dashboard.json' with { type: 'json' }
import flow from './schema/flow.json' with { type: 'json' }
import form from './schema/form.json' with { type: 'json' }
import lifecycle from './schema/lifecycle.json' with { type: 'json' }
import pack from './schema/pack.json' with { type: 'json' }
import print from './schema/print.json' with { type: 'json' }
import report from './schema/report.json' with { type: 'json' }
import role from './schema/role.json' with { type: 'json' }
import view from './schema/view.json' with { type: 'json' }

export const definitionSchemas: Readonly<Record<DefinitionKind, JsonObject>> = {
  pack,
  form,
  lifecycle,
  flow,
  view,
  report,
  dashboard,
  role,
  print,
  calendar,
} as unknown as Readonly<Record<DefinitionKind, JsonObject>>

/** Parts that several of them share. */
export const commonSchema = common as unknown as JsonObject

/** Follows `$ref` (within the schema's own document, or into the shared parts) to the schema that says something. */
export function followSchema(
  schema: JsonObject,
  root: JsonObject,
): { readonly schema: JsonObject; readonly root: JsonObject } {
  const target = schema.$ref
  if (typeof target !== 'string') return { schema, root }
  const [document, pointer = ''] = target.split('#')
  const nextRoot = document === 'common.json' ? commonSchema : root
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as JsonObject)[key], nextRoot)
  return followSchema(found as JsonObject, nextRoot)
}
