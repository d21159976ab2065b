/** Where a record stands on the way of its states. */
import type { LifecycleDefinition } from '#definitions/definition.ts'
import { useLabel, useText } from '../strings/use-text.ts'

export function StatePath({ lifecycle, state }: { readonly lifecycle: LifecycleDefinition; readonly state: string }) {
  const t = useText()
  const label = useLabel()
  const path = mainPath(lifecycle, state)
  if (path.length < 2) return null
  return (
    <ol className="fl-path" aria-label={t('states')}>
      {path.map((one) => (
        <li key={one.name} className={one.name === state ? 'now' : undefined} aria-current={one.name === state ? 'step' : undefined}>
          <span className="dot" />{label(one.label, one.name)}
        </li>
      ))}
    </ol>
  )
}

/** The straight way: from the first state along the first transition that leads on to a new one; the present state always on it. */
export function mainPath(lifecycle: LifecycleDefinition, state: string): LifecycleDefinition['states'] {
  const byName = new Map(lifecycle.states.map((one) => [one.name, one]))
  const bad = new Set(lifecycle.states.filter((one) => one.color === 'red' || one.color === 'slate' || one.color === 'violet').map((one) => one.name))
  const way: string[] = []
  let at: string | undefined = lifecycle.initial
  while (at !== undefined && !way.includes(at)) {
    way.push(at)
    at = nextOf(lifecycle, at, { way, bad })
  }
  const shown = way.includes(state) ? way : [...way.slice(0, 1), state]
  return shown.flatMap((name) => byName.get(name) ?? []).slice(0, 7)
}

function nextOf(lifecycle: LifecycleDefinition, at: string, { way, bad }: { way: readonly string[]; bad: ReadonlySet<string> }): string | undefined {
  const order = lifecycle.states.map((state) => state.name)
  const targets = lifecycle.transitions.filter((one) => one.from.includes(at) && one.to !== undefined && !way.includes(one.to) && !bad.has(one.to)).map((one) => one.to as string)
  return targets.find((name) => order.indexOf(name) > order.indexOf(at)) ?? targets[0]
}
