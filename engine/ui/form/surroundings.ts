/** What expressions read from outside the record: who, when, and over links. */
import { todayIn } from '#base/dates.ts'
import type { AppAnswer } from '#contract/wire-app.ts'
import type { Model } from '#definitions/model.ts'
import { fieldType } from '#definitions/system-fields.ts'
import type { Row, Surroundings, Value } from '#expressions/expression.ts'
import { readValue } from '#expressions/values.ts'
import type { LinkedRecords } from './linked-records.ts'
import { withPlainLinks } from './titles.ts'

export function surroundingsOf(app: AppAnswer, model: Model, linked: LinkedRecords): Surroundings {
  const zone = app.user.zone ?? app.workspace.zone
  const nowMs = Date.now()
  return {
    now: new Date(nowMs).toISOString(),
    today: todayIn(zone, nowMs),
    zone,
    user: userRow(app, model),
    linked: (form, id, path) => linked.read(form, id, path),
    inTree: () => undefined,
  }
}

function userRow(app: AppAnswer, model: Model): Row {
  const form = model.forms.get('user')
  const values = Object.entries(app.user.values ?? {}).map(([name, wire]): [string, Value] => {
    const type = form && fieldType(form, name)
    return [name, type ? readValue(type, withPlainLinks(wire)) : null]
  })
  const { id, roles, team, name, login } = app.user
  return {
    ...Object.fromEntries(values),
    id,
    roles: [...roles],
    team: readValue({ is: 'record', form: 'team' }, withPlainLinks(team ?? null)),
    name,
    login,
  }
}
