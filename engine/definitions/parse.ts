/** Unknown JSON → a typed definition: bounded, of a known kind, valid against its schema, its fields valid against their kinds. */
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { fail, ok, type Result } from '#base/result.ts'
import { boundedJson } from './bounded.ts'
import { type Definition, type DefinitionKind, definitionKinds } from './definition.ts'
import type { FieldKinds } from './field-kind.ts'
import { fieldIssues } from './field-options.ts'
import { migrateDefinition } from './migrate/migrate.ts'
import { schemaIssues } from './schema-issues.ts'
import { definitionSchemas } from './schemas.ts'
import { compileSchema } from './validators.ts'

/**
 * Stations: bounds → kind → format version → schema → kinds of the fields. All issues at once, pointers into the input.
 * References between definitions are the business of `checkModel`.
 */
export function parseDefinition(input: unknown, kinds: FieldKinds): Result<Definition, readonly Issue[]> {
  const bounded = boundedJson(input)
  if (!bounded.ok) return bounded
  const kind = kindOf(bounded.value)
  if (!kind.ok) return kind
  const current = migrateDefinition(bounded.value as JsonObject)
  if (!current.ok) return current
  const issues = [
    ...validate(kind.value, current.value),
    ...(kind.value === 'form' ? fieldIssues(current.value, kinds) : []),
  ]
  return issues.length === 0 ? ok(current.value as unknown as Definition) : fail(issues)
}

function kindOf(value: Json): Result<DefinitionKind, readonly Issue[]> {
  if (!isObject(value)) return fail([{ pointer: '', code: 'wrong-type', params: { expected: 'object' } }])
  const found = definitionKinds.find((kind) => kind === value.kind)
  if (found) return ok(found)
  if (value.kind === undefined)
    return fail([{ pointer: '/kind', code: 'missing-property', params: { property: 'kind' } }])
  return fail([{ pointer: '/kind', code: 'not-allowed-value', params: { allowed: definitionKinds.join(', ') } }])
}

function validate(kind: DefinitionKind, value: JsonObject): readonly Issue[] {
  const check = validatorOf(kind)
  return check(value) ? [] : schemaIssues(check.errors ?? [])
}

const validators = new Map<DefinitionKind, ValidateFunction>()

function validatorOf(kind: DefinitionKind): ValidateFunction {
  const known = validators.get(kind)
  if (known) return known
  const made = compileSchema(kind === 'form' ? formEnvelope() : definitionSchemas[kind])
  validators.set(kind, made)
  return made
}

/** The schema of a form without what its fields hold: that is judged kind by kind. */
function formEnvelope(): JsonObject {
  const form = definitionSchemas.form
  const field = { type: 'object' }
  return { ...form, $id: 'form-envelope.json', $defs: { ...(form.$defs as JsonObject), field } }
}
