/** Sees each write of a user before it commits: who is disabled loses access at once, and one active admin always stays. */

import { adminRole } from '#access/actor.ts'
import { Bug } from '#base/bug.ts'
import { formatDatetime, todayIn } from '#base/dates.ts'
import type { Clock } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import type { Model } from '#definitions/model.ts'
import { compileExpression } from '#expressions/compile.ts'
import { filterPlace } from '#expressions/places.ts'
import type { WriteListener } from '#records/context.ts'
import type { Connection } from '#storage/connection.ts'
import { runCount } from '#storage/query.ts'
import { accountById } from './account.ts'
import { endAccess } from './users.ts'

/** The listener for every context that writes records. Refusal `record-invalid` with `last-admin`. */
export function guardUsers(model: Model, clock: Clock): WriteListener {
  return async (db, event) => {
    if (event.form !== 'user' || event.verb === 'create') return
    const account = await accountById(db, model, event.id)
    if (!account?.active) await endAccess(db, event.id, formatDatetime(clock.now()))
    if (account?.active && account.roles.includes(adminRole)) return
    if ((await countAdmins(db, model)) === 0)
      throw new Refusal('record-invalid', { issues: [{ pointer: '', code: 'last-admin' }] })
  }
}

async function countAdmins(db: Connection, model: Model): Promise<number> {
  const form = model.forms.get('user')
  if (!form) throw new Bug('the model has no form user')
  const place = filterPlace(model, form)
  const holds = compileExpression({ in: [adminRole, { var: 'roles' }] }, place, { is: 'boolean' })
  if (!holds.ok) throw new Bug('the rule for admins does not compile', { issues: holds.issues })
  return runCount(
    db,
    {
      model,
      form: 'user',
      around: { now: formatDatetime(0), today: todayIn('UTC', 0), zone: 'UTC', user: null },
      visible: { where: { always: true } },
      targets: new Map(),
      where: [
        { field: 'active', oneOf: [true] },
        { compiled: holds.value, place },
      ],
    },
    1,
  )
}
