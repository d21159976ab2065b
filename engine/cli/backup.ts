/** `formloom backup`: one file with everything, proved by a restore in a second process before it has its name. */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { formatDatetime } from '#base/dates.ts'
import { isObject, type Json } from '#base/json.ts'
import type { Refusal } from '#base/problems.ts'
import { type BackupWriter, createBackupFile, listBackups, unusable } from '#files/backup-file.ts'
import { openFileFolder } from '#files/file-folder.ts'
import { systemClock } from '#files/machine.ts'
import { type BackupEnd, type BackupStart, lineOf, manifestDocument } from '#publish/backup/manifest.ts'
import { writeBackup } from '#publish/backup/write.ts'
import { templatesFolder } from '#publish/packs-folder.ts'
import { type Call, type Command, exitCodes, flag, textOption, UsageError } from './command.ts'
import { readEnvironment } from './environment.ts'
import { keyFileOption, readSecret, secretFile } from './secret.ts'

export const backup: Command = {
  name: 'backup',
  summary: 'Write everything to one file, and prove that it restores',
  options: {
    to: { type: 'string', value: '<folder|file>', help: 'where; default: the folder backups in the data folder' },
    keep: { type: 'string', value: '<number>', help: 'afterwards keep the newest so many in that folder' },
    'accept-faults': {
      type: 'boolean',
      help: 'also when something is wrong in the workspace itself; the faults are listed',
    },
    ...keyFileOption,
  },
  details: [
    'The server may run and write meanwhile: the backup is the state of one moment, database and uploaded files. On PostgreSQL a publication waits until it is written.',
    'A second process restores it into a scratch folder, compares every table with what was read, checks all links and the chain of changes, starts a server on the copy and reads twenty times. Only then the file gets its name; until then it is called ….partial.',
    'With a secret (FORMLOOM_SECRET_FILE or --key-file) it is encrypted and sealed by AES-256-GCM; keep that secret elsewhere, without it the backup is worth nothing. Without one it is readable by whoever has it, and sealed against damage only.',
  ],
  showsEnvironment: true,
  async run(call) {
    const keep = keepOf(textOption(call, 'keep'))
    const { data, databaseUrl } = readEnvironment(call.env)
    const folder = resolve(textOption(call, 'data') ?? data)
    if (!existsSync(folder)) throw unusable(`There is no data folder ${folder}.`, `数据文件夹 ${folder} 不存在。`)
    const to = resolve(textOption(call, 'to') ?? join(folder, 'backups'))
    const createdAt = formatDatetime(systemClock.now())
    const writer = await createBackupFile(to, { createdAt, secret: readSecret(call) })
    const made = await abandoned(writer, async () => {
      const source = {
        place: { url: databaseUrl, folder },
        files: openFileFolder(folder),
        program: programVersion(),
        createdAt,
      }
      const written = await writeBackup(source, writer)
      requireNoFaults(call, written.faults)
      const proof = await prove(call, writer.path, folder)
      const path = await writer.finish(lineOf('verified', proof))
      return { path, written, proof }
    })
    await keepNewest(dirname(made.path), keep, made.path)
    return tell(call, made)
  },
}

interface Made {
  readonly path: string
  readonly written: BackupStart & BackupEnd
  readonly proof: { readonly verified_at: string; readonly reads: number; readonly faults: number }
}

function tell(call: Call, { path, written, proof }: Made): number {
  const encrypted = secretFile(call) !== null
  const manifest = manifestDocument({ ...written, encrypted, verified_at: proof.verified_at })
  const rows = Object.values(written.digests).reduce((sum, digest) => sum + digest.rows, 0)
  call.terminal.result({ path, ...manifest, reads: proof.reads }, [
    `Written and proved: ${path}`,
    `Revision ${written.revision}, ${rows} rows in ${written.tables.length} tables, ${written.files.count} files; ${proof.reads} reads on the restored copy.`,
    encrypted
      ? `Encrypted with the secret in ${secretFile(call)}: keep that elsewhere.`
      : 'Not encrypted: whoever has the file can read everything. Set FORMLOOM_SECRET_FILE or give --key-file.',
    ...(proof.faults > 0 ? [`${proof.faults} faults of the workspace came along: formloom verify lists them.`] : []),
  ])
  return exitCodes.ok
}

