/** A user on the wire: to themselves, and to an admin. */
import type { Account } from '#accounts/account.ts'
import type { Json } from '#base/json.ts'

export function userAnswer(account: Account): Readonly<Record<string, Json>> {
  const { id, name, login, locale, zone, roles, team } = account
  return { id, name, login, locale, zone, roles, team }
}

/** With what only an admin needs. */
export function accountAnswer(account: Account): Readonly<Record<string, Json>> {
  const { values, version } = account.record
  return {
    ...userAnswer(account),
    version,
    email: values['email'] ?? null,
    active: account.active,
    manager: values['manager'] ?? null,
  }
}
