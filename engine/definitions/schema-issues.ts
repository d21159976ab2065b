/** What ajv found, in the words of our issues: one code, one pointer and the parameters of the message each. */
import type { ErrorObject } from 'ajv'
import type { Json } from '#base/json.ts'
import { jsonPointer } from '#base/json-pointer.ts'
import { namePattern } from '#base/names.ts'
import type { Issue } from '#base/problems.ts'

/** The issues of a validation, without the echoes that `if` and `propertyNames` leave behind. */
export function schemaIssues(errors: readonly ErrorObject[]): readonly Issue[] {
  return errors.flatMap((error) => {
    const issue = error.propertyName === undefined || error.keyword === 'propertyNames' ? schemaIssue(error) : null
    return issue ? [issue] : []
  })
}

function schemaIssue(error: ErrorObject): Issue | null {
  const { instancePath: at, params } = error
  switch (error.keyword) {
    case 'additionalProperties':
      return {
        pointer: at + jsonPointer(params.additionalProperty),
        code: 'unknown-property',
        params: { property: params.additionalProperty },
      }
    case 'required':
      return {
        pointer: at + jsonPointer(params.missingProperty),
        code: 'missing-property',
        params: { property: params.missingProperty },
      }
    case 'type':
      return { pointer: at, code: 'wrong-type', params: { expected: list(params.type) } }
    case 'enum':
      return { pointer: at, code: 'not-allowed-value', params: { allowed: list(params.allowedValues) } }
    case 'const':
      return { pointer: at, code: 'not-allowed-value', params: { allowed: String(params.allowedValue) } }
    case 'pattern':
      return patternIssue(error)
    case 'propertyNames':
      return { pointer: at + jsonPointer(params.propertyName), code: 'bad-key', params: { key: params.propertyName } }
    case 'not':
      return at === ''
        ? { pointer: at, code: 'name-or-extends' }
        : { pointer: at, code: 'forbidden-name', params: { name: String(error.data) } }
    case 'if':
      return null
    case 'uniqueItems':
      return { pointer: `${at}/${params.j}`, code: 'duplicate', params: { first: params.i } }
    default:
      return limitIssue(error)
  }
}

function patternIssue(error: ErrorObject): Issue {
  const code = error.params.pattern === namePattern.source ? 'bad-name' : 'pattern'
  return { pointer: error.instancePath, code, params: { pattern: error.params.pattern } }
}

const limits: Readonly<Record<string, string>> = {
  minimum: 'minimum',
  maximum: 'maximum',
  exclusiveMinimum: 'minimum',
  exclusiveMaximum: 'maximum',
  minLength: 'too-short',
  maxLength: 'too-long',
  minItems: 'too-few',
  maxItems: 'too-many',
  minProperties: 'too-few',
  maxProperties: 'too-many',
}

function limitIssue(error: ErrorObject): Issue {
  const code = limits[error.keyword] ?? 'not-allowed-value'
  const limit: Json = error.params.limit ?? null
  const name = code === 'minimum' || code.startsWith('too-short') || code === 'too-few' ? 'min' : 'max'
  return {
    pointer: error.instancePath,
    code,
    params: code in { 'not-allowed-value': 1 } ? { allowed: error.keyword } : { [name]: limit },
  }
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.join(', ') : String(values)
}
