/** What a compiled query took from whoever asks, so that it serves everybody who is alike in just that. */
import type { Row, Surroundings, Value } from '#expressions/expression.ts'

/** Names of what was taken: `now`, `today`, `zone`, `user` (is there one?), `user.team`. */
export type Taken = Set<string>

/** The surroundings themselves; each look at them is noted. */
export function watchSurroundings(around: Surroundings, taken: Taken): Surroundings {
  const note = <T>(name: string, value: T): T => {
    taken.add(name)
    return value
  }
  const user = around.user && watchUser(around.user, taken)
  return {
    get now() {
      return note('now', around.now)
    },
    get today() {
      return note('today', around.today)
    },
    get zone() {
      return note('zone', around.zone)
    },
    get user() {
      return note('user', user)
    },
  }
}

/** A look at everything depends on the moment, too: such a query serves once. */
function watchUser(user: Row, taken: Taken): Row {
  return new Proxy(user, {
    get(target, name) {
      if (typeof name === 'string') taken.add(`user.${name}`)
      return Reflect.get(target, name)
    },
    has(target, name) {
      taken.add('now')
      return Reflect.has(target, name)
    },
    ownKeys(target) {
      taken.add('now')
      return Reflect.ownKeys(target)
    },
  })
}

/** Equal for surroundings that are alike in what was taken; null where the moment itself was. */
export function surroundingsKey(around: Surroundings, taken: Taken): string | null {
  if (taken.size === 0) return ''
  if (taken.has('now')) return null
  let key = ''
  for (const name of taken) key += `${textOf(takenValue(around, name))}\u0000`
  return key
}

function takenValue(around: Surroundings, name: string): Value {
  if (name === 'today') return around.today
  if (name === 'zone') return around.zone
  if (name === 'user') return around.user !== null
  return around.user?.[name.slice('user.'.length)] ?? null
}

function textOf(value: Value): string {
  if (typeof value === 'string') return `"${value}`
  return value === null ? '' : JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))
}
