/** Users, roles, settings: for admins. */
import { roleNames, roleOf } from '#access/built-in.ts'
import { accountById, accountOf, isZone } from '#accounts/account.ts'
import { changeUser, createUser, type UserValues } from '#accounts/users.ts'
import { Refusal } from '#base/problems.ts'
import * as contract from '#contract/routes/admin.ts'
import { type ListQuery, listRecords } from '#records/read.ts'
import { type Call, route } from '../call.ts'
import { given, wholeNumber } from '../query-text.ts'
import { accountAnswer } from '../user-answer.ts'

export const adminRoutes = [
  route(contract.usersList, async (call) => {
    const { limit, ...rest } = call.query
    const page = await listRecords(
      call.records,
      'user',
      given({ ...rest, limit: wholeNumber(limit, 'limit') ?? 200, sort: ['name'], fields: ['name'] }) as ListQuery,
    )
    const ids = page.records.map((record) => String(record['id']))
    const stored = await call.records.db.read((db) => call.records.store.load(db, 'user', ids))
    return {
      status: 200,
      body: {
        users: ids.flatMap((id) => {
          const record = stored.get(id)
          return record ? [accountAnswer(accountOf(record))] : []
        }),
        next: page.next,
      },
    }
  }),
  route(contract.usersCreate, async (call) => {
    const settings = await call.parts.workspace.settings()
    const id = await createUser(call.records, {
      locale: settings.locale,
      zone: settings.zone,
      ...call.body,
    } as Parameters<typeof createUser>[1])
    return {
      status: 201,
      body: { id, user: await userOf(call, id) },
      headers: { location: `/api/forms/user/records/${id}` },
    }
  }),
  route(contract.usersChange, async (call) => {
    const { password, ...values } = call.body
    await changeUser(call.records, call.params.id, {
      values: values as UserValues,
      ...(password === undefined ? {} : { password }),
    })
    return { status: 200, body: { user: await userOf(call, call.params.id) } }
  }),
  route(contract.rolesList, async ({ model }) => ({
    status: 200,
    body: {
      roles: roleNames(model).flatMap((name) => {
        const role = roleOf(model, name)
        return role
          ? [
              {
                name,
                label: role.label ?? name,
                ...(role.description ? { description: role.description } : {}),
                grants: role.grants,
                denies: role.denies ?? [],
                built_in: !model.roles.has(name),
              },
            ]
          : []
      }),
    },
  })),
  route(contract.settingsRead, async ({ parts }) => ({ status: 200, body: await parts.workspace.settings() })),
  route(contract.settingsChange, async ({ parts, body }) => {
    if (body.zone !== undefined && !isZone(body.zone))
      throw new Refusal('record-invalid', { issues: [{ pointer: '/zone', code: 'not-a-zone' }] })
    return {
      status: 200,
      body: await parts.workspace.setSettings(body as Parameters<typeof parts.workspace.setSettings>[0]),
    }
  }),
]

async function userOf(call: Pick<Call, 'records' | 'model'>, id: string) {
  const account = await call.records.db.read((db) => accountById(db, call.model, id))
  if (!account) throw new Refusal('not-found')
  return accountAnswer(account)
}
