/** A workspace with definitions published straight into the database, and callers of any role: what tests of records stand on. */
import type { Actor } from '#access/actor.ts'
import { adminRole } from '#access/actor.ts'
import { policyOf } from '#access/policy.ts'
import type { JsonObject } from '#base/json.ts'
import type { Ids } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import { buildModel } from '#definitions/build-model.ts'
import type { Definition } from '#definitions/definition.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { openWorkspace, rememberShape, type Workspace } from '#publish/workspace.ts'
import { createContext, type RecordContext } from '#records/context.ts'
import { createRecord } from '#records/write.ts'
import { saveRevision } from '#storage/revision-store.ts'
import { applySchema } from '#storage/schema-plan.ts'
import type { TestDatabase } from './databases.ts'

export interface RecordsUnderTest {
  readonly workspace: Workspace
  /** An admin without a record of its own. */
  readonly admin: RecordContext
  /** Makes a user with these roles and acts as it. */
  as(roles: readonly string[], values?: JsonObject): Promise<RecordContext & { readonly userId: string }>
  close(): Promise<void>
}

/** 2026-11-22 09:00 in Shanghai. */
export const fixedNow = Date.UTC(2026, 10, 22, 1, 0, 0)

let serial = 0
/** Ids in order, unique within the process. */
export const testIds = { next: () => `019aa000-0000-7000-8000-${(++serial).toString(16).padStart(12, '0')}` }

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export async function openRecords(
  database: TestDatabase,
  definitions: readonly Definition[],
  options: { readonly ids?: Ids } = {},
): Promise<RecordsUnderTest> {
  const ids = options.ids ?? testIds
  const opened = await database.open()
  const clock = { now: () => fixedNow }
  const workspace = await openWorkspace({
    watchNesting: true,
    url: opened.url,
    folder: opened.folder,
    log: silent,
    clock,
    ids,
    kinds: fieldKinds,
  })
  await workspace.db.write(async (db) => {
    const built = buildModel(definitions, fieldKinds, 1)
    if (!built.ok) throw new Error(JSON.stringify(built.problem))
    await applySchema(db, null, built.value)
    await saveRevision(db, {
      items: definitions.map((definition) => ({ definition })),
      by: null,
      at: new Date(fixedNow).toISOString(),
      note: null,
    })
    await rememberShape(db, built.value)
  })
  const model = await workspace.model()
  const contextOf = (actor: Actor) => createContext({ db: workspace.db, model, actor, clock, ids })
  const admin = contextOf({
    id: null,
    name: 'Admin',
    roles: [adminRole],
    locale: 'en',
    zone: 'Asia/Shanghai',
    row: null,
  })
  return {
    workspace,
    admin: adminOf(admin),
    async as(roles, values = {}) {
      const login = `user-${++serial}`
      const { id } = await createRecord(adminOf(admin), {
        verb: 'create',
        form: 'user',
        body: { login, name: login, roles: [...roles], ...values },
      })
      const row = { id, login, name: login, roles: [...roles], ...values } as Actor['row']
      return { ...contextOf({ id, name: login, roles, locale: 'en', zone: 'Asia/Shanghai', row }), userId: id }
    },
    async close() {
      await workspace.close()
      await opened.close()
    },
  }
}

/** Nobody signed in has no roles; the test's admin acts with the role alone. */
function adminOf(context: RecordContext): RecordContext {
  return { ...context, policy: policyOf(context.model, [adminRole]) }
}

/** The refusal that `work` ends with; fails when it does not refuse. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal['problem']> {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return error.problem
    throw error
  }
  throw new Error('was not refused')
}
