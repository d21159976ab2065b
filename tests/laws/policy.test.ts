/** Policy oracle: a naive evaluation in plain code equals every read channel, for random roles over random rows. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import type { Definition, Grant } from '#definitions/definition.ts'
import { aggregateRecords } from '#records/aggregate.ts'
import type { RecordContext } from '#records/context.ts'
import { historyOf } from '#records/history.ts'
import { readSheet } from '#records/import/sheet.ts'
import { getRecord, listRecords } from '#records/read.ts'
import { visibleIds } from '#records/targets.ts'
import { createRecord } from '#records/write.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { openRecords, type RecordsUnderTest, refusalOf } from '#tests/support/records.ts'
import { exported } from '#tests/support/sheets.ts'

const roleCount = 60
const seed = Number(process.env['FORMLOOM_SEED'] ?? 20261122)

const forms: readonly Definition[] = [
  {
    kind: 'form',
    name: 'account',
    label: 'Account',
    title: { var: 'code' },
    fields: [
      { name: 'code', type: 'text' },
      { name: 'tier', type: 'choice', options: [{ value: 'a' }, { value: 'b' }] },
      { name: 'amount', type: 'decimal', scale: 2 },
      { name: 'since', type: 'date' },
      { name: 'active', type: 'boolean' },
      { name: 'tags', type: 'tags' },
      { name: 'parent', type: 'link', to: 'account', tree: true },
      { name: 'note', type: 'text' },
    ],
  },
]

interface Account {
  readonly id: string
  readonly owner: string
  readonly tier: string | null
  readonly amount: string | null
  readonly since: string | null
  readonly active: boolean | null
  readonly tags: readonly string[]
  readonly parent: string | null
}

/** A rule as the role says it, and as anybody would write it by hand. */
interface Rule {
  readonly where: Grant['where']
  holds(row: Account, world: World): boolean
}
interface World {
  readonly me: string
  readonly team: string | null
  readonly rows: ReadonlyMap<string, Account>
}

const rules: readonly Rule[] = [
  { where: true, holds: () => true },
  { where: { '==': [{ var: 'owner' }, { var: '$user.id' }] }, holds: (row, world) => row.owner === world.me },
  { where: { '!=': [{ var: 'owner' }, { var: '$user.id' }] }, holds: (row, world) => row.owner !== world.me },
  { where: { '==': [{ var: 'tier' }, 'a'] }, holds: (row) => row.tier === 'a' },
  { where: { '!=': [{ var: 'tier' }, 'a'] }, holds: (row) => row.tier !== 'a' },
  { where: { '>': [{ var: 'amount' }, 100] }, holds: (row) => row.amount !== null && Number(row.amount) > 100 },
  {
    where: { not: [{ '>': [{ var: 'amount' }, 100] }] },
    holds: (row) => !(row.amount !== null && Number(row.amount) > 100),
  },
  { where: { in: [{ var: 'tier' }, ['b']] }, holds: (row) => row.tier === 'b' },
  { where: { not: [{ in: [{ var: 'tier' }, ['b']] }] }, holds: (row) => row.tier !== 'b' },
  { where: { in: ['vip', { var: 'tags' }] }, holds: (row) => row.tags.includes('vip') },
  {
    where: { '>=': [{ var: 'since' }, '2026-02-01'] },
    holds: (row) => row.since !== null && row.since >= '2026-02-01',
  },
  { where: { '==': [{ var: 'active' }, true] }, holds: (row) => row.active === true },
  { where: { empty: [{ var: 'parent' }] }, holds: (row) => row.parent === null },
  {
    where: { '==': [{ var: 'parent.tier' }, 'a'] },
    holds: (row, world) => row.parent !== null && world.rows.get(row.parent)?.tier === 'a',
  },
  {
    where: { '==': [{ var: 'parent.owner' }, { var: '$user.id' }] },
    holds: (row, world) => row.parent !== null && world.rows.get(row.parent)?.owner === world.me,
  },
  { where: { '==': [{ var: '$user.team' }, { var: '$user.team' }] }, holds: (_, world) => world.team !== null },
  {
    where: {
      and: [
        { '==': [{ var: 'tier' }, 'a'] },
        { or: [{ '==': [{ var: 'active' }, true] }, { '<': [{ var: 'amount' }, 0] }] },
      ],
    },
    holds: (row) => row.tier === 'a' && (row.active === true || (row.amount !== null && Number(row.amount) < 0)),
  },
]
const fields = ['tier', 'amount', 'since', 'active', 'tags', 'parent', 'note'] as const

