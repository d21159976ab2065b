import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite, { type Database as Sqlite } from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { root } from '#tests/support/sources.ts'
import { type ReaderLimits, ReaderPool, usualReaderLimits } from './reader-pool.ts'

/** A reader is a process that starts from sources here: seconds, where the machine is busy. */
vi.setConfig({ testTimeout: 90_000 })

const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as count from n'
const numbers = (count: number) =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) select i, 'text ' || i as t from n`

let folder = ''
let path = ''
let writer: Sqlite
const pools: ReaderPool[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'formloom-readers-'))
  path = join(folder, 'a.sqlite')
  writer = new BetterSqlite(path)
  writer.pragma('journal_mode = WAL')
  writer.exec(
    `create table fruit (id integer primary key, name text, price integer); insert into fruit values (1, 'pear', 250), (2, 'fig', null)`,
  )
})
afterEach(() => {
  for (const pool of pools.splice(0)) pool.close()
  writer.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(limits: Partial<ReaderLimits> = {}): ReaderPool {
  const pool = new ReaderPool({ path, limits: { ...usualReaderLimits, ...limits }, tally: { statements: 0 } })
  pools.push(pool)
  return pool
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Refusal ? error.problem.code : String(error)),
  )
const countFruit = (pool: ReaderPool) =>
  pool.snapshot(async (read) => (await read.run('select count(*) as count from fruit', [])).rows[0]?.['count'])

describe('what a long read answers', () => {
  it('is rows as objects or as lists, with values bound and the functions of formulas at hand', async () => {
    const pool = open()
    const answer = await pool.snapshot(async (read) => [
      (await read.run('select * from fruit where id < ? order by id', [9_000_000_000])).rows,
      await read.lists('select name, price from fruit where price is ? or ? order by id', [null, true]),
      (await read.run(`select fl_add('0.1', '0.2') as sum`, [])).rows,
    ])
    expect(answer).toEqual([
      [
        { id: 1, name: 'pear', price: 250 },
        { id: 2, name: 'fig', price: null },
      ],
      [
        ['pear', 250],
        ['fig', null],
      ],
      [{ sum: '0.3' }],
    ])
  })

  it('comes whole, in order, however many batches it takes', async () => {
    const { rows } = await open().snapshot((read) => read.run(numbers(12_345), []))
    expect(rows.map((row) => row['i'])).toEqual(Array.from({ length: 12_345 }, (_, index) => index + 1))
    expect(rows.at(-1)?.['t']).toBe('text 12345')
  })

  it('comes to each who asked when many ask at once', async () => {
    const counts = await open().snapshot((read) =>
      Promise.all([3, 1200, 2].map(async (count) => (await read.lists(numbers(count), [])).length)),
    )
    expect(counts).toEqual([3, 1200, 2])
  })

  it('is of one moment over all its statements, and the next one sees what was written since, new columns too', async () => {
    const pool = open()
    const counts = await pool.snapshot(async (read) => {
      const before = await read.lists('select count(*) from fruit', [])
      writer.exec(`insert into fruit values (3, 'plum', 90)`)
      return [before, await read.lists('select count(*) from fruit', [])]
    })
    expect(counts).toEqual([[[2]], [[2]]])
    expect((await pool.snapshot((read) => read.run('select * from fruit', []))).rows).toHaveLength(3)
    writer.exec('alter table fruit add column ripe integer default 1')
    expect((await pool.snapshot((read) => read.run('select * from fruit where id = 3', []))).rows).toEqual([
      { id: 3, name: 'plum', price: 90, ripe: 1 },
    ])
  })

  it('is refused with the words of the database where the statement is wrong, and the process goes on', async () => {
    const pool = open()
    const wrong = pool.snapshot((read) => read.run('select colour from fruit', []))
    await expect(wrong).rejects.toMatchObject({ code: 'SQLITE_ERROR', message: 'no such column: colour' })
    const first = pool.processes
    expect(await countFruit(pool)).toBe(2)
    expect(pool.processes).toEqual(first)
  })

  it('never writes', async () => {
    const write = open().snapshot((read) => read.run(`insert into fruit values (7, 'nut', 1) returning id`, []))
    await expect(write).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
  })
})

describe('the thread of the server', () => {
  it('is free while a statement runs: what comes later and is short is answered first', async () => {
    const pool = open()
    await countFruit(pool)
    const order: string[] = []
    const long = pool.snapshot((read) => read.run(endless.replace('from n)', 'from n where i < 5000000)'), []))
    const told = long.then(({ rows }) => order.push(`long ${String(rows[0]?.['count'])}`))
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      order.push(`short ${String(writer.prepare('select count(*) from fruit').pluck().get())}`)
    }
    await told
    expect(order).toEqual(['short 2', 'short 2', 'short 2', 'long 5000000'])
  })
})

describe('limits', () => {
  it('a statement beyond its time is killed with its process, and the next one is answered by a new one', async () => {
    const pool = open({ mostMs: 400, processes: 1 })
    await countFruit(pool)
    const [first] = pool.processes
    expect(await codeOf(pool.snapshot((read) => read.run(endless, [])))).toBe('query-too-long')
    expect(await codeOf(pool.snapshot(async (read) => read.lists('select 1', [])))).toBe('answered')
    expect(pool.processes).toHaveLength(1)
    expect(pool.processes).not.toContain(first)
  })

  it('those who wait get a process when the one before them was killed', async () => {
    const pool = open({ mostMs: 400, processes: 1 })
    await countFruit(pool)
    const asked = [pool.snapshot((read) => read.run(endless, [])), countFruit(pool)]
    expect(await Promise.all(asked.map(codeOf))).toEqual(['query-too-long', 'answered'])
  })

  it('more rows than anybody reads are refused, and the process goes on', async () => {
    const pool = open({ mostRows: 2_000 })
    expect(await codeOf(pool.snapshot((read) => read.run(numbers(100_000), [])))).toBe('query-too-long')
    const first = pool.processes
    expect(await countFruit(pool)).toBe(2)
    expect(pool.processes).toEqual(first)
  })

  it('a statement that takes all memory is refused, and the process goes on', async () => {
    const pool = open()
    const greedy = `select length(group_concat(hex(zeroblob(4000)))) as l from (${numbers(200_000)})`
    expect(await codeOf(pool.snapshot((read) => read.run(greedy, [])))).toBe('query-too-long')
    expect(await countFruit(pool)).toBe(2)
  })

  it('a process killed from outside is told as unavailable, and the next read is answered', async () => {
    const pool = open({ processes: 1 })
    await countFruit(pool)
    const running = codeOf(pool.snapshot((read) => read.run(endless, [])))
    process.kill(pool.processes[0] as number, 'SIGKILL')
    expect(await running).toBe('unavailable')
    expect(await countFruit(pool)).toBe(2)
  })
})

describe('reader processes', () => {
  it('start with the first read and are never more than allowed', async () => {
    const pool = open({ processes: 2 })
    expect(pool.processes).toEqual([])
    expect(await Promise.all(Array.from({ length: 12 }, () => countFruit(pool)))).toEqual(Array(12).fill(2))
    expect(pool.processes.length).toBeLessThanOrEqual(2)
  })

  it('end with the pool, and nobody waits for ever', async () => {
    const pool = open({ processes: 1 })
    const asked = [pool.snapshot((read) => read.run(endless, [])), countFruit(pool)].map(codeOf)
    pool.close()
    expect(await Promise.all(asked)).toEqual(['unavailable', 'unavailable'])
    expect(await codeOf(countFruit(pool))).toBe('unavailable')
  })

  it('end with a server that was killed, in the middle of a statement too', async () => {
    const program = `
      import { ReaderPool, usualReaderLimits } from '#storage/dialects/reader-pool.ts'
      const pool = new ReaderPool({ path: ${JSON.stringify(path)}, limits: usualReaderLimits, tally: { statements: 0 } })
      await pool.snapshot((read) => read.lists('select 1', []))
      pool.snapshot((read) => read.run(${JSON.stringify(endless)}, []))
      setImmediate(() => console.log(pool.processes.join()))
      setInterval(() => undefined, 1000)`
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    // The reader holds this pipe too: it ends when both are gone.
    const allGone = new Promise((resolve) => parent.stderr.resume().once('end', resolve))
    const reader = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))))
    expect(process.kill(reader, 0)).toBe(true)
    parent.kill('SIGKILL')
    expect(await allGone).toBeUndefined()
  })
})
