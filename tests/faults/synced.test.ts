/** What the kernel saw: between the frames of a commit and the answer that promises it stands a sync of the log, also where a group shares one. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canRun } from '#tests/support/faults.ts'
import { entryOf, ledgerForms } from '#tests/support/ledger.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'
import { parseTrace, type SystemCall, traceWords } from '#tests/support/system-calls.ts'

const canTrace = canRun('strace', '-f', '-o', '/dev/null', 'true')
const oneByOne = 10
const atOnce = 16
const rounds = 4

/** An answer of 2xx to a request that writes, by its place in the trace. */
interface Promised {
  readonly request: number
  readonly answer: number
  /** Of the record that was made; null: a change of one that was there. */
  readonly id: string | null
}

describe.skipIf(!canTrace)(canTrace ? 'the trace of a server' : 'the trace of a server (not run: no strace)', () => {
  let folder = ''
  let program: Program
  let calls: readonly SystemCall[] = []
  let promised: readonly Promised[] = []
  const made: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'formloom-synced-'))
    const output = join(folder, 'trace')
    program = await startProgram({ folder: join(folder, 'data'), under: ['strace', ...traceWords, '-o', output] })
    await work(new Client(program.address))
    await program.stop()
    calls = parseTrace(readFileSync(output, 'utf8'))
    promised = promisesIn(calls)
  }, 120_000)

  afterAll(async () => {
    await program?.stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  async function work(admin: Client): Promise<void> {
    expect((await admin.setup(program.setupCode)).status).toBe(201)
    expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
    const accounts = await Promise.all(['A', 'B'].map((code) => admin.post('/api/forms/account/records', { code })))
    const [from, to] = accounts.map(({ body }) => body.id as string) as [string, string]
    const write = async (reference: string) => {
      const answer = await admin.post('/api/forms/entry/records', entryOf(reference, { from, to, amount: 1 }))
      expect(answer.status).toBe(201)
      made.push(answer.body.id)
    }
    for (let count = 0; count < oneByOne; count++) await write(`alone-${count}`)
    for (let round = 0; round < rounds; round++)
      await Promise.all(Array.from({ length: atOnce }, (_, number) => write(`${round}-${number}`)))
    for (const id of made.slice(0, oneByOne))
      expect((await admin.patch(`/api/forms/entry/records/${id}`, { revised: 1 }, 1)).status).toBe(200)
  }

  it('shows every promise that was made', () => {
    const shown = new Set(promised.map(({ id }) => id))
    expect(made.filter((id) => !shown.has(id))).toEqual([])
    expect(promised.filter(({ id }) => id === null).length).toBeGreaterThanOrEqual(oneByOne)
  })

  it('has a sync between each request and its answer', () => {
    const isSynced = ({ request, answer }: Promised) => kindsBetween(request, answer).includes('log-sync')
    expect(promised.filter((each) => !isSynced(each))).toEqual([])
  })

  it('has a sync between the frames that hold the record and its answer', () => {
    const late = promised.filter(({ answer, id }) => {
      const written = calls.findLastIndex(
        (call, at) => at < answer && call.kind === 'log-write' && holds(call.text, id),
      )
      return id !== null && (written < 0 || !kindsBetween(written, answer).includes('log-sync'))
    })
    expect(late).toEqual([])
  })

  it('has no frame of the log waiting for its sync while a promise goes out', () => {
    const unsynced = promised.filter(({ answer }) => {
      const last = calls.findLast((call, at) => at < answer && (call.kind === 'log-write' || call.kind === 'log-sync'))
      return last?.kind !== 'log-sync'
    })
    expect(unsynced).toEqual([])
  })

  it('shares syncs among the writes that came together', () => {
    const syncs = promised.map(({ answer }) =>
      calls.findLastIndex((call, at) => at < answer && call.kind === 'log-sync'),
    )
    console.info(`synced: ${promised.length} promises, ${new Set(syncs).size} syncs`)
    expect(new Set(syncs).size).toBeLessThan(promised.length)
  })

  function kindsBetween(from: number, to: number): readonly string[] {
    return calls.slice(from + 1, to).map(({ kind }) => kind)
  }
})

function holds(text: string, id: string | null): boolean {
  return id !== null && text.includes(id)
}

/** One request at a time on a connection: an answer belongs to the last request that came on it. */
function promisesIn(calls: readonly SystemCall[]): readonly Promised[] {
  const asked = new Map<string, number>()
  const promised: Promised[] = []
  for (const [at, call] of calls.entries()) {
    if (call.kind === 'request' && /"(?:POST|PATCH|DELETE) \/api\/forms\//.test(call.text)) asked.set(call.socket, at)
    if (call.kind !== 'answer' || !/"HTTP\/1\.1 2\d\d/.test(call.text)) continue
    const request = asked.get(call.socket)
    asked.delete(call.socket)
    const id = /\\r\\n[Ll]ocation: \/api\/forms\/\w+\/records\/([\w-]+)/.exec(call.text)?.[1] ?? null
    if (request !== undefined) promised.push({ request, answer: at, id })
  }
  return promised
}