interface RandomGrant {
  readonly rule: Rule
  readonly hide: readonly string[]
  readonly show: readonly string[] | null
  readonly exports: boolean
}
interface RandomRole {
  readonly grants: readonly RandomGrant[]
  readonly denies: readonly { readonly rule: Rule; readonly hide: readonly string[] | null }[]
}

const someFields = fc.subarray([...fields], { maxLength: 3 })
const anyRule = fc.constantFrom(...rules)
const anyRole: fc.Arbitrary<RandomRole> = fc.record({
  grants: fc.array(
    fc.record({
      rule: anyRule,
      hide: someFields,
      show: fc.option(fc.subarray([...fields], { minLength: 1 }), { freq: 3 }),
      exports: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  denies: fc.array(
    fc.record({ rule: anyRule, hide: fc.option(fc.subarray([...fields], { minLength: 1, maxLength: 2 })) }),
    { maxLength: 1 },
  ),
})
const roles = fc.sample(anyRole, { numRuns: roleCount, seed })
const amounts = [null, '-5.00', '0.00', '99.99', '100.00', '100.01', '999999999999.99']

function definitionOf(role: RandomRole, index: number): Definition {
  return {
    kind: 'role',
    name: `role_${index}`,
    label: 'Random',
    grants: role.grants.map(({ rule, hide, show, exports }) => ({
      form: 'account',
      can: exports ? ['read', 'export'] : ['read'],
      ...(rule.where === true ? {} : { where: rule.where }),
      hide,
      ...(show ? { show } : {}),
    })) as Grant[],
    denies: role.denies.map(({ rule, hide }) => ({
      form: 'account',
      can: ['read'],
      where: rule.where,
      ...(hide ? { hide } : {}),
    })) as Grant[],
  }
}

onEachDatabase('policy', (database) => {
  let test: RecordsUnderTest
  const rows = new Map<string, Account>()
  const people: (RecordContext & { userId: string })[] = []
  beforeAll(async () => {
    test = await openRecords(database, [...forms, ...roles.map(definitionOf)])
    for (let index = 0; index < roleCount; index++) people.push(await test.as([`role_${index}`]))
    const random = randomFrom(seed)
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
    for (let index = 0; index < 60; index++) {
      const owner = pick(people).userId
      const body = {
        code: `A${index}`,
        tier: pick([null, 'a', 'b']),
        amount: pick(amounts),
        since: pick([null, '2026-01-31', '2026-02-01', '2026-03-01']),
        active: pick([null, true, false]),
        tags: pick([[], ['vip'], ['vip', '客户'], ['x']]),
        parent: index > 5 && random() < 0.5 ? pick([...rows.keys()]) : null,
        note: pick(['n', null]),
      }
      const { id } = await createRecord(test.admin, { verb: 'create', form: 'account', body: { ...body, owner } })
      rows.set(id, { id, owner, ...body })
    }
  }, 120_000)
  afterAll(() => test.close())

  it(`opens the same rows and fields as plain code for ${roleCount} random roles (seed ${seed})`, async () => {
    for (const [index, role] of roles.entries())
      await compare(role, people[index] as RecordContext & { userId: string }, index)
  }, 240_000)

  async function compare(role: RandomRole, person: RecordContext & { userId: string }, index: number): Promise<void> {
    const world: World = { me: person.userId, team: null, rows }
    const holding = (row: Account) => role.grants.filter((grant) => grant.rule.holds(row, world))
    const visible = (row: Account) =>
      holding(row).length > 0 && !role.denies.some((deny) => !deny.hide && deny.rule.holds(row, world))
    const readable = (row: Account, field: string) =>
      holding(row).some((grant) => !grant.hide.includes(field) && (!grant.show || grant.show.includes(field))) &&
      !role.denies.some((deny) => deny.hide?.includes(field) && deny.rule.holds(row, world))
    const expected = [...rows.values()].filter(visible)
    const ids = expected.map((row) => row.id).sort()
    const label = `role ${index}: ${JSON.stringify(definitionOf(role, index))}`
    if (role.denies.some((deny) => !deny.hide && deny.rule.where === true)) {
      expect((await refusalOf(listRecords(person, 'account', {}))).code, label).toBe('forbidden')
      return
    }
    const list = await listRecords(person, 'account', { limit: 500, count: 'exact' })
    expect(list.records.map((record) => String(record.id)).sort(), label).toEqual(ids)
    expect(list.count, label).toBe(ids.length)
    expect(
      [...(await person.db.read((db) => visibleIds(db, person, { form: 'account', ids: [...rows.keys()] })))].sort(),
      label,
    ).toEqual(ids)
    for (const record of list.records) {
      const row = rows.get(String(record.id)) as Account
      expect(
        Object.keys(record)
          .filter((key) => (fields as readonly string[]).includes(key))
          .sort(),
        label,
      ).toEqual(fields.filter((field) => readable(row, field)).sort())
    }
    for (const field of ['tier', 'amount', 'active'] as const)
      await compareField({ role, person, label, field, expected, readable })
    await compareExport({ role, person, label, expected, holding, readable })
    for (const row of [...rows.values()].slice(0, 8)) await compareOne(person, row, { seen: visible(row), label })
  }

  interface ExportQuestion {
    readonly role: RandomRole
    readonly person: RecordContext
    readonly label: string
    readonly expected: readonly Account[]
    holding(row: Account): readonly RandomGrant[]
    readable(row: Account, field: string): boolean
  }

  /** A row leaves when a grant that holds for it exports; a field when such a grant opens it, and reading shows it. */
  async function compareExport({ role, person, label, expected, holding, readable }: ExportQuestion): Promise<void> {
    const query = { format: 'csv', header: 'names' } as const
    if (!role.grants.some((grant) => grant.exports)) {
      expect((await refusalOf(exported(person, 'account', query))).code, label).toBe('forbidden')
      return
    }
    const sheet = readSheet((await exported(person, 'account', query)).toString('utf8'))
    const leaves = (row: Account, field: string) =>
      readable(row, field) &&
      holding(row).some(
        ({ exports, hide, show }) => exports && !hide.includes(field) && (!show || show.includes(field)),
      )
    const found = sheet.rows.map(({ cells }) =>
      ['id', 'tier', 'amount', 'active'].map((name) => cells[sheet.header.indexOf(name)] ?? ''),
    )
    const wanted = expected
      .filter((row) => holding(row).some((grant) => grant.exports))
      .map((row) => [
        row.id,
        ...(['tier', 'amount', 'active'] as const).map((field) => (leaves(row, field) ? String(row[field] ?? '') : '')),
      ])
    expect(found.sort(), `${label} export`).toEqual(wanted.sort())
  }

  interface FieldQuestion {
    readonly role: RandomRole
    readonly person: RecordContext
    readonly label: string
    readonly field: 'tier' | 'amount' | 'active'
    readonly expected: readonly Account[]
    readable(row: Account, field: string): boolean
  }

  async function compareField({ role, person, label, field, expected, readable }: FieldQuestion): Promise<void> {
    const open = role.grants.some((grant) => !grant.hide.includes(field) && (!grant.show || grant.show.includes(field)))
    const sample = { tier: 'a', amount: '100.00', active: true }[field]
    const filter = { '==': [{ var: field }, field === 'amount' ? 100 : sample] }
    if (!open) {
      for (const query of [{ filter }, { sort: [field] }, { fields: [field] }])
        expect((await refusalOf(listRecords(person, 'account', query))).code, label).toBe('query-invalid')
      expect((await refusalOf(aggregateRecords(person, 'account', { group: [field] }))).code, label).toBe(
        'query-invalid',
      )
      return
    }
    const visible = (row: Account) => (readable(row, field) ? row[field] : null)
    const found = await listRecords(person, 'account', { filter, limit: 500 })
    expect(found.records.map((record) => String(record.id)).sort(), `${label} filter ${field}`).toEqual(
      expected
        .filter((row) => visible(row) === sample)
        .map((row) => row.id)
        .sort(),
    )
    const sorted = await listRecords(person, 'account', { sort: [field], limit: 500 })
    const order = sorted.records.map((record) => record[field] ?? null)
    expect(order.filter((value) => value === null).length, `${label} sort ${field}`).toBe(
      expected.filter((row) => visible(row) === null).length,
    )
    expect(
      order.slice(0, order.filter((value) => value === null).length).every((value) => value === null),
      `${label} empties first`,
    ).toBe(true)
    const groups = await aggregateRecords(person, 'account', { group: [field] })
    const counted = new Map<string, number>()
    for (const row of expected)
      counted.set(JSON.stringify(visible(row)), (counted.get(JSON.stringify(visible(row))) ?? 0) + 1)
    expect(
      new Map((groups.rows as JsonObject[]).map((row) => [JSON.stringify(row[field]), row.count])),
      `${label} group ${field}`,
    ).toEqual(counted)
  }

  async function compareOne(
    person: RecordContext,
    row: Account,
    { seen, label }: { seen: boolean; label: string },
  ): Promise<void> {
    if (seen) {
      expect((await getRecord(person, 'account', row.id)).id, label).toBe(row.id)
      expect((await historyOf(person, 'account', row.id)).changes, label).toHaveLength(1)
      return
    }
    expect((await refusalOf(getRecord(person, 'account', row.id))).code, label).toBe('not-found')
    expect((await refusalOf(historyOf(person, 'account', row.id))).code, label).toBe('not-found')
  }
})

function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 4_294_967_296
  }
}
