/** Every pack installs on both databases with its demo data, without one refused row, and every form opens as every role. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#access/actor.ts'
import { roleNames } from '#access/built-in.ts'
import { isError } from '#definitions/check/check-model.ts'
import type { FormModel } from '#definitions/model.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { type Installed, installPack, listPacks, validatePack } from '#publish/packs.ts'
import type { LoadedFile } from '#publish/packs-data.ts'
import { readPacks, templatesFolder } from '#publish/packs-folder.ts'
import { verifyWorkspace } from '#publish/verify.ts'
import type { RecordContext } from '#records/context.ts'
import { describeApp, describeForm } from '#records/describe.ts'
import { getRecord, listRecords } from '#records/read.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { refusalOf } from '#tests/support/records.ts'
import { openTestWorkspace, type TestWorkspace } from '#tests/support/workspace.ts'

const packs = [...readPacks(templatesFolder(), fieldKinds).keys()]
const loadMs = 240_000

describe('the packs', () => {
  it('are these', () => {
    expect(packs).toEqual(['base', 'crm', 'erp_crm', 'sales', 'service'])
  })

  it.each(packs)('%s has no error, alone with what it requires', (name) => {
    expect(validatePack(fieldKinds, name).filter(isError)).toEqual([])
  })
})

onEachDatabase('the packs', (database) => {
  describe.each(packs)('%s as the last one', (name) => {
    let opened: TestWorkspace
    beforeAll(async () => {
      opened = await openTestWorkspace(database)
    })
    afterAll(() => opened.close())

    it('installs with all that it requires and its data, once', async () => {
      const done = await installPack(opened.workspace, opened.admin, { name })
      expect(done.packs.at(-1)).toBe(name)
      expect(complaints(done)).toEqual([])
      expect(done.revision).toBe(1)
      const list = await listPacks(opened.workspace)
      expect(
        list
          .filter(({ installed }) => installed !== null)
          .map((pack) => pack.name)
          .sort(),
      ).toEqual([...done.packs].sort())
      expect(await refusalOf(installPack(opened.workspace, opened.admin, { name }))).toMatchObject({
        code: 'already-done',
      })
      for (const form of (await opened.workspace.model()).forms.keys())
        describeForm(await opened.context(opened.admin), form)
    })
  })

  describe('the bundle with demo data', () => {
    let opened: TestWorkspace
    let actors: ReadonlyMap<string, Actor>
    beforeAll(async () => {
      opened = await openTestWorkspace(database)
    })
    afterAll(() => opened.close())

    it(
      'loads every record',
      async () => {
        const progress: string[] = []
        const done = await installPack(opened.workspace, opened.admin, {
          name: 'erp_crm',
          demo: true,
          onProgress: ({ file, done: now, total }) => now === total && progress.push(file),
        })
        expect(complaints(done)).toEqual([])
        expect(done.files.every(({ created, records }) => created === records)).toBe(true)
        const loaded = new Map(
          done.files.filter(({ file }) => file.startsWith('demo/')).map(({ form, created }) => [form, created]),
        )
        expect(Object.fromEntries(loaded)).toMatchObject({ customer: 200, order: 1500, ticket: 600 })
        expect(progress.length).toBe(done.files.length)
        expect(
          await refusalOf(installPack(opened.workspace, opened.admin, { name: 'erp_crm', demo: true })),
        ).toMatchObject({ code: 'already-done' })
      },
      loadMs,
    )

    it(
      'is whole: every roll-up, formula and title, every record as its changes say',
      async () => {
        expect(await verifyWorkspace(opened.workspace)).toMatchObject({
          ok: true,
          database: [],
          changes: [],
          unexplained: [],
          computed: [],
        })
      },
      loadMs,
    )

    it(
      'opens every form, every view and one record of each form as every role',
      async () => {
        const model = await opened.workspace.model()
        actors = await actorsOf(opened, roleNames(model))
        const seen = new Map<string, number>()
        for (const [role, actor] of actors) seen.set(role, await openAll(await opened.context(actor)))
        expect([...seen].filter(([role, count]) => count === 0 && role !== 'builder')).toEqual([])
      },
      loadMs,
    )

    it(
      'shows a sales rep the own customers only, and the manager those of the team',
      async () => {
        const ownersOf = async (role: string) => {
          const context = await opened.context(actors.get(role) as Actor)
          const { records } = await listRecords(context, 'customer', {
            limit: 500,
            filter: { '==': [{ var: 'owner' }, { var: '$user.id' }] },
          })
          const all = await listRecords(context, 'customer', { limit: 500 })
          return { own: records.length, all: all.records.length }
        }
        const rep = await ownersOf('sales_rep')
        expect(rep.own).toBeGreaterThan(0)
        expect((await ownersOf('admin')).all).toBe(200)
        expect(rep.all).toBeLessThan(200)
      },
      loadMs,
    )
  })

  it('a pack is refused, with the names, where the workspace has taken them', async () => {
    const opened = await openTestWorkspace(database)
    const { publishDefinitions } = await import('#publish/publish.ts')
    const own = {
      kind: 'form',
      name: 'currency',
      label: 'Currency',
      fields: [{ name: 'code', type: 'text', label: 'Code' }],
    }
    await publishDefinitions(opened.workspace, opened.admin, { definitions: [own] })
    expect(await refusalOf(installPack(opened.workspace, opened.admin, { name: 'base' }))).toMatchObject({
      code: 'definition-invalid',
      issues: [{ pointer: '/form/currency', code: 'name-taken' }],
    })
    expect((await opened.workspace.model()).packs.size).toBe(0)
    const user = await opened.user('ben@example.com', ['builder'])
    expect(await refusalOf(installPack(opened.workspace, user, { name: 'crm' }))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(installPack(opened.workspace, opened.admin, { name: 'wings' }))).toMatchObject({
      code: 'not-found',
    })
    await opened.close()
  })
})

/** One line per refused row and per column that fills nothing. */
function complaints(done: Installed): readonly string[] {
  return done.files.flatMap((file: LoadedFile) => [
    ...file.unused.map((column) => `${file.pack}/${file.file}: nothing takes the column ${column}`),
    ...file.errors.map(
      ({ line, column, issue }) =>
        `${file.pack}/${file.file}:${line} ${column} ${issue.code} ${JSON.stringify(issue.params ?? {})}`,
    ),
  ])
}

