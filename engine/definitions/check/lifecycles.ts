/** Lifecycles: one per form, states that can be reached, transitions between states that exist, fields that exist. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { LifecycleDefinition, StateDefinition, TransitionDefinition } from '../definition.ts'
import type { FormModel } from '../model.ts'
import { valueTypes } from '../value-type.ts'
import { type Check, type Checking, error, expressionIssues, mustAllExist, mustExist, warning } from './checking.ts'
import { deadlineIssues, effectIssues } from './effects.ts'
import { hasRole, type PeoplePlace, peopleIssues } from './people.ts'
import { checkPlace } from './places.ts'

export const checkLifecycles: Check = (checking) =>
  [...checking.model.lifecycles.values()].flatMap((lifecycle) => {
    const pointer = `/lifecycle/${lifecycle.name}`
    const form = checking.model.forms.get(lifecycle.form)
    if (!form) return [error(`${pointer}/form`, 'unknown-form', { name: lifecycle.form })]
    if (form.lifecycle !== lifecycle)
      return [error(`${pointer}/form`, 'second-lifecycle', { name: lifecycle.form, first: form.lifecycle?.name ?? '' })]
    return lifecycleIssues({ ...checking, form, pointer, packed: isPacked(checking, lifecycle) }, lifecycle)
  })

interface LifecyclePlace extends PeoplePlace {
  readonly form: FormModel
}

/** True when a pack ships it. */
export function isPacked({ model }: Checking, definition: object): boolean {
  return model.sources.some((source) => source.definition === definition && source.pack !== undefined)
}

function lifecycleIssues(place: LifecyclePlace, lifecycle: LifecycleDefinition): readonly Issue[] {
  const { model, pointer } = place
  const states = new Set(lifecycle.states.map((state) => state.name))
  return [
    ...mustExist(lifecycle.initial, states, { pointer: `${pointer}/initial`, code: 'unknown-state' }),
    ...mustExist(lifecycle.calendar, model.calendars, { pointer: `${pointer}/calendar`, code: 'unknown-calendar' }),
    ...mustExist(lifecycle.run_as, hasRole(place), { pointer: `${pointer}/run_as`, code: 'unknown-role' }),
    ...lifecycle.states.flatMap((state) =>
      stateIssues({ ...place, pointer: `${pointer}/states/${state.name}` }, state, lifecycle),
    ),
    ...lifecycle.transitions.flatMap((transition) =>
      transitionIssues({ ...place, pointer: `${pointer}/transitions/${transition.name}` }, transition, states),
    ),
    ...(lifecycle.clocks ?? []).flatMap((clock) =>
      clockIssues({ ...place, pointer: `${pointer}/clocks/${clock.name}` }, clock, states),
    ),
    ...unreachable(lifecycle, pointer),
  ]
}

function stateIssues(place: LifecyclePlace, state: StateDefinition, lifecycle: LifecycleDefinition): readonly Issue[] {
  const { form, pointer } = place
  const left = lifecycle.transitions.filter(
    (transition) => transition.to !== undefined && transition.to !== state.name && transition.from.includes(state.name),
  )
  return [
    ...mustAllExist(state.open_fields, form.fields, { pointer: `${pointer}/open_fields`, code: 'unknown-field' }),
    ...mustAllExist(state.require, form.fields, { pointer: `${pointer}/require`, code: 'unknown-field' }),
    ...peopleIssues({ ...place, pointer: `${pointer}/edit` }, state.edit),
    ...deadlineIssues({ ...place, pointer: `${pointer}/deadlines` }, state.deadlines),
    ...(state.final && left.length > 0
      ? [warning(`${pointer}/final`, 'final-with-exit', { name: left[0]?.name ?? '' })]
      : []),
  ]
}

function transitionIssues(
  place: LifecyclePlace,
  transition: TransitionDefinition,
  states: ReadonlySet<string>,
): readonly Issue[] {
  const { model, form, pointer } = place
  const { guard, message, auto } = transition
  return [
    ...mustAllExist(transition.from, states, { pointer: `${pointer}/from`, code: 'unknown-state' }),
    ...mustExist(transition.to, states, { pointer: `${pointer}/to`, code: 'unknown-state' }),
    ...mustAllExist(transition.ask, form.fields, { pointer: `${pointer}/ask`, code: 'unknown-field' }),
    ...mustAllExist(transition.require, form.fields, { pointer: `${pointer}/require`, code: 'unknown-field' }),
    ...expressionIssues(place, guard, {
      pointer: `${pointer}/guard`,
      place: checkPlace(model, form),
      expected: valueTypes.boolean,
    }),
    ...(guard !== undefined && message === undefined && !auto
      ? [warning(`${pointer}/message`, 'guard-without-message')]
      : []),
    ...(guard === undefined && message !== undefined ? [error(`${pointer}/message`, 'message-without-guard')] : []),
    ...(auto && guard === undefined ? [error(`${pointer}/auto`, 'auto-without-guard')] : []),
    ...peopleIssues({ ...place, pointer: `${pointer}/by` }, transition.by),
    ...effectIssues({ ...place, pointer: `${pointer}/do` }, transition.do),
  ]
}

function clockIssues(place: LifecyclePlace, clock: JsonObject, states: ReadonlySet<string>): readonly Issue[] {
  const { model, form, pointer } = place
  const lists = ['runs_in', 'pauses_in', 'stops_in'] as const
  const calendar = typeof clock.calendar === 'string' ? clock.calendar : undefined
  const due = typeof clock.due === 'string' ? form.fields.get(clock.due)?.type.is : 'datetime'
  return [
    ...lists.flatMap((list) =>
      mustAllExist(clock[list] as readonly string[] | undefined, states, {
        pointer: `${pointer}/${list}`,
        code: 'unknown-state',
      }),
    ),
    ...mustExist(calendar, model.calendars, { pointer: `${pointer}/calendar`, code: 'unknown-calendar' }),
    ...(due === 'datetime'
      ? []
      : [
          error(`${pointer}/due`, due === undefined ? 'unknown-field' : 'type-mismatch', {
            name: String(clock.due),
            expected: 'datetime',
            found: due ?? '',
          }),
        ]),
    ...marksOf(clock.marks).flatMap((mark, index) =>
      effectIssues({ ...place, pointer: `${pointer}/marks/${index}/do` }, mark.do),
    ),
  ]
}

function marksOf(marks: Json | undefined): readonly JsonObject[] {
  return Array.isArray(marks) ? marks.filter(isObject) : []
}

function unreachable(lifecycle: LifecycleDefinition, pointer: string): readonly Issue[] {
  const reached = new Set([lifecycle.initial])
  const waiting = [lifecycle.initial]
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    for (const { from, to } of lifecycle.transitions) {
      if (to === undefined || reached.has(to) || !from.includes(state)) continue
      reached.add(to)
      waiting.push(to)
    }
  }
  return lifecycle.states
    .filter((state) => !reached.has(state.name))
    .map((state) => warning(`${pointer}/states/${state.name}`, 'unreachable-state', { name: state.name }))
}
