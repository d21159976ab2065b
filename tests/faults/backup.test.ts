/** A backup is whole or none: altered, cut off, killed, without room, it never passes for one. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { openBackupFile } from '#files/backup-file.ts'
import { formloom } from '#tests/support/command-line.ts'
import {
  enterPaper,
  keepWriting,
  type Ledger,
  openLedger,
  runFormloom,
  spawnFormloom,
  stateOf,
  writeKey,
} from '#tests/support/copies.ts'
import { canRun, pause, seeded } from '#tests/support/faults.ts'
import { type Program, startProgram } from '#tests/support/program.ts'

const canMount = process.getuid?.() === 0 && canRun('unshare', '--mount', 'true')
const random = seeded('backup')
let root = ''
let program: Program
let ledger: Ledger
let paper = ''
let env: Readonly<Record<string, string>> = {}
const backups: Record<'plain' | 'sealed', string> = { plain: '', sealed: '' }
const at = (...parts: readonly string[]) => join(root, ...parts)
const finished = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.formloom-backup'))

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'formloom-backup-'))
  env = { FORMLOOM_DATA: at('data') }
  program = await startProgram({ folder: at('data') })
  ledger = await openLedger(program)
  paper = await enterPaper(ledger, 'with-paper', Buffer.from('signed '.repeat(1_000)))
  const writing = keepWriting(ledger, 6)
  await pause(1_500)
  await writing.stop()
  writeKey(at('key'))
  for (const [name, words] of [
    ['plain', []],
    ['sealed', ['--key-file', at('key')]],
  ] as const) {
    const made = await runFormloom(env, 'backup', '--to', at(`${name}.formloom-backup`), ...words)
    expect(made).toMatchObject({ code: 0 })
    backups[name] = made.json.path
  }
}, 240_000)
afterAll(async () => {
  await program?.stop('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})

describe.each(['plain', 'sealed'] as const)('a %s backup', (kind) => {
  const key = () => (kind === 'sealed' ? ['--key-file', at('key')] : [])

  async function readsThrough(path: string): Promise<boolean> {
    const secret = kind === 'sealed' ? readFileSync(at('key'), 'utf8').trim() : null
    try {
      const reader = await openBackupFile(path, secret)
      for await (const _part of reader.parts());
      return true
    } catch (error) {
      if (error instanceof Refusal && error.problem.code === 'unavailable') return false
      throw error
    }
  }

  async function restored(path: string): Promise<{ readonly code: number; readonly left: readonly string[] }> {
    const { code } = await formloom({}, 'restore', path, '--to', at('out', 'new'), ...key())
    const left = readdirSync(at('out'))
    rmSync(at('out'), { recursive: true })
    mkdirSync(at('out'))
    return { code, left }
  }

  it('is refused for a single flipped bit, wherever it lies', async () => {
    const bytes = readFileSync(backups[kind])
    const path = at('flipped.formloom-backup')
    expect(await readsThrough(backups[kind])).toBe(true)
    const places = [...Array.from({ length: 60 }, (_, index) => index), bytes.length - 1]
    while (places.length < 260) places.push(Math.floor(random() * bytes.length))
    const unseen: number[] = []
    for (const place of places) {
      const copy = Buffer.from(bytes)
      copy[place] = (copy[place] as number) ^ (1 << Math.floor(random() * 8))
      writeFileSync(path, copy)
      if (await readsThrough(path)) unseen.push(place)
    }
    expect(unseen).toEqual([])
    mkdirSync(at('out'), { recursive: true })
    expect(await restored(path)).toEqual({ code: 1, left: [] })
    expect((await runFormloom(env, 'verify', path, ...key())).code).toBe(1)
  })

  it('is refused when it was cut off anywhere, or something was added', async () => {
    const bytes = readFileSync(backups[kind])
    const path = at('cut.formloom-backup')
    mkdirSync(at('out'), { recursive: true })
    const frames = frameEnds(bytes)
    const lengths = [0, 1, 30, ...frames.slice(0, -1).slice(-3), bytes.length - 1, Math.floor(random() * bytes.length)]
    for (const length of lengths) {
      writeFileSync(path, bytes.subarray(0, length))
      expect({ length, ...(await restored(path)) }).toEqual({ length, code: 1, left: [] })
    }
    writeFileSync(path, Buffer.concat([bytes, bytes.subarray(frames.at(-2))]))
    expect(await restored(path)).toEqual({ code: 1, left: [] })
    writeFileSync(path, bytes)
    expect(await restored(path)).toEqual({ code: 0, left: ['new'] })
  })
})

/** Where each frame ends. */
function frameEnds(bytes: Buffer): readonly number[] {
  const ends = [bytes.indexOf(0x0a, bytes.indexOf(0x0a) + 1) + 1]
  for (let place = ends[0] ?? 0; place < bytes.length; ) {
    place += 4 + bytes.readUInt32BE(place)
    ends.push(place)
  }
  return ends
}

