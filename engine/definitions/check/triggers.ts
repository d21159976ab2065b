/** Triggers of flows: each occasion has what it needs and nothing else, and names what exists. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { isZone } from './calendars.ts'
import { error, mustAllExist, mustExist } from './checking.ts'
import type { PeoplePlace } from './people.ts'
import { findPath } from './resolve.ts'

interface Occasion {
  readonly may: readonly string[]
  readonly needs: readonly string[]
}

const occasions: Readonly<Record<string, Occasion>> = {
  created: { may: ['when'], needs: [] },
  updated: { may: ['when', 'fields'], needs: [] },
  deleted: { may: ['when'], needs: [] },
  restored: { may: ['when'], needs: [] },
  became: { may: ['when'], needs: ['when'] },
  transition: { may: ['transition', 'when'], needs: ['transition'] },
  schedule: { may: ['cron', 'every', 'zone', 'calendar', 'catch_up', 'for_each'], needs: [] },
  date: { may: ['field', 'offset', 'at', 'calendar', 'when', 'catch_up'], needs: ['field'] },
  webhook: { may: ['hook', 'body', 'find'], needs: ['hook'] },
  submission: { may: ['view'], needs: ['view'] },
  event: { may: ['event', 'find', 'when'], needs: ['event'] },
  call: { may: [], needs: [] },
}

export function triggerIssues(place: PeoplePlace, trigger: JsonObject): readonly Issue[] {
  const { pointer } = place
  const type = String(trigger.on)
  const occasion = occasions[type] ?? { may: [], needs: [] }
  const foreign = Object.keys(trigger).filter((property) => !['name', 'on', ...occasion.may].includes(property))
  const missing = occasion.needs.filter((property) => trigger[property] === undefined)
  const noTime = type === 'schedule' && (trigger.cron === undefined) === (trigger.every === undefined)
  return [
    ...foreign.map((property) => error(`${pointer}/${property}`, 'property-not-for-type', { property, type })),
    ...missing.map((property) => error(`${pointer}/${property}`, 'missing-property', { property })),
    ...(noTime ? [error(pointer, 'exactly-one', { of: 'cron, every' })] : []),
    ...references(place, trigger),
  ]
}

function references({ model, form, pointer }: PeoplePlace, trigger: JsonObject): readonly Issue[] {
  const text = (property: string) => (typeof trigger[property] === 'string' ? (trigger[property] as string) : undefined)
  const transitions = new Set(form?.lifecycle?.transitions.map((transition) => transition.name))
  const forms = (['for_each', 'find'] as const).flatMap((property) =>
    formOf(trigger[property]).map((name) => ({ name, pointer: `${pointer}/${property}/form` })),
  )
  const field = text('field')
  const zone = text('zone')
  return [
    ...mustExist(text('transition'), transitions, { pointer: `${pointer}/transition`, code: 'unknown-transition' }),
    ...mustExist(text('calendar'), model.calendars, { pointer: `${pointer}/calendar`, code: 'unknown-calendar' }),
    ...mustExist(text('view'), model.views, { pointer: `${pointer}/view`, code: 'unknown-view' }),
    ...mustAllExist(trigger.fields as readonly string[] | undefined, form?.fields ?? new Map(), {
      pointer: `${pointer}/fields`,
      code: 'unknown-field',
    }),
    ...forms.flatMap(({ name, pointer: at }) => mustExist(name, model.forms, { pointer: at, code: 'unknown-form' })),
    ...(zone !== undefined && !isZone(zone) ? [error(`${pointer}/zone`, 'unknown-zone', { name: zone })] : []),
    ...(field !== undefined && !(form && findPath(model, form, field))
      ? [error(`${pointer}/field`, 'unknown-field', { name: field })]
      : []),
    ...(Array.isArray(trigger.body) ? trigger.body.filter(isObject) : []).flatMap((value) =>
      mustExist(String(value.type), model.kinds, {
        pointer: `${pointer}/body/${value.name}/type`,
        code: 'unknown-kind',
      }),
    ),
  ]
}

function formOf(value: Json | undefined): readonly string[] {
  return isObject(value) && typeof value.form === 'string' ? [value.form] : []
}
