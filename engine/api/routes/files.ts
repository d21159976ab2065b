/** Files over HTTP: one in, one out. */
import { Refusal } from '#base/problems.ts'
import * as contract from '#contract/routes/files.ts'
import { isShownInline } from '#files/media-type.ts'
import type { StoredFile } from '#storage/file-store.ts'
import { type Answer, type Call, route } from '../call.ts'
import { isHeld } from '../precondition.ts'
import { findFile, uploadFile } from '../stored-files.ts'

export const fileRoutes = [
  route(contract.filesCreate, async (call) => {
    const { id, name, size, type } = await uploadFile(call)
    return { status: 201, body: { id, name, size, type }, headers: { location: `/api/files/${id}` } }
  }),
  route(contract.filesRead, async (call) => {
    const file = await findFile(call.records, call.params.id)
    if (call.query.size === 'thumb') return thumbnail(call as unknown as Call, file)
    const etag = `"${file.sha256.slice(0, 32)}"`
    if (isHeld(call as unknown as Call, etag)) return held(etag)
    const found = await call.parts.workspace.files.read(file.id)
    if (!found) {
      call.parts.workspace.log.error('file.missing', { file: file.id })
      throw new Refusal('not-found')
    }
    const inline = call.query.inline === '1' && isShownInline(file.type)
    return {
      status: 200,
      headers: {
        etag,
        'content-length': String(found.size),
        'content-disposition': `${inline ? 'inline' : 'attachment'}; ${namedAs(file.name)}`,
        ...inBox,
      },
      content: { type: file.type, data: found.bytes },
    }
  }),
]

/** Nothing in it runs or loads, whatever a browser takes it for. */
const inBox = { 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'" }
/** Counts up when thumbnails are made another way. */
const thumbnailVersion = 1

async function thumbnail(call: Call, file: StoredFile): Promise<Answer> {
  const etag = `"${file.sha256.slice(0, 32)}-${thumbnailVersion}"`
  if (isHeld(call, etag)) return held(etag)
  const data = await call.parts.thumbnails.of(file)
  if (!data) throw new Refusal('not-found')
  return {
    status: 200,
    headers: { etag, 'content-disposition': 'inline; filename="thumbnail.webp"', ...inBox },
    content: { type: 'image/webp', data },
  }
}

function held(etag: string): Answer {
  return { status: 304, headers: { etag } }
}

/** RFC 6266: the name in full, and for old programs what of it is plain. */
function namedAs(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const full = encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
  return `filename="${plain}"; filename*=UTF-8''${full}`
}
