/** What the process did and how it stands, as Prometheus text. Labels are ids of routes and statuses, never anything of a user. */

interface Timed {
  readonly buckets: number[]
  sum: number
  count: number
}

/** Seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

export interface Gauge {
  readonly name: string
  readonly help: string
  readonly type?: 'gauge' | 'counter'
  /** One value, or one per label. */
  readonly values: number | Readonly<Record<string, number>>
  /** What the keys of `values` are. */
  readonly label?: string
}

export class Meter {
  readonly #requests = new Map<string, Map<number, number>>()
  readonly #times = new Map<string, Timed>()

  /** `seconds` null: an answer that lasts as long as its client stays. */
  note(route: string, status: number, seconds: number | null): void {
    const statuses = this.#requests.get(route) ?? new Map<number, number>()
    this.#requests.set(route, statuses.set(status, (statuses.get(status) ?? 0) + 1))
    if (seconds !== null) this.#time(route, seconds)
  }

  text(gauges: readonly Gauge[]): string {
    return [...this.#requestLines(), ...this.#timeLines(), ...gauges.flatMap(gaugeLines), ''].join('\n')
  }

  #time(route: string, seconds: number): void {
    const timed = this.#times.get(route) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 }
    this.#times.set(route, timed)
    timed.sum += seconds
    timed.count += 1
    const index = bounds.findIndex((bound) => seconds <= bound)
    if (index >= 0) timed.buckets[index] = (timed.buckets[index] ?? 0) + 1
  }

  #requestLines(): readonly string[] {
    return [
      ...head('formloom_requests_total', 'Requests by route and status.', 'counter'),
      ...[...this.#requests].flatMap(([route, statuses]) =>
        [...statuses].map(([status, count]) => `formloom_requests_total{route="${route}",status="${status}"} ${count}`),
      ),
    ]
  }

  #timeLines(): readonly string[] {
    const name = 'formloom_request_seconds'
    return [
      ...head(name, 'Time from request to answer, by route.', 'histogram'),
      ...[...this.#times].flatMap(([route, { buckets, sum, count }]) => {
        let below = 0
        const lines = bounds.map((bound, index) => {
          below += buckets[index] ?? 0
          return `${name}_bucket{route="${route}",le="${bound}"} ${below}`
        })
        return [
          ...lines,
          `${name}_bucket{route="${route}",le="+Inf"} ${count}`,
          `${name}_sum{route="${route}"} ${sum}`,
          `${name}_count{route="${route}"} ${count}`,
        ]
      }),
    ]
  }
}

function gaugeLines({ name, help, type = 'gauge', values, label = 'kind' }: Gauge): readonly string[] {
  const lines =
    typeof values === 'number'
      ? [`${name} ${values}`]
      : Object.entries(values).map(([key, value]) => `${name}{${label}="${key}"} ${value}`)
  return [...head(name, help, type), ...lines]
}

function head(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}