/** For each role its person of the demo data; where there is none, a new user. */
async function actorsOf(opened: TestWorkspace, roles: readonly string[]): Promise<ReadonlyMap<string, Actor>> {
  const admin = await opened.context(opened.admin)
  const { records } = await listRecords(admin, 'user', { limit: 500 })
  const { accountById, actorOf } = await import('#accounts/account.ts')
  const actors = new Map<string, Actor>([['admin', opened.admin]])
  for (const role of roles.filter((name) => name !== 'admin')) {
    const person = records.find((record) => JSON.stringify(record.roles) === JSON.stringify([role]))
    const account = person && (await opened.workspace.db.read((db) => accountById(db, admin.model, String(person.id))))
    actors.set(role, account ? actorOf(admin.model, account) : await opened.user(`${role}@example.com`, [role]))
  }
  return actors
}

/** Answers with the number of forms that the caller may list. */
async function openAll(context: RecordContext): Promise<number> {
  expect(describeApp(context)).toHaveProperty('menu')
  let listed = 0
  for (const form of context.model.forms.values()) listed += (await openForm(context, form)) ? 1 : 0
  return listed
}

async function openForm(context: RecordContext, form: FormModel): Promise<boolean> {
  const policy = context.policy.form(form.name)
  if (!policy) {
    expect(await refusalOf(Promise.resolve().then(() => describeForm(context, form.name)))).toMatchObject({
      code: 'not-found',
    })
    return false
  }
  const described = describeForm(context, form.name)
  expect(described).toMatchObject({ kind: 'form', name: form.name })
  if (!policy.may('read')) return false
  const { records } = await listRecords(context, form.name, { limit: 5, count: 'capped' })
  if (records[0])
    expect(await getRecord(context, form.name, String(records[0].id))).toMatchObject({
      id: records[0].id,
      can: expect.any(Array),
    })
  for (const view of viewsOf(context, form)) await listRecords(context, form.name, { view, limit: 2 })
  return true
}

/** The views that this caller is offered. */
function viewsOf(context: RecordContext, form: FormModel): readonly string[] {
  const offered =
    (describeApp(context) as { readonly views?: readonly { readonly name: string; readonly form: string }[] }).views ??
    []
  return offered.filter((view) => view.form === form.name).map((view) => view.name)
}
