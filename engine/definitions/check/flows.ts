/** Flows, in structure: steps, ports and edges fit, each step has what its type needs and nothing else, references exist. Soundness is the workflow layer's. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FlowDefinition } from '../definition.ts'
import type { FormModel } from '../model.ts'
import { type Check, type Checking, error, mustAllExist, mustExist, warning } from './checking.ts'
import { decideModes } from './effect-verbs.ts'
import { deadlineIssues, effectIssues, foreignIssues, instantIssues, placeholderIssues } from './effects.ts'
import { isPacked } from './lifecycles.ts'
import { hasRole, type PeoplePlace, peopleIssues } from './people.ts'
import { fixedPorts, namedPorts, stepNeeds, stepProperties } from './step-types.ts'
import { triggerIssues } from './triggers.ts'

export const checkFlows: Check = (checking) =>
  [...checking.model.flows.values()].flatMap((flow) => {
    const pointer = `/flow/${flow.name}`
    const form = typeof flow.form === 'string' ? checking.model.forms.get(flow.form) : undefined
    if (flow.form !== undefined && !form) return [error(`${pointer}/form`, 'unknown-form', { name: String(flow.form) })]
    return flowIssues({ ...checking, ...(form ? { form } : {}), pointer, packed: isPacked(checking, flow) }, flow)
  })

function objects(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : []
}

function flowIssues(place: PeoplePlace, flow: FlowDefinition): readonly Issue[] {
  const { model, form, pointer } = place
  const steps = objects(flow.steps)
  const names = new Set(steps.map((step) => String(step.name)))
  return [
    ...mustExist(String(flow.first), names, { pointer: `${pointer}/first`, code: 'unknown-step' }),
    ...mustExist(flow.calendar as string | undefined, model.calendars, {
      pointer: `${pointer}/calendar`,
      code: 'unknown-calendar',
    }),
    ...mustExist(flow.run_as as string | undefined, hasRole(place), {
      pointer: `${pointer}/run_as`,
      code: 'unknown-role',
    }),
    ...mustExist(flow.back as string | undefined, transitionsOf(form), {
      pointer: `${pointer}/back`,
      code: 'unknown-transition',
    }),
    ...objects(flow.triggers).flatMap((trigger) =>
      triggerIssues({ ...place, pointer: `${pointer}/triggers/${trigger.name}` }, trigger),
    ),
    ...objects(flow.vars).flatMap((value) => valueIssues(place, value, `${pointer}/vars/${value.name}`)),
    ...steps.flatMap((step) => stepIssues({ ...place, pointer: `${pointer}/steps/${step.name}` }, step, steps)),
    ...Object.keys(isObject(flow.layout) ? flow.layout : {}).flatMap((name) =>
      mustExist(name, names, { pointer: `${pointer}/layout/${name}`, code: 'unknown-step' }),
    ),
    ...unreachable(flow, steps, pointer),
  ]
}

export function transitionsOf(form: FormModel | undefined): ReadonlySet<string> {
  return new Set(form?.lifecycle?.transitions.map((transition) => transition.name))
}

function valueIssues({ model }: Checking, value: JsonObject, pointer: string): readonly Issue[] {
  return [
    ...mustExist(String(value.type), model.kinds, { pointer: `${pointer}/type`, code: 'unknown-kind' }),
    ...mustExist(value.to as string | undefined, model.forms, { pointer: `${pointer}/to`, code: 'unknown-form' }),
  ]
}

function stepIssues(place: PeoplePlace, step: JsonObject, siblings: readonly JsonObject[]): readonly Issue[] {
  const { pointer } = place
  const type = String(step.type)
  const foreign = Object.keys(step).filter((property) => !stepProperties(type).includes(property))
  const missing = stepNeeds(type).filter((property) => step[property] === undefined)
  return [
    ...foreign.map((property) => error(`${pointer}/${property}`, 'property-not-for-type', { property, type })),
    ...missing.map((property) => error(`${pointer}/${property}`, 'missing-property', { property })),
    ...edgeIssues(step, siblings, pointer),
    ...referenceIssues(place, step, siblings),
    ...contentIssues(place, step),
    ...objects(step.steps).flatMap((inner) =>
      groupMember({ ...place, pointer: `${pointer}/steps/${inner.name}` }, inner, siblings),
    ),
  ]
}

/** In a group stand approvals without edges of their own. */
function groupMember(place: PeoplePlace, step: JsonObject, siblings: readonly JsonObject[]): readonly Issue[] {
  if (step.type !== 'approve') return [error(`${place.pointer}/type`, 'not-allowed-value', { allowed: 'approve' })]
  if (step.next !== undefined)
    return [error(`${place.pointer}/next`, 'property-not-for-type', { property: 'next', type: 'group' })]
  return [...referenceIssues(place, step, siblings), ...contentIssues(place, step)]
}

