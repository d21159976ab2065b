/** The rules of a policy that a query answers per record: which grants hold, which fields are denied, which buttons there are. */
import type { DenyPolicy, FormPolicy, GrantPolicy } from '#access/policy.ts'
import { has } from '#access/policy.ts'
import type { Compiled } from '#expressions/expression.ts'
import { filterPlace } from '#expressions/places.ts'
import type { Predicate } from '#storage/query-plan.ts'
import type { Raw } from '#storage/wire-text.ts'
import { type RecordRights, rightsFrom } from './rights.ts'

/** Always true, or condition `index` of the record. */
type Held = true | number

/** The conditions of one record, each asked once; `positions` says where their answers stand. */
export class RowRules {
  readonly conditions: Predicate[] = []
  readonly #policy: FormPolicy
  readonly #known = new Map<Compiled, Held>()

  constructor(policy: FormPolicy) {
    this.#policy = policy
  }

  held({ where }: Pick<GrantPolicy | DenyPolicy, 'where'>): Held {
    if (where === null) return true
    const known = this.#known.get(where)
    if (known !== undefined) return known
    const { model, form } = this.#policy
    const index = this.conditions.push({ compiled: where, place: filterPlace(model, form) }) - 1
    this.#known.set(where, index)
    return index
  }

  /** What every record of the answer fulfils needs no condition. */
  assume({ where }: GrantPolicy): void {
    if (where !== null) this.#known.set(where, true)
  }
}

/** The rights on a record by the answers to its conditions. */
export interface RightsByRow {
  /** Names the rights: equal for rows with equal rights. */
  pattern(row: Raw, positions: readonly number[]): string
  rights(row: Raw, positions: readonly number[]): RecordRights
}

export function rightsByRow(policy: FormPolicy, rules: RowRules): RightsByRow {
  const reading = policy.grants.filter((grant) => has(grant.verbs, 'read'))
  if (reading.length === 1) rules.assume(reading[0] as GrantPolicy)
  const grants = reading.map((grant) => ({ grant, held: rules.held(grant) }))
  const denies = policy.denies
    .filter((deny) => deny.hidden !== null)
    .map((deny) => ({ hidden: [...(deny.hidden ?? [])], held: rules.held(deny) }))
  const asked = [...new Set([...grants, ...denies].flatMap(({ held }) => (held === true ? [] : [held])))]
  return {
    pattern: (row, positions) => {
      let pattern = ''
      for (const index of asked) pattern += isHeld(index, row, positions) ? '1' : '0'
      return pattern
    },
    rights: (row, positions) =>
      rightsFrom(
        grants.filter(({ held }) => isHeld(held, row, positions)).map(({ grant }) => grant),
        new Set(denies.filter(({ held }) => isHeld(held, row, positions)).flatMap(({ hidden }) => hidden)),
      ),
  }
}

/** The verbs that the caller may use on a record, as `verbsOn` finds them by evaluating. */
export type VerbsByRow = (row: Raw, positions: readonly number[], state: unknown) => readonly string[]

export function verbsByRow(policy: FormPolicy, rules: RowRules): VerbsByRow {
  const transitions = policy.form.lifecycle?.transitions ?? []
  const verbs = [
    { verb: 'update', from: null },
    { verb: 'delete', from: null },
    ...transitions.map(({ name, from }) => ({ verb: `transition:${name}`, from })),
  ].map(({ verb, from }) => ({
    verb,
    from,
    grants: policy.grants.filter((grant) => has(grant.verbs, verb)).map((grant) => rules.held(grant)),
    denies: policy.denies
      .filter((deny) => deny.hidden === null && has(deny.verbs, verb))
      .map((deny) => rules.held(deny)),
  }))
  return (row, positions, state) =>
    verbs
      .filter(
        ({ from, grants, denies }) =>
          (from === null || (typeof state === 'string' && from.includes(state))) &&
          grants.some((held) => isHeld(held, row, positions)) &&
          !denies.some((held) => isHeld(held, row, positions)),
      )
      .map(({ verb }) => verb)
}

function isHeld(held: Held, row: Raw, positions: readonly number[]): boolean {
  if (held === true) return true
  const answer = row[positions[held] as number]
  return answer === true || answer === 1
}
