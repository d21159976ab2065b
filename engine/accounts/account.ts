/** A user as the engine needs one: read from its record, whatever fields packs have added to the form. */

import type { Actor } from '#access/actor.ts'
import { Bug } from '#base/bug.ts'
import { formatDatetime, todayIn } from '#base/dates.ts'
import type { Json } from '#base/json.ts'
import type { Clock, Ids } from '#base/ports.ts'
import type { FormModel, Model } from '#definitions/model.ts'
import type { Row, Value } from '#expressions/expression.ts'
import { readValue } from '#expressions/values.ts'
import type { Connection } from '#storage/connection.ts'
import { dialectOf } from '#storage/connection.ts'
import type { Database } from '#storage/database.ts'
import { runList } from '#storage/query.ts'
import { createRecordStore } from '#storage/record-store.ts'
import type { StoredRecord } from '#storage/stored-record.ts'

/** What accounts work with; a request fixes the model. */
export interface AccountContext {
  readonly db: Database
  readonly model: Model
  readonly clock: Clock
  readonly ids: Ids
}

export interface Account {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly locale: string
  readonly zone: string
  readonly roles: readonly string[]
  readonly team: string | null
  readonly active: boolean
  readonly record: StoredRecord
}

/** What is meant by a login as typed. */
export function normalLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}

/** null: no such user, or it is in the bin. Disabled users are found: ask `active`. */
export async function accountById(db: Connection, model: Model, id: string): Promise<Account | null> {
  const record = (await createRecordStore(model, dialectOf(db)).load(db, 'user', [id])).get(id)
  return record ? accountOf(record) : null
}

/** By login as typed, or by its normal form. */
export async function accountByLogin(db: Connection, model: Model, login: string): Promise<Account | null> {
  const { rows } = await runList(db, {
    model,
    form: 'user',
    around: { now: formatDatetime(0), today: todayIn('UTC', 0), zone: 'UTC', user: null },
    visible: { where: { always: true } },
    targets: new Map(),
    where: [{ field: 'login', oneOf: [...new Set([login.trim(), normalLogin(login)])] }],
    select: [],
    sort: [],
    limit: 2,
  })
  const exact = rows.find(({ record }) => record.values['login'] === login.trim()) ?? rows[0]
  return exact ? accountById(db, model, exact.record.id) : null
}

export function accountOf(record: StoredRecord): Account {
  const { values } = record
  const text = (name: string, fallback: string) =>
    typeof values[name] === 'string' && values[name] !== '' ? values[name] : fallback
  return {
    id: record.id,
    login: text('login', ''),
    name: text('name', ''),
    locale: text('locale', 'en'),
    zone: text('zone', 'Asia/Shanghai'),
    roles: Array.isArray(values['roles'])
      ? values['roles'].filter((role: Json): role is string => typeof role === 'string')
      : [],
    team: typeof values['team'] === 'string' ? values['team'] : null,
    active: values['active'] === true,
    record,
  }
}

/** The caller that a user is: roles, language, zone, and the values that rules name by `$user`. */
export function actorOf(model: Model, account: Account, key?: string): Actor {
  const form = model.forms.get('user')
  if (!form) throw new Bug('the model has no form user')
  return {
    id: account.id,
    name: account.name,
    roles: account.roles.filter((role) => role !== 'everyone' && role !== 'anonymous'),
    locale: account.locale,
    zone: zoneOr(account.zone, 'UTC'),
    row: rowOf(form, account),
    ...(key === undefined ? {} : { key }),
  }
}

function rowOf(form: FormModel, account: Account): Row {
  const { record } = account
  const own = [...form.fields.values()]
    .filter((field) => field.stored && !field.table)
    .map((field): readonly [string, Value] => [field.name, readValue(field.type, record.values[field.name])])
  return {
    ...Object.fromEntries(own),
    id: account.id,
    roles: account.roles as Value,
    team: account.team,
    title: record.title,
    owner: record.owner,
  }
}

/** A zone that the clock knows, else the other. */
export function zoneOr(zone: string, other: string): string {
  return isZone(zone) ? zone : other
}

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Nobody is signed in. */
export function anonymous(locale: string, zone: string): Actor {
  return { id: null, name: '', roles: [], locale, zone, row: null }
}

/** The engine itself, for what no person asked: first admin, commands. Changes carry its id. */
export function engineActor(id: string, locale = 'en'): Actor {
  return { id, name: 'Formloom', roles: ['admin'], locale, zone: 'UTC', row: { id, roles: ['admin'], team: null } }
}
