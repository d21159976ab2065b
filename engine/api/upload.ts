/** One file by multipart/form-data: name and bytes come from the parser, never from fields. */
import '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#base/problems.ts'
import type { RouteContract } from '#contract/route.ts'
import type { Upload } from './call.ts'
import { isUpload } from './content-type.ts'

/** null: the request is JSON. Refusals: `request-invalid` without a file, `too-large`. */
export async function readUpload(request: FastifyRequest, contract: RouteContract): Promise<Upload | null> {
  if (!isUpload(request.headers)) return null
  const fields: Record<string, string> = {}
  let file: { readonly name: string; readonly content: Buffer } | null = null
  const limits = {
    fileSize: contract.limits?.bytes ?? 1024 * 1024,
    files: 1,
    fields: 10,
    fieldSize: 100_000,
    parts: 11,
    headerPairs: 50,
  }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') file = { name: nameOf(part), content: await part.toBuffer() }
    else fields[part.fieldname] = String(part.value)
  }
  if (file === null) throw new Refusal('request-invalid', { issues: [{ pointer: '', code: 'file-missing' }] })
  return { ...file, fields }
}

/** Some parts have no name, whatever the types of the parser say. */
function nameOf({ filename }: { readonly filename?: string | undefined }): string {
  return (filename ?? '').slice(0, 255)
}
