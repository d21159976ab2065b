/** Whatever was thrown → a problem of the catalogue. What nobody foresaw is `internal`, and only the log says more. */
import type { FastifyError } from 'fastify'
import { type Problem, type ProblemCode, Refusal } from '#base/problems.ts'
import { schemaIssues } from '#definitions/schema-issues.ts'

type Failure = Partial<FastifyError> & { readonly message?: string }

/** Codes of the web server and its plugins that are the caller's fault, or its own overload; of the file system, when it is full. */
const known: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong-content-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request-invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request-invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request-invalid',
  FST_ERR_BAD_URL: 'request-invalid',
  FST_ERR_ASYNC_CONSTRAINT: 'request-invalid',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
  FST_ERR_HANDLER_TIMEOUT: 'unavailable',
  FST_REQ_FILE_TOO_LARGE: 'too-large',
  FST_FILES_LIMIT: 'too-large',
  FST_PARTS_LIMIT: 'too-large',
  FST_FIELDS_LIMIT: 'too-large',
  FST_PROTO_VIOLATION: 'request-invalid',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'wrong-content-type',
  FST_ERR_REQ_INVALID_VALIDATION_INVOCATION: 'request-invalid',
  ENOSPC: 'unavailable',
  EDQUOT: 'unavailable',
  EROFS: 'unavailable',
}

/** null: not foreseen. */
export function foreseen(error: unknown): Problem | null {
  if (error instanceof Refusal) return error.problem
  const failure = (typeof error === 'object' && error !== null ? error : {}) as Failure
  if (failure.validation) return invalid(failure)
  const code = known[failure.code ?? '']
  if (code) return { code }
  const status = failure.statusCode ?? 500
  return status === 413 ? { code: 'too-large' } : status >= 400 && status < 500 ? { code: 'request-invalid' } : null
}

function invalid({ validation, validationContext }: Failure): Problem {
  if (validationContext === 'params') return { code: 'not-found' }
  const issues = schemaIssues(validation as unknown as Parameters<typeof schemaIssues>[0])
  return {
    code: validationContext === 'querystring' ? 'query-invalid' : 'request-invalid',
    issues: issues.slice(0, 100),
  }
}
