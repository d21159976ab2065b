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
        <li
          key={one.name}
          className={one.name === state ? 'now' : undefined}
          aria-current={one.name === state ? 'step' : undefined}
        >
          <span className="dot" />
          {label(one.label, one.name)}
        </li>
      ))}
    </ol>
  )
}

/** The straight way: from the first state along transitions that lead on, not to a side or a bad end; the present state always on it. */
export function mainPath(lifecycle: LifecycleDefinition, state: string): LifecycleDefinition['states'] {
  const byName = new Map(lifecycle.states.map((one) => [one.name, one]))
  const way: string[] = []
  let at: string | undefined = lifecycle.initial
  while (at !== undefined && !way.includes(at)) {
    way.push(at)
    at = nextOf(lifecycle, at, way)
  }
  const shown = way.includes(state) ? way : [...way.slice(0, 1), state]
  return shown.flatMap((name) => byName.get(name) ?? []).slice(0, 7)
}

const sideways: ReadonlySet<string> = new Set(['red', 'slate', 'violet'])

/** Good targets from which there is no way back come first; then those later in the list of states. */
function nextOf(lifecycle: LifecycleDefinition, at: string, way: readonly string[]): string | undefined {
  const order = lifecycle.states.map((one) => one.name)
  const bad = new Set(
    lifecycle.states.filter((one) => one.color !== undefined && sideways.has(one.color)).map((one) => one.name),
  )
  const leads = (from: string, to: string) =>
    lifecycle.transitions.some((one) => one.from.includes(from) && one.to === to)
  const targets = order.filter((to) => leads(at, to) && !way.includes(to) && !bad.has(to))
  return targets.find((to) => !leads(to, at)) ?? targets.find((to) => order.indexOf(to) > order.indexOf(at))
}
