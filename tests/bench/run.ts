/**
 * `npm run bench`: the built server against the same job written by hand, in one run, in turns; tables, and JSON as the last line.
 * Correctness is checked before anything is timed. Ratios are ours ÷ by hand: above 1 we are faster. Beside each rate stands the
 * processor time per request, which other work on the machine touches least. The plain run takes about five minutes:
 *
 *     npm run bench -- [options]
 *       --only <parts>   some of: sqlite, postgres, forms, footprint, million (by comma); the plain run is all but million
 *       --million        also get, list and export at 1,000,000 orders against 10,000 (ten minutes more)
 *       --many           also request speed with 2,000 forms
 *       --quick          a tenth of the records and calls: shows that everything works, its figures say nothing
 *       --rounds <n>     rounds per job, of which the middle one is told; default 3
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { footprint } from './footprint.ts'
import { manyForms } from './many-forms.ts'
import { million } from './million.ts'
import { againstPostgres, againstSqlite } from './rivals.ts'
import { say } from './tell.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    million: { type: 'boolean' },
    many: { type: 'boolean' },
    quick: { type: 'boolean' },
    rounds: { type: 'string', default: '3' },
  },
})
const folder = await mkdtemp(join(tmpdir(), 'formloom-bench-'))
const part = {
  folder,
  rounds: Math.max(1, Number(values.rounds)),
  many: values.many === true,
  share: values.quick ? 0.1 : 1,
}
const parts = { sqlite: againstSqlite, postgres: againstPostgres, forms: manyForms, footprint, million }
const plain = ['sqlite', 'postgres', 'forms', 'footprint', ...(values.million ? ['million'] : [])]
const chosen = values.only?.split(',') ?? plain

try {
  const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model, load: loadavg() }
  say(
    `${machine.processors} × ${machine.model}, Node ${machine.node}, load ${machine.load.map((each) => each.toFixed(1)).join(' ')}`,
  )
  const results: Record<string, unknown> = { machine }
  for (const [name, measure] of Object.entries(parts)) {
    if (!chosen.includes(name)) continue
    say(`\n${name}`)
    results[name] = await measure(part)
  }
  say(
    `\nload at the end ${loadavg()
      .map((each) => each.toFixed(1))
      .join(' ')}`,
  )
  say(JSON.stringify({ ...results, loadAtEnd: loadavg() }))
} finally {
  await rm(folder, { recursive: true, force: true })
}
