/** The one ajv of the process: it knows the shared parts, and compiles schemas of our own source only, never tenant text. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { JsonObject } from '#base/json.ts'
import { commonSchema, definitionSchemas } from './schemas.ts'

/** Our schemas are judged strictly by the tests, so the start does not judge them again. */
const ajv = new Ajv2020({
  allErrors: true,
  strict: false,
  messages: false,
  validateSchema: false,
  meta: false,
  inlineRefs: false,
  verbose: true,
})
ajv.addSchema(commonSchema)
ajv.addSchema(definitionSchemas.form)

/** Compiles a schema that may refer to `common.json` and `form.json`. */
export function compileSchema(schema: JsonObject): ValidateFunction {
  return ajv.compile(schema)
}
