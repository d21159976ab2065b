/** Which bodies are read at all: JSON by exactly its name, a file where the route takes one. Decided before any parser runs. */
import { Refusal } from '#base/problems.ts'
import type { RouteContract } from '#contract/route.ts'

const json = /^application\/json(; ?charset=utf-8)?$/i
const multipart = /^multipart\/form-data; ?boundary=/i

interface BodyHeaders {
  readonly 'content-type'?: string | undefined
  readonly 'content-length'?: string | undefined
  readonly 'transfer-encoding'?: string | undefined
}

export function isUpload(headers: BodyHeaders): boolean {
  return multipart.test(headers['content-type'] ?? '')
}

/** Refusals: `wrong-content-type`; `request-invalid` for a body where none belongs. */
export function requireContentType(headers: BodyHeaders, contract: RouteContract | undefined): void {
  const length = headers['content-length']
  const hasBody = headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
  if (!hasBody) return
  const type = headers['content-type'] ?? ''
  const asUpload = contract?.upload !== undefined && multipart.test(type)
  if (!asUpload && (!json.test(type) || contract?.upload === 'only')) throw new Refusal('wrong-content-type')
  if (contract && contract.body === undefined && !asUpload)
    throw new Refusal('request-invalid', { issues: [{ pointer: '', code: 'no-body-expected' }] })
}