function keepOf(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new UsageError(`--keep must be a number from 1, not ${text}`)
}

/** What was begun is removed when it fails, or when somebody ends the command. */
async function abandoned<T>(writer: BackupWriter, work: () => Promise<T>): Promise<T> {
  const stop = () => {
    rmSync(writer.path, { force: true })
    process.exit(130)
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.once(signal, stop)
  try {
    return await work()
  } catch (error) {
    await writer.abandon()
    throw isFull(error)
      ? unusable(
          `There is no room for the backup at ${dirname(writer.path)}: nothing of it was kept.`,
          `${dirname(writer.path)} 空间不足：未保留任何备份内容。`,
        )
      : error
  } finally {
    for (const signal of signals) process.removeListener(signal, stop)
  }
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function requireNoFaults(call: Call, faults: readonly string[]): void {
  if (faults.length === 0 || flag(call, 'accept-faults')) return
  throw unusable(
    `The workspace has faults of its own; formloom verify lists them, --accept-faults makes the backup all the same: ${faults.slice(0, 10).join('; ')}`,
    `工作区自身存在问题；可用 formloom verify 查看，或加 --accept-faults 仍然备份：${faults.slice(0, 10).join('；')}`,
  )
}

/** `formloom verify <backup>` in a process of its own. */
async function prove(call: Call, path: string, data: string): Promise<Made['proof']> {
  const key = secretFile(call)
  const words = ['verify', path, '--json', '--data', data, ...(key === null ? [] : ['--key-file', key])]
  const found = await runProgram(words, call)
  if (!isObject(found) || found.proved !== true) throw refusalOf(found)
  const faults = Number(found.faults)
  if (faults > 0) requireNoFaults(call, [`${faults} findings`])
  return { verified_at: formatDatetime(systemClock.now()), reads: Number(found.reads), faults }
}

function refusalOf(found: Json): Refusal {
  const error = isObject(found) && isObject(found.error) ? found.error : {}
  const failures = isObject(found) && Array.isArray(found.failures) ? found.failures.map(String).join('; ') : ''
  const why = String(error.detail ?? (failures || 'the second process said nothing'))
  return unusable(`The backup did not restore, and was thrown away: ${why}`, `备份未能通过恢复验证，已丢弃：${why}`)
}

function runProgram(words: readonly string[], call: Call): Promise<Json> {
  return new Promise((done, fail) => {
    const env = { ...process.env, ...call.env, DATABASE_URL: '', LOG_LEVEL: 'error' }
    execFile(process.execPath, [programFile(), ...words], { env, maxBuffer: 1 << 28 }, (error, stdout) => {
      try {
        done(JSON.parse(stdout) as Json)
      } catch {
        fail(error ?? new Error('the second process gave no document'))
      }
    })
  })
}

/** The built command line: this one, or that of the package. */
function programFile(): string {
  const own = process.argv[1] ?? ''
  return own.endsWith('cli.mjs') ? own : join(dirname(templatesFolder()), 'dist', 'server', 'cli.mjs')
}

export function programVersion(): string {
  const text = readFileSync(join(dirname(templatesFolder()), 'package.json'), 'utf8')
  return String((JSON.parse(text) as { readonly version?: string }).version)
}

async function keepNewest(folder: string, keep: number | null, newest: string): Promise<void> {
  if (keep === null) return
  const old = (await listBackups(folder)).filter(({ path }) => path !== newest).slice(keep - 1)
  for (const { path } of old) rmSync(path, { force: true })
}
