/** Writes the demo data of all packs: `node templates/demo.mjs`. Seeded, so every run gives the same bytes; dates are relative to the day of installation. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toCsv } from './demo/csv.mjs'
import { createRandom } from './demo/random.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** In the order of installation: a pack sees in `shared` what the packs before it left there. */
const packs = ['base', 'crm', 'sales', 'service']

/**
 * `demo/<pack>.mjs` exports `make(random, shared)` → `[{form, key, rows}]`, one CSV per form (see `demo/csv.mjs`), and may
 * export `finish(shared)`, called when all packs are made, for rows that follow from those of a later pack.
 */
async function load(pack) {
  const source = join(here, 'demo', `${pack}.mjs`)
  return existsSync(source) ? [{ pack, ...(await import(source)) }] : []
}

function write(pack, { form, key, rows }) {
  const target = join(here, pack, 'demo', `${form}.csv`)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, toCsv(key, rows))
  process.stdout.write(`${pack}/demo/${form}.csv  ${rows.length} records\n`)
}

const shared = {}
const parts = (await Promise.all(packs.map(load))).flat()
const made = parts.map(({ pack, make }) => ({ pack, files: make(createRandom(pack), shared) }))
for (const { finish } of parts) finish?.(shared)
for (const { pack, files } of made) for (const file of files) write(pack, file)