/** Every edge leaves by a port that the step has, and leads to a step; every port but `else` and `failed` leads somewhere. */
function edgeIssues(step: JsonObject, siblings: readonly JsonObject[], pointer: string): readonly Issue[] {
  const ports = [...fixedPorts(String(step.type)), ...namedPorts(step)]
  const edges = isObject(step.next) ? step.next : {}
  const names = new Set(siblings.map((sibling) => String(sibling.name)))
  const open =
    step.type === 'call'
      ? []
      : ports.filter((port) => edges[port] === undefined && port !== 'else' && port !== 'failed')
  return [
    ...Object.entries(edges).flatMap(([port, target]) => [
      ...(ports.includes(port) || step.type === 'call'
        ? []
        : [error(`${pointer}/next/${port}`, 'unknown-port', { name: port })]),
      ...mustExist(String(target), names, { pointer: `${pointer}/next/${port}`, code: 'unknown-step' }),
    ]),
    ...open.map((port) => error(`${pointer}/next/${port}`, 'port-without-edge', { name: port })),
  ]
}

function referenceIssues(place: PeoplePlace, step: JsonObject, siblings: readonly JsonObject[]): readonly Issue[] {
  const { model, form, pointer } = place
  const names = new Set(siblings.map((sibling) => String(sibling.name)))
  return [
    ...mustExist(step.fire as string | undefined, transitionsOf(form), {
      pointer: `${pointer}/fire`,
      code: 'unknown-transition',
    }),
    ...mustExist(step.flow as string | undefined, model.flows, { pointer: `${pointer}/flow`, code: 'unknown-flow' }),
    ...mustExist(step.view as string | undefined, model.views, { pointer: `${pointer}/view`, code: 'unknown-view' }),
    ...mustExist(step.of as string | undefined, names, { pointer: `${pointer}/of`, code: 'unknown-step' }),
    ...taskFields(place, step.fields),
    ...returnTargets(step.allow, names, pointer),
  ]
}

function taskFields({ form, pointer }: PeoplePlace, fields: Json | undefined): readonly Issue[] {
  if (!isObject(fields)) return []
  const known = form?.fields ?? new Map()
  const required = isObject(fields.require) ? Object.entries(fields.require) : []
  return [
    ...(['show', 'edit', 'hide'] as const).flatMap((list) =>
      mustAllExist(fields[list] as readonly string[] | undefined, known, {
        pointer: `${pointer}/fields/${list}`,
        code: 'unknown-field',
      }),
    ),
    ...required.flatMap(([outcome, names]) =>
      mustAllExist(names as readonly string[], known, {
        pointer: `${pointer}/fields/require/${outcome}`,
        code: 'unknown-field',
      }),
    ),
  ]
}

function returnTargets(allow: Json | undefined, steps: ReadonlySet<string>, pointer: string): readonly Issue[] {
  const back = isObject(allow) && isObject(allow.return) ? (allow.return.to as readonly string[]) : []
  return mustAllExist(
    back,
    { has: (name) => name === 'start' || steps.has(name) },
    { pointer: `${pointer}/allow/return/to`, code: 'unknown-step' },
  )
}

function contentIssues(place: PeoplePlace, step: JsonObject): readonly Issue[] {
  const { pointer } = place
  const at = (property: string) => ({ ...place, pointer: `${pointer}/${property}` })
  const allow = isObject(step.allow) ? step.allow : {}
  const empty = isObject(step.empty) ? step.empty : {}
  const decide = isObject(step.decide) ? step.decide : undefined
  const mode = String(decide?.mode)
  return [
    ...(decide
      ? foreignIssues(decide, {
          allowed: ['mode', 'hear_all', ...(decideModes[mode] ?? [])],
          type: mode,
          pointer: `${pointer}/decide`,
        })
      : []),
    ...peopleIssues(at('who'), step.who),
    ...peopleIssues(at('empty/to'), empty.to),
    ...(['transfer', 'consult'] as const).flatMap((right) => peopleIssues(at(`allow/${right}`), allow[right])),
    ...deadlineIssues(at('deadlines'), step.deadlines),
    ...effectIssues(at('do'), step.do),
    ...(step.type === 'cc' ? placeholderIssues(step, pointer) : []),
    ...objects(step.arms).flatMap((arm) =>
      isObject(arm.at) ? instantIssues(place, arm.at, `${pointer}/arms/${arm.name}/at`) : [],
    ),
  ]
}

function unreachable(flow: FlowDefinition, steps: readonly JsonObject[], pointer: string): readonly Issue[] {
  const byName = new Map(steps.map((step) => [String(step.name), step]))
  const reached = new Set<string>()
  const waiting = [String(flow.first)]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    const edges = byName.get(name)?.next
    waiting.push(...(isObject(edges) ? Object.values(edges).map(String) : []))
  }
  return [...byName.keys()]
    .filter((name) => !reached.has(name))
    .map((name) => warning(`${pointer}/steps/${name}`, 'unreachable-step', { name }))
}
