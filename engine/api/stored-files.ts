/** A file from its upload to its place, and whether somebody may read it: by the right on the record and field that hold it. */
import { formatDatetime } from '#base/dates.ts'
import { Refusal } from '#base/problems.ts'
import type { filesCreate } from '#contract/routes/files.ts'
import type { Received } from '#files/file-folder.ts'
import { cleanFileName } from '#files/file-name.ts'
import { mediaTypeOf } from '#files/media-type.ts'
import type { RecordContext } from '#records/context.ts'
import { showsFile, takesFiles } from '#records/field-files.ts'
import { getRecord } from '#records/read.ts'
import type { Connection } from '#storage/connection.ts'
import { fileUse, insertFile, lockFiles, readFiles, type StoredFile } from '#storage/file-store.ts'
import type { Call } from './call.ts'

/** More of one person's files do not wait at once. */
const mostPending = 200
const mb = 1_000_000
const gb = 1_000_000_000

type NewFile = Omit<StoredFile, 'state' | 'place'>

/**
 * Stores what comes, pending with its uploader; what fails leaves nothing.
 * Refusals: `forbidden` for who may write no form with files, `too-large`, `request-invalid`, `too-many-requests` (quota).
 */
export async function uploadFile(call: Call<typeof filesCreate>): Promise<NewFile> {
  const { workspace } = call.parts
  requireUploader(call.records)
  const settings = await workspace.settings()
  const quota = settings.file_quota_gb * gb
  const uploader = call.actor.id
  await workspace.db.read((db) => requireRoom(db, { uploader, size: 1, quota }))
  const id = workspace.ids.next()
  try {
    const arrived = await call.receive(settings.max_file_mb * mb, async ({ name, bytes, signal }) => ({
      name,
      received: await workspace.files.receive(id, bytes, { bytes: settings.max_file_mb * mb, signal }),
    }))
    const file = describe(arrived, { id, uploadedBy: uploader, at: formatDatetime(workspace.clock.now()) })
    await workspace.db.write(async (db) => {
      await lockFiles(db)
      await requireRoom(db, { uploader, size: file.size, quota })
      await insertFile(db, file)
    })
    return file
  } catch (error) {
    await workspace.files.remove(id)
    throw error
  }
}

function describe(
  { name: given, received }: { readonly name: string; readonly received: Received },
  origin: Pick<NewFile, 'id' | 'uploadedBy' | 'at'>,
): NewFile {
  const { size, sha256, head } = received
  if (size === 0) throw new Refusal('request-invalid', { issues: [{ pointer: '', code: 'file-empty' }] })
  const name = cleanFileName(given)
  return { ...origin, name, size, sha256, type: mediaTypeOf(head, name) }
}

/** The file, when the caller may read it; everything else is not found, alike. */
export async function findFile(context: RecordContext, id: string): Promise<StoredFile> {
  const file = (await context.db.read((db) => readFiles(db, [id]))).get(id)
  if (!file || !(await mayRead(context, file))) throw new Refusal('not-found')
  return file
}

async function mayRead(context: RecordContext, file: StoredFile): Promise<boolean> {
  const { state, place, uploadedBy } = file
  if (state === 'pending') return uploadedBy !== null && uploadedBy === context.actor.id
  if (state !== 'attached' || !place) return false
  const record = await getRecord(context, place.form, place.record)
  return showsFile(record, place.field, file.id)
}

/** Who can put a file nowhere has no reason to send one. */
function requireUploader({ model, policy }: RecordContext): void {
  const writes = [...model.forms.values()].some((form) => {
    const own = takesFiles(form) ? policy.form(form.name) : null
    return own !== null && (own.may('create') || own.may('update'))
  })
  if (writes) return
  throw new Refusal('forbidden', {
    detail: { en: 'You may write no form that takes files.', 'zh-CN': '你没有可上传文件的表单的写入权限。' },
  })
}

async function requireRoom(
  db: Connection,
  wish: { readonly uploader: string | null; readonly size: number; readonly quota: number },
): Promise<void> {
  const { bytes, pending } = await fileUse(db, wish.uploader)
  if (bytes + wish.size > wish.quota)
    throw full('The room for files is used up. Ask your admin.', '文件空间已用完，请联系管理员。')
  if (pending >= mostPending)
    throw full('Too many of your uploads wait for their records.', '你有过多已上传但未保存到记录的文件。')
}

function full(en: string, zh: string): Refusal {
  return new Refusal('too-many-requests', { detail: { en, 'zh-CN': zh }, params: { retry_after: 3600 } })
}
