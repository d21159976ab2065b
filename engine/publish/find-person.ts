/** Finds the record of a person by what somebody types at a terminal. */
import { accountByLogin } from '#accounts/account.ts'
import { Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import type { RecordContext } from '#records/context.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'

export interface FoundPerson {
  readonly form: FormModel
  readonly record: StoredRecord
}

/** `customer/019a…`, or the login of a user; the bin included. Refusal: not-found. */
export async function findPerson(context: RecordContext, who: string): Promise<FoundPerson> {
  const [name = '', id] = who.includes('/') ? who.split('/') : ['user', await userOf(context, who)]
  const form = context.model.forms.get(name)
  if (!form || id === undefined) throw new Refusal('not-found')
  const record = await context.db.read((db) => storedRecord(db, context, { form: name, id }))
  if (!record) throw new Refusal('not-found')
  return { form, record }
}

async function userOf(context: RecordContext, login: string): Promise<string | undefined> {
  return (await context.db.read((db) => accountByLogin(db, context.model, login)))?.id
}

export async function storedRecord(
  db: Connection,
  context: RecordContext,
  { form, id }: { readonly form: string; readonly id: string },
): Promise<StoredRecord | undefined> {
  return (await context.store.load(db, form, [id], { deleted: true })).get(id)
}
