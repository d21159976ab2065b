/** One file by multipart/form-data: name and bytes come from the parser, never from fields. */
import '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#base/problems.ts'
import type { RouteContract } from '#contract/route.ts'
import { fileTooLarge } from '#files/file-folder.ts'
import type { Arriving, Upload } from './call.ts'
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
    if (part.type === 'file') file = { name: nameOf(part).slice(0, 255), content: await part.toBuffer() }
    else fields[part.fieldname] = String(part.value)
  }
  if (file === null) throw new Refusal('request-invalid', { issues: [{ pointer: '', code: 'file-missing' }] })
  return { ...file, fields }
}

/** Some parts have no name, whatever the types of the parser say. */
function nameOf({ filename }: { readonly filename?: string | undefined }): string {
  return (filename ?? '').slice(-1000)
}

/** Beside the file: boundaries, heads of parts and a few small fields. */
const aroundFile = 64 * 1024

/**
 * One file as a stream. Whatever is larger than `limit` is refused before it was read to its end.
 * Refusals: `wrong-content-type`, `request-invalid` without a file or when the upload breaks off, `too-large`.
 */
export async function streamUpload<T>(
  request: FastifyRequest,
  limit: number,
  take: (file: Arriving) => Promise<T>,
): Promise<T> {
  if (!isUpload(request.headers)) throw new Refusal('wrong-content-type')
  if (Number(request.headers['content-length'] ?? 0) > limit + aroundFile) throw fileTooLarge(limit)
  const limits = { fileSize: limit + aroundFile, files: 1, fields: 5, fieldSize: 1000, parts: 6, headerPairs: 50 }
  // Names of files are UTF-8 in every browser; the parser takes them for Latin-1 unless it is told.
  const options = { limits, defParamCharset: 'utf8' }
  let taken: { readonly made: T } | null = null
  try {
    for await (const part of request.parts(options)) {
      if (part.type === 'file')
        taken = { made: await take({ name: nameOf(part), bytes: part.file, signal: goneSignal(request) }) }
    }
  } catch (error) {
    throw brokenUpload(error)
  }
  if (taken === null) throw new Refusal('request-invalid', { issues: [{ pointer: '', code: 'file-missing' }] })
  return taken.made
}

function goneSignal(request: FastifyRequest): AbortSignal {
  const gone = new AbortController()
  request.raw.once('close', () => {
    if (!request.raw.complete) gone.abort()
  })
  return gone.signal
}

/** What the parser of uploads says has no code of its own; failures of the disk have one, and stay what they are. */
function brokenUpload(error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error
  const { code } = error as NodeJS.ErrnoException
  const isCut = code === undefined || /^(ABORT_ERR|ECONNRESET)$|PREMATURE_CLOSE$/.test(code)
  return isCut ? new Refusal('request-invalid', { issues: [{ pointer: '', code: 'upload-broken' }] }) : error
}
