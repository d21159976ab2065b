/**
 * Fills a workspace for the benches and ends: `seed.ts '{"folder":…,"url":…,"sizes":{…},"forms":0}'`. Around the change log, by the
 * store, with ids known in advance; the product's own server is started on it afterwards.
 */
import { sql } from 'kysely'
import { createUserIn, prepareUser } from '#accounts/users.ts'
import { buildModel } from '#definitions/build-model.ts'
import { createIds } from '#files/machine.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { actorContext } from '#publish/actor-context.ts'
import { openWorkspace, rememberShape, type Workspace } from '#publish/workspace.ts'
import { physicalName } from '#storage/names.ts'
import { createRecordStore } from '#storage/record-store.ts'
import { saveRevision } from '#storage/revision-store.ts'
import { applySchema } from '#storage/schema-plan.ts'
import type { StoredRecord, Values } from '#storage/stored-record.ts'
import { benchForms, customerAt, orderAt, otherForms, owners, password, type Sizes } from './trade.ts'

export interface Seed {
  readonly folder: string
  readonly url: string | null
  readonly sizes: Sizes
  /** Beside the two of the job. */
  readonly forms: number
}

const perWrite = 5_000
/** More orders than this are copies of the first ones. */
const mostByStore = 200_000
const copiedOrders = 20_000

async function seed({ folder, url, sizes, forms }: Seed): Promise<void> {
  const quiet = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string) => process.stderr.write(`${event}\n`),
  }
  const clock = { now: () => Date.now() }
  const workspace = await openWorkspace({ url, folder, log: quiet, clock, ids: createIds(), kinds: fieldKinds })
  await publish(workspace, forms)
  const people = await makePeople(workspace)
  await fill(workspace, 'customer', {
    count: sizes.customers,
    make: (index) => {
      const { id, owner, ...values } = customerAt(index)
      return record(id, { owner: people[owner] as string, title: values.name, values })
    },
  })
  const copies = sizes.orders > mostByStore ? Math.ceil(sizes.orders / copiedOrders) - 1 : 0
  await fill(workspace, 'order', {
    count: Math.floor(sizes.orders / (copies + 1)),
    make: (index) => {
      const { id, owner, ...values } = orderAt(index, sizes)
      return record(id, { owner: people[owner] as string, title: values.number, values })
    },
  })
  for (let copy = 1; copy <= copies; copy += 1) await copyOrders(workspace, copy)
  await workspace.close()
}

/** All orders once more with other ids and numbers, by the database itself: a file only; these are not in the index of texts. */
async function copyOrders({ db }: Workspace, copy: number): Promise<void> {
  const table = sql.id(physicalName('order'))
  await db.write(async (connection) => {
    const row = await sql<Row>`select * from ${table} limit 1`.execute(connection)
    const others = Object.keys(row.rows[0] ?? {}).filter((name) => !['id', 'number', 'title'].includes(name))
    const names = sql.join(others.map((name) => sql.id(name)))
    const mark = copy.toString(16).padStart(2, '0')
    const number = sql`${`C${mark}`} || substr(number, 3)`
    await sql`insert into ${table} (id, number, title, ${names})
      select ${`0193${mark}`} || substr(id, 7), ${number}, ${number}, ${names} from ${table} where id like '019300%'`.execute(
      connection,
    )
  })
}

type Row = Readonly<Record<string, unknown>>

async function publish(to: Workspace, forms: number): Promise<void> {
  const definitions = [...benchForms, ...otherForms(forms)]
  const built = buildModel(definitions, fieldKinds, 1)
  if (!built.ok) throw new Error(JSON.stringify(built.problem))
  await to.db.write(async (db) => {
    await applySchema(db, null, built.value)
    const items = definitions.map((definition) => ({ definition }))
    await saveRevision(db, { items, by: null, at: new Date().toISOString(), note: null })
    await rememberShape(db, built.value)
  })
}

/** The owners, and an admin. */
async function makePeople(of: Workspace): Promise<readonly string[]> {
  const admin = await actorContext(of, {
    id: '00000000-0000-7000-8000-000000000000',
    name: 'bench',
    roles: ['admin'],
    locale: 'en',
    zone: 'UTC',
    row: { roles: ['admin'] },
  })
  const reps = Array.from({ length: owners }, (_, index) => ({ login: `rep-${index}@example.com`, roles: ['rep'] }))
  const users = [...reps, { login: 'admin@example.com', roles: ['admin'] }].map((user) => ({
    ...user,
    name: user.login,
    password,
  }))
  const hash = await prepareUser(admin, users[0] as (typeof users)[number])
  return of.db.write(async (db) => {
    const made: string[] = []
    for (const user of users) made.push(await createUserIn(db, admin, { user, hash }))
    return made
  })
}

async function fill(
  of: Workspace,
  form: string,
  { count, make }: { readonly count: number; readonly make: (index: number) => StoredRecord },
): Promise<void> {
  const store = createRecordStore(await of.model(), of.db.dialect)
  for (let start = 0; start < count; start += perWrite)
    await of.db.write(async (db) => {
      for (let index = start; index < Math.min(count, start + perWrite); index += 1)
        await store.insert(db, form, make(index))
    })
}

function record(id: string, of: { owner: string; title: string; values: Values }): StoredRecord {
  const at = '2026-01-01T00:00:00.000Z'
  const stamps = { created_at: at, created_by: of.owner, updated_at: at, updated_by: of.owner, deleted_at: null }
  return { id, version: 1, title: of.title, owner: of.owner, state: null, ...stamps, values: of.values }
}

await seed(JSON.parse(process.argv[2] ?? '{}') as Seed)
