/** What each type of step may carry, needs, and by which ports it is left. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'

interface StepType {
  readonly may: readonly string[]
  readonly needs: readonly string[]
  readonly ports: readonly string[]
}

const always = ['name', 'type', 'label', 'help', 'next']
const personal = ['who', 'empty', 'deadlines', 'allow', 'fields', 'view', 'comment_required']

const types: Readonly<Record<string, StepType>> = {
  approve: {
    may: [...personal, 'decide', 'self', 'dedupe', 'read'],
    needs: ['who', 'decide'],
    ports: ['approved', 'rejected'],
  },
  task: { may: [...personal, 'pick', 'claim', 'outcomes'], needs: ['who'], ports: [] },
  group: { may: ['steps', 'decide'], needs: ['steps', 'decide'], ports: ['approved', 'rejected'] },
  cc: { may: ['who', 'fields', 'text', 'with'], needs: ['who'], ports: ['done'] },
  do: { may: ['do', 'on_fail'], needs: ['do'], ports: ['done', 'failed'] },
  branch: { may: ['cases', 'hit'], needs: ['cases'], ports: ['else'] },
  split: { may: ['cases'], needs: ['cases'], ports: ['else'] },
  merge: { may: ['of'], needs: ['of'], ports: ['done'] },
  fork: { may: ['branches'], needs: ['branches'], ports: [] },
  join: { may: ['of'], needs: ['of'], ports: ['done'] },
  race: { may: ['arms'], needs: ['arms'], ports: [] },
  each: { may: ['over', 'as', 'do', 'flow', 'batch', 'on_fail'], needs: ['over', 'as'], ports: ['done', 'failed'] },
  call: { may: ['flow', 'record', 'with', 'take', 'wait'], needs: ['flow'], ports: ['failed'] },
  end: { may: ['fire', 'outcome'], needs: [], ports: [] },
}

export function stepProperties(type: string): readonly string[] {
  return type === 'end'
    ? [...always.filter((property) => property !== 'next'), ...(types.end?.may ?? [])]
    : [...always, ...(types[type]?.may ?? [])]
}

export function stepNeeds(type: string): readonly string[] {
  return types[type]?.needs ?? []
}

export function fixedPorts(type: string): readonly string[] {
  return types[type]?.ports ?? []
}

/** Ports that the step itself names: outcomes, cases, branches, arms. */
export function namedPorts(step: JsonObject): readonly string[] {
  const outcomes = Array.isArray(step.outcomes) ? step.outcomes.map(String) : step.type === 'task' ? ['done'] : []
  return [...outcomes, ...(['cases', 'branches', 'arms'] as const).flatMap((list) => namesIn(step[list]))]
}

function namesIn(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter(isObject).map((item) => String(item.name)) : []
}
