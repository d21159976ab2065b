/** The tables: ours against the hand-written server, on either database. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { isPostgresAvailable, startPostgres } from '#tests/support/postgres-server.ts'
import { getWhileSumming, listUnderRule } from './beside.ts'
import { compareImport } from './bulk.ts'
import { compare, type Pair } from './compare.ts'
import { agree, jobs } from './jobs.ts'
import { memoryMb, residentMb } from './load.ts'
import { openByHand, openOurs, runSource, type Side } from './side.ts'
import { headOfPairs, type Part, say, sayPair } from './tell.ts'
import { sizesOf } from './trade.ts'

export async function againstSqlite(part: Part): Promise<object> {
  const folder = join(part.folder, 'sqlite')
  await mkdir(folder)
  const sizes = sizesOf(part.share)
  say(`${sizes.customers} customers, ${sizes.orders} orders, a non-admin who sees a tenth of them`)
  const raw = JSON.parse(await runSource('raw.ts', { folder, sizes }))
  const data = { folder, url: null, sizes }
  return withBoth([await openOurs(data), await openByHand(data)], async (ours, byHand) => {
    const pairs = await comparePairs({ ours, byHand, part, raw })
    const aggregate = pairs.find(({ job, connections }) => job === 'aggregate' && connections === 32) as Pair
    say(`aggregate ÷ raw in process: ${(aggregate.ours.perSecond / raw.aggregate).toFixed(2)}`)
    const bulk = await compareImport({ ours, byHand, sizes, share: part.share })
    say(
      `import, rows/s: ours ${bulk.ours.toFixed(0)}, by hand ${bulk.byHand.toFixed(0)}, ratio ${bulk.ratio.toFixed(2)}, raw ${raw.import}`,
    )
    const rule = await listUnderRule(ours, part)
    say(
      `list of a non-admin ÷ an admin's: cpu ${rule.ratio.toFixed(2)} (${rule.rep.cpuMs.toFixed(2)} / ${rule.admin.cpuMs.toFixed(2)} ms)`,
    )
    const beside = await getWhileSumming(ours, part.share)
    say(
      `get, ms p50 / p99: alone ${shown(beside.alone)}, while sums run ${shown(beside.whileSumming)} (${beside.sums} sums meanwhile)`,
    )
    const memory = { resident: residentMb(ours.pid), withReaders: memoryMb(ours.pid) }
    say(`memory after all this: server ${memory.resident} MB, with its readers ${memory.withReaders} MB`)
    return { raw, pairs, bulk, rule, beside, memory }
  })
}

function shown({ p50, p99 }: { readonly p50: number; readonly p99: number }): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}`
}

export async function againstPostgres(part: Part): Promise<object> {
  if (!isPostgresAvailable()) {
    say('not run: no PostgreSQL for this platform')
    return { notRun: true }
  }
  const folder = join(part.folder, 'postgres')
  await mkdir(folder)
  const sizes = sizesOf(part.share)
  const postgres = await startPostgres()
  try {
    const [one, other] = [await database(postgres.url, 'bench_ours'), await database(postgres.url, 'bench_by_hand')]
    const sides = [
      await openOurs({ folder, url: one, sizes }),
      await openByHand({ folder, url: other, sizes }),
    ] as const
    return await withBoth(sides, async (ours, byHand) => {
      const pairs = await comparePairs({ ours, byHand, part, raw: {} })
      const bulk = await compareImport({ ours, byHand, sizes, share: part.share })
      say(
        `import, rows/s: ours ${bulk.ours.toFixed(0)}, by hand ${bulk.byHand.toFixed(0)}, ratio ${bulk.ratio.toFixed(2)}`,
      )
      return { pairs, bulk }
    })
  } finally {
    await postgres.stop()
  }
}

async function database(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`drop database if exists ${name}`)
  await client.query(`create database ${name} encoding 'UTF8' template template0`)
  await client.end()
  const made = new URL(url)
  made.pathname = `/${name}`
  return made.href
}

interface Comparison {
  readonly ours: Side
  readonly byHand: Side
  readonly part: Part
  readonly raw: Readonly<Record<string, number>>
}

async function comparePairs({ ours, byHand, part, raw }: Comparison): Promise<readonly Pair[]> {
  await agree({ ours, byHand })
  const pairs: Pair[] = []
  say(headOfPairs)
  for (const connections of [1, 32])
    for (const job of jobs) {
      const pair = await compare(job, { ours, byHand, connections, rounds: part.rounds, share: part.share })
      sayPair(pair, raw)
      pairs.push(pair)
    }
  return pairs
}

async function withBoth<T>(
  [ours, byHand]: readonly [Side, Side],
  work: (ours: Side, byHand: Side) => Promise<T>,
): Promise<T> {
  try {
    return await work(ours, byHand)
  } finally {
    await ours.stop()
    await byHand.stop()
  }
}
