/** The proof of a backup: it is restored into a scratch folder, checked to the last change, served, and read twenty times. */

import { openFileFolder } from '#files/file-folder.ts'
import { createIds, createLog, systemClock } from '#files/machine.ts'
import type { BackupManifest } from '#publish/backup/manifest.ts'
import { type ExpectedRead, expectedReads, openSession } from '#publish/backup/reads.ts'
import { restoreBackup } from '#publish/backup/restore.ts'
import { type Verification, verifyWorkspace } from '#publish/verify.ts'
import { openWorkspace, type Workspace } from '#publish/workspace.ts'
import { createRecordStore } from '#storage/record-store.ts'
import type { Call } from './command.ts'
import { withScratchFolder } from './folders.ts'
import { localActor } from './local.ts'
import { readSecret } from './secret.ts'

export interface BackupProved {
  readonly manifest: BackupManifest
  readonly verification: Verification
  /** Answers that were as they must be. */
  readonly reads: number
  /** Answers that were not: path and what came. */
  readonly failures: readonly string[]
}

/** Refusal `unavailable` when it does not restore. `data`: where the scratch folder is made. */
export function proveBackup(call: Call, path: string, data: string): Promise<BackupProved> {
  return withScratchFolder(data, async (folder) => {
    const log = createLog('silent')
    const place = { url: null, folder }
    const files = openFileFolder(folder)
    const manifest = await restoreBackup({ path, secret: readSecret(call), place, files, log, unproved: true })
    const workspace = await openWorkspace({ ...place, log, clock: systemClock, ids: createIds(), kinds: call.kinds })
    const { verification, reads, token } = await examine(workspace, call)
    const failures = await readFrom(folder, reads, token)
    return { manifest, verification, reads: reads.length - failures.length, failures }
  })
}

async function examine(
  workspace: Workspace,
  call: Call,
): Promise<{ verification: Verification; reads: readonly ExpectedRead[]; token: string | null }> {
  try {
    const verification = await verifyWorkspace(workspace)
    const admin = await localActor(workspace, call.terminal.locale)
    const known = await isUser(workspace, admin.id)
    const reads = known ? await expectedReads(workspace) : publicReads
    return { verification, reads, token: known && admin.id ? await openSession(workspace, admin.id) : null }
  } finally {
    await workspace.close()
  }
}

/** Before there is an admin a workspace answers these. */
const publicReads: readonly ExpectedRead[] = Array.from({ length: 20 }, (_, index) => ({
  path: index % 2 === 0 ? '/readyz' : '/api/setup',
}))

async function isUser(workspace: Workspace, id: string | null): Promise<boolean> {
  if (id === null) return false
  const store = createRecordStore(await workspace.model(), workspace.db.dialect)
  return workspace.db.read(async (db) => (await store.load(db, 'user', [id])).has(id))
}

async function readFrom(
  folder: string,
  reads: readonly ExpectedRead[],
  token: string | null,
): Promise<readonly string[]> {
  const { startServer } = await import('../main.ts')
  const server = await startServer({
    data: folder,
    databaseUrl: null,
    port: 0,
    host: '127.0.0.1',
    url: null,
    rate: null,
    log: createLog('silent'),
  })
  try {
    const failures: string[] = []
    for (const read of reads) {
      const wrong = await readOnce(server.address, read, token)
      if (wrong !== null) failures.push(wrong)
    }
    return failures
  } finally {
    await server.close()
  }
}

async function readOnce(address: string, read: ExpectedRead, token: string | null): Promise<string | null> {
  const answer = await fetch(`${address}${read.path}`, {
    headers: token === null ? {} : { cookie: `formloom=${token}` },
  })
  const body = (await answer.json().catch(() => null)) as { readonly version?: number } | null
  if (answer.status !== 200) return `GET ${read.path} answered ${answer.status}`
  if (read.version !== undefined && body?.version !== read.version) return `GET ${read.path} answered another version`
  return null
}
