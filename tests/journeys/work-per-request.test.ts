/** What a request costs does not grow with the forms that it does not ask for. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aggregateRecords } from '#records/aggregate.ts'
import { createContext, type RecordContext } from '#records/context.ts'
import { getRecord, listRecords } from '#records/read.ts'
import { createRecord, updateRecord } from '#records/write.ts'
import { databases, type TestDatabase } from '#tests/support/databases.ts'
import { openRecords, type RecordsUnderTest } from '#tests/support/records.ts'
import { sheetForms } from '#tests/support/sheets.ts'

/** Notices when somebody goes through it instead of asking by name. */
class WatchedMap<K, V> extends Map<K, V> {
  walks = 0

  override keys() {
    this.walks += 1
    return super.keys()
  }
  override values() {
    this.walks += 1
    return super.values()
  }
  override entries() {
    this.walks += 1
    return super.entries()
  }
  override forEach(each: (value: V, key: K, map: Map<K, V>) => void): void {
    this.walks += 1
    super.forEach(each)
  }
  override [Symbol.iterator]() {
    this.walks += 1
    return super[Symbol.iterator]()
  }
}

const role = {
  kind: 'role' as const,
  name: 'clerk',
  label: 'Clerk',
  grants: ['thing', 'place'].map((form) => ({
    form,
    can: ['read', 'create', 'update'],
    where: { '==': [{ var: 'owner' }, { var: '$user.id' }] },
  })),
}

let test: RecordsUnderTest
let context: RecordContext
let watched: readonly WatchedMap<string, unknown>[] = []
let place = ''

beforeAll(async () => {
  test = await openRecords(databases[0] as TestDatabase, [...sheetForms, role])
  const clerk = await test.as(['clerk'])
  const { model } = clerk
  const [forms, views, roles] = [new WatchedMap(model.forms), new WatchedMap(model.views), new WatchedMap(model.roles)]
  watched = [forms, views, roles]
  context = createContext({
    db: clerk.db,
    model: { ...model, forms, views, roles },
    actor: clerk.actor,
    clock: clerk.clock,
    ids: clerk.ids,
  })
  place = (await createRecord(context, { verb: 'create', form: 'place', body: { name: 'Harbour' } })).id
})
afterAll(() => test.close())

async function oneOfEach(code: string): Promise<void> {
  const body = { code, name: code, price: '1.50', place, parts: [{ part: 'ring', pieces: 2, from: place }] }
  const { id } = await createRecord(context, { verb: 'create', form: 'thing', body })
  await updateRecord(context, { verb: 'update', form: 'thing', id, version: 1, body: { note: 'seen' } })
  await getRecord(context, 'thing', id, { expand: ['place'] })
  await listRecords(context, 'thing', { sort: ['-code'], expand: ['place'], filter: { '>': [{ var: 'price' }, 1] } })
  await aggregateRecords(context, 'thing', { group: ['grade'], measures: [{ op: 'sum', field: 'price' }] })
}

it('goes through no list of all forms, views or roles once the first request has prepared its plan', async () => {
  await oneOfEach('first')
  expect(watched.some(({ walks }) => walks > 0)).toBe(true)
  for (const map of watched) map.walks = 0
  await oneOfEach('second')
  await oneOfEach('third')
  expect(watched.map(({ walks }) => walks)).toEqual([0, 0, 0])
})
