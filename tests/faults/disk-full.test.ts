/** A full disk: what writes is refused and told when to come back, what reads goes on, and with room again all goes on without a restart. */
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allRecords, canRun, eventually, unsound, verified } from '#tests/support/faults.ts'
import { entryOf, ledgerForms } from '#tests/support/ledger.ts'
import { multipart } from '#tests/support/multipart.ts'
import { type Answer, Client, type Program, startProgram } from '#tests/support/program.ts'

const canMount = process.getuid?.() === 0 && canRun('unshare', '--mount', 'true')
const writersAtOnce = 8
const elevenMinutesMs = 11 * 60_000
const backWithinMs = 5_000

interface Disk {
  readonly folder: string
  fill(program: Program): Promise<void>
  free(program: Program): Promise<void>
  remove(): Promise<void>
}

/** A file system of its own, filled by a file beside the database. */
async function smallDisk(): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'formloom-full-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=700', 'tmpfs', folder])
  const ballast = join(folder, 'ballast')
  return {
    folder,
    async fill() {
      writeFileSync(ballast, '')
      for (const bytes of [65_536, 1_024]) {
        const piece = Buffer.alloc(bytes)
        while (await appendFile(ballast, piece).then(fits, isFull));
      }
    },
    async free() {
      rmSync(ballast)
    },
    async remove() {
      execFileSync('umount', [folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function fits(): boolean {
  return true
}

function isFull(error: NodeJS.ErrnoException): boolean {
  if (error.code === 'ENOSPC') return false
  throw error
}

/** The database may not grow: SQLite answers as it does on a full disk. */
async function smallDatabase(): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'formloom-full-'))
  chmodSync(folder, 0o700)
  return {
    folder,
    fill: async (program) => void (await program.inject({ pragma: 'max_page_count = 1' })),
    free: async (program) => void (await program.inject({ pragma: 'max_page_count = 1000000' })),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

const disks = [
  {
    title: 'a file system of 16 MiB that is full',
    runs: canMount,
    reason: 'only root may mount one',
    make: smallDisk,
    whole: true,
  },
  { title: 'a database that may not grow', runs: true, reason: '', make: smallDatabase, whole: false },
]

for (const { title, runs, reason, make, whole } of disks) {
  const name = runs ? title : `${title} (not run: ${reason})`
  describe.skipIf(!runs)(name, () => {
    let disk: Disk
    let program: Program
    let admin: Client
    let ids: readonly string[] = []
    let written = 0
    let refused: readonly Answer[] = []

    beforeAll(async () => {
      disk = await make()
      program = await startProgram({ folder: disk.folder, faults: true })
      admin = new Client(program.address)
      expect((await admin.setup(program.setupCode)).status).toBe(201)
      expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
      const made = await Promise.all(['A', 'B'].map((code) => admin.post('/api/forms/account/records', { code })))
      ids = made.map(({ body }) => body.id)
      expect((await writeEntry()).status).toBe(201)
      await disk.fill(program)
      refused = await writeUntilRefused()
    }, 120_000)

    afterAll(async () => {
      await program?.stop('SIGKILL')
      await disk?.remove()
    })

    /** There may be room for some more inside of the files. */
    async function writeUntilRefused(): Promise<readonly Answer[]> {
      for (let round = 0; round < 500; round++) {
        const answers = await Promise.all(Array.from({ length: writersAtOnce }, writeEntry))
        if (answers.every(({ status }) => status !== 201)) return answers
      }
      throw new Error('the disk never became full')
    }

    async function writeEntry(): Promise<Answer> {
      const [from = '', to = ''] = ids
      const move = written % 2 === 0 ? { from, to } : { from: to, to: from }
      const body = entryOf(`r${++written}-${performance.now()}`, { ...move, amount: 1 })
      return admin.post('/api/forms/entry/records', body)
    }

    it('refuses what writes, and says when to come back', () => {
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 503))
      const waits = refused.map(({ headers }) => Number(headers.get('retry-after')))
      expect(waits.filter((seconds) => !(seconds >= 1 && seconds <= 10))).toEqual([])
      expect(refused[0]?.body).toMatchObject({ type: '/problems/unavailable', status: 503 })
    })

    // A database that may not grow still has room inside, and files lie beside it.
    if (whole) {
      it('refuses a sign-in and an upload in the same way', async () => {
        expect((await new Client(program.address).signIn()).status).toBe(503)
        const { raw, headers } = multipart([
          { name: 'file', filename: 'a.txt', type: 'text/plain', content: Buffer.alloc(300_000, 'a') },
        ])
        const response = await fetch(`${program.address}/api/files`, {
          method: 'POST',
          headers: { ...headers, cookie: admin.cookie, origin: program.address },
          body: new Uint8Array(raw),
        })
        expect(response.status).toBe(503)
      })
    }

    it('goes on reading', async () => {
      const entries = await allRecords(admin, 'entry')
      expect(entries.length).toBeGreaterThan(0)
      expect((await admin.get(`/api/forms/entry/records/${entries[0].id}`)).status).toBe(200)
      expect((await fetch(`${program.address}/livez`)).status).toBe(200)
    })

    it('goes on reading for those whose session is due to be noted', async () => {
      await program.inject({ clockMs: elevenMinutesMs })
      const answer = await admin.get('/api/forms/account/records')
      await program.inject({ clockMs: 0 })
      expect(answer.status).toBe(200)
    })

    it('says at /readyz that it only reads', async () => {
      const ready = await fetch(`${program.address}/readyz`)
      expect([ready.status, await ready.text()]).toEqual([200, 'read-only\n'])
    })

    it('with room again it says so, without a restart and without a visitor who tries', async () => {
      await disk.free(program)
      await eventually(
        async () => (await fetch(`${program.address}/readyz`).then((ready) => ready.text())) === 'ok\n',
        backWithinMs,
      )
    })

    it('writes again', async () => {
      expect((await writeEntry()).status).toBe(201)
      const entries = await allRecords(admin, 'entry')
      const numbers = entries.map((entry) => Number(entry.number.slice(3))).sort((a, b) => a - b)
      expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    })

    it('has lost and broken nothing', async () => {
      expect(await program.stop('SIGTERM')).toBe(0)
      expect(program.printed()).not.toMatch(/request\.failed|Unhandled/)
      expect(unsound(join(disk.folder, 'formloom.sqlite'))).toEqual([])
      expect(await verified(disk.folder)).toMatchObject({ ok: true })
    })
  })
}
