/** Our side: a workspace filled with the same records, served by the product's own server. The change log is on; seeding goes around it. */
import { createUserIn, prepareUser } from '#accounts/users.ts'
import { createApi } from '#api/app.ts'
import { buildModel } from '#definitions/build-model.ts'
import { createIds } from '#files/machine.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { actorContext } from '#publish/actor-context.ts'
import { openWorkspace, rememberShape, type Workspace } from '#publish/workspace.ts'
import { createRecordStore } from '#storage/record-store.ts'
import { saveRevision } from '#storage/revision-store.ts'
import { applySchema } from '#storage/schema-plan.ts'
import type { StoredRecord, Values } from '#storage/stored-record.ts'
import { benchForms, customerAt, orderAt, sizes } from './trade.ts'

const [folder = '', url = ''] = process.argv.slice(2)
const ids = createIds()
const quiet = {
  info: () => undefined,
  warn: () => undefined,
  error: (event: string, data?: unknown) => process.stderr.write(`${event} ${JSON.stringify(data)}\n`),
}
const workspace = await openWorkspace({
  url: url || null,
  folder,
  log: quiet,
  clock: { now: () => Date.now() },
  ids,
  kinds: fieldKinds,
})
const password = 'correct horse battery staple'

await publish(workspace)
const owners = await makeOwners(workspace)
await seed(workspace, owners)
const nothing = { read: async () => null, write: async () => undefined, remove: async () => undefined }
const { server } = await createApi({ workspace, setupCode: nothing, publicUrl: null, pages: null, templates: '' })
const address = await server.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`ready at ${address}\n`)

async function publish(to: Workspace): Promise<void> {
  const built = buildModel(benchForms, fieldKinds, 1)
  if (!built.ok) throw new Error(JSON.stringify(built.problem))
  await to.db.write(async (db) => {
    await applySchema(db, null, built.value)
    await saveRevision(db, {
      items: benchForms.map((definition) => ({ definition })),
      by: null,
      at: new Date().toISOString(),
      note: null,
    })
    await rememberShape(db, built.value)
  })
}

async function makeOwners(of: Workspace): Promise<readonly string[]> {
  const admin = await actorContext(of, {
    id: '00000000-0000-7000-8000-000000000000',
    name: 'bench',
    roles: ['admin'],
    locale: 'en',
    zone: 'UTC',
    row: { roles: ['admin'] },
  })
  const users = Array.from({ length: sizes.owners }, (_, index) => ({
    login: `rep-${index}@example.com`,
    name: `Rep ${index}`,
    roles: ['rep'],
    password,
  }))
  const hash = await prepareUser(admin, users[0] as (typeof users)[number])
  return of.db.write(async (db) => {
    const made: string[] = []
    for (const user of users) made.push(await createUserIn(db, admin, { user, hash }))
    return made
  })
}

async function seed(of: Workspace, people: readonly string[]): Promise<void> {
  const model = await of.model()
  const store = createRecordStore(model, of.db.dialect)
  const customers = Array.from({ length: sizes.customers }, () => ids.next())
  const fill = async (form: string, count: number, make: (index: number) => StoredRecord) => {
    for (let start = 0; start < count; start += 5_000) {
      await of.db.write(async (db) => {
        for (let index = start; index < Math.min(count, start + 5_000); index++)
          await store.insert(db, form, make(index))
      })
    }
  }
  await fill('customer', sizes.customers, (index) =>
    record(customers[index] as string, {
      owner: people[index % people.length] as string,
      title: customerAt(index).name,
      values: customerAt(index),
    }),
  )
  await fill('order', sizes.orders, (index) => {
    const order = orderAt(index)
    return record(ids.next(), {
      owner: people[order.customer % people.length] as string,
      title: order.number,
      values: { ...order, customer: customers[order.customer] as string },
    })
  })
}

function record(id: string, of: { owner: string; title: string; values: Values }): StoredRecord {
  const at = '2026-01-01T00:00:00.000Z'
  return {
    id,
    version: 1,
    title: of.title,
    owner: of.owner,
    state: null,
    created_at: at,
    created_by: of.owner,
    updated_at: at,
    updated_by: of.owner,
    deleted_at: null,
    values: of.values,
  }
}
