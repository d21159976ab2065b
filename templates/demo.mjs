/** Writes the demo data of all packs: `node templates/demo.mjs`. Seeded, so every run gives the same bytes; dates are relative to the day of installation. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toCsv } from './demo/csv.mjs'
import { createRandom } from './demo/random.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** In the order of installation: a pack sees in `shared` what the packs before it left there. */
const packs = ['base', 'crm', 'sales', 'service']

/** `demo/<pack>.mjs` exports `make(random, shared)` → `[{form, key, rows}]`: one CSV per form, see `demo/csv.mjs`. */
async function writePack(pack, shared) {
  const source = join(here, 'demo', `${pack}.mjs`)
  if (!existsSync(source)) return
  const { make } = await import(source)
  for (const { form, key, rows } of make(createRandom(pack), shared)) {
    const target = join(here, pack, 'demo', `${form}.csv`)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, toCsv(key, rows))
    process.stdout.write(`${pack}/demo/${form}.csv  ${rows.length} records\n`)
  }
}

const shared = {}
for (const pack of packs) await writePack(pack, shared)