it('a backup that was killed leaves nothing that looks like one, and the next one sweeps up', async () => {
  mkdirSync(at('killed'))
  for (let round = 0; round < 6; round += 1) {
    const { child, ended } = await spawnFormloom(env, 'backup', '--to', at('killed'))
    await pause(250 + random() * 1_500)
    child.kill('SIGKILL')
    if ((await ended) === 0) rmSync(at('killed', finished(at('killed'))[0] ?? ''), { force: true })
    expect(finished(at('killed'))).toEqual([])
  }
  const { child, ended } = await spawnFormloom(env, 'backup', '--to', at('killed'))
  await pause(900)
  child.kill('SIGTERM')
  if ((await ended) === 0) rmSync(at('killed', finished(at('killed'))[0] ?? ''), { force: true })
  expect(finished(at('killed'))).toEqual([])
  expect((await runFormloom(env, 'backup', '--to', at('killed'))).code).toBe(0)
  expect(readdirSync(at('killed'))).toEqual(finished(at('killed')))
  expect(finished(at('killed'))).toHaveLength(1)
  expect((await ledger.admin.post('/api/forms/account/records', { code: 'still-there' })).status).toBe(201)
})

const disk = canMount ? it : it.skip

disk(
  `a backup without room is refused, and nothing of it stays${canMount ? '' : ' (not run: needs a mount)'}`,
  async () => {
    mkdirSync(at('small'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', at('small')])
    try {
      const said = await runFormloom(env, 'backup', '--to', at('small'))
      expect(said).toMatchObject({ code: 1, json: { error: { detail: expect.stringContaining('no room') } } })
      expect(readdirSync(at('small'))).toEqual([])
    } finally {
      execFileSync('umount', [at('small')])
    }
  },
)

it('a workspace with a fault of its own is not backed up unseen', async () => {
  const copy = await formloom({}, 'restore', backups.plain, '--to', at('faulty'))
  expect(copy.code).toBe(0)
  const own = { FORMLOOM_DATA: at('faulty') }
  const before = await stateOf({ url: null, folder: at('faulty') })
  rmSync(at('faulty', 'files', paper.slice(-2), paper))
  const refused = await runFormloom(own, 'backup', '--to', at('faults'))
  expect(refused).toMatchObject({ code: 1, json: { error: { detail: expect.stringContaining(paper) } } })
  expect(readdirSync(at('faults'))).toEqual([])
  alter(at('faulty'), `update fl_change set at = '2020-01-01T00:00:00.000Z' where seq = 3`)
  const again = await runFormloom(own, 'backup', '--to', at('faults'), '--accept-faults')
  expect(again.code).toBe(0)
  expect(again.json.faults).toEqual([`file ${paper} is gone from the data folder`])
  const proved = await runFormloom({}, 'verify', again.json.path)
  expect(proved).toMatchObject({ code: 1, json: { proved: true, ok: false } })
  expect(proved.json.findings.changes).toContainEqual(expect.objectContaining({ seq: 3 }))
  const restored = await formloom({}, 'restore', again.json.path, '--to', at('faulty-again'))
  expect(restored.code).toBe(0)
  expect(await stateOf({ url: null, folder: at('faulty-again') })).not.toEqual(before)
})

it('a backup of a newer program is refused with its reason', async () => {
  expect((await formloom({}, 'restore', backups.plain, '--to', at('newer'))).code).toBe(0)
  alter(at('newer'), `update fl_meta set value = '99' where key = 'schema'`)
  const said = await runFormloom({ FORMLOOM_DATA: at('newer') }, 'backup', '--to', at('from-newer'))
  expect(said).toMatchObject({ code: 1, json: { error: { detail: expect.stringContaining('schema 99') } } })
  expect(readdirSync(at('from-newer'))).toEqual([])
})

function alter(folder: string, statement: string): void {
  const db = new BetterSqlite(join(folder, 'formloom.sqlite'))
  try {
    db.exec(statement)
  } finally {
    db.close()
  }
}
