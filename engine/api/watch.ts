/** Measures the running server: every request into the meter, the machine into gauges, and the door that closes under pressure. */
import type { FastifyInstance } from 'fastify'
import type { ImportRunner } from './import-runner.ts'
import { LoopDelay, Pressure, usualBounds, windowMs } from './limits/pressure.ts'
import { RateLimit } from './limits/rate-limit.ts'
import type { LiveHub } from './live/hub.ts'
import { type Gauge, Meter } from './metrics.ts'
import type { ApiParts } from './parts.ts'

export interface Watch {
  readonly pressure: Pressure
  /** null: callers ask as fast as they like. */
  readonly rate: RateLimit | null
  /** All that is measured, as Prometheus text. */
  report(): string
}

/** What runs beside the requests. */
export interface Watched {
  readonly hub: LiveHub
  readonly imports: ImportRunner
}

export function watch(server: FastifyInstance, parts: ApiParts, { hub, imports }: Watched): Watch {
  const { db, clock } = parts.workspace
  const delay = new LoopDelay()
  const probe = parts.probe ?? { delayMs: () => delay.read(), writes: () => db.writing }
  const pressure = new Pressure(probe, usualBounds)
  const rate = parts.rate ? new RateLimit(parts.rate, clock) : null
  const meter = new Meter()
  const timer = setInterval(() => pressure.sample(), windowMs).unref()
  server.addHook('onClose', async () => {
    clearInterval(timer)
    delay.stop()
  })
  server.addHook('onResponse', (request, reply, done) => {
    const { contract } = request.routeOptions.config
    meter.note(contract?.id ?? 'pages', reply.statusCode, contract?.streams ? null : reply.elapsedTime / 1000)
    done()
  })
  const report = () =>
    meter.text([
      ...machineGauges(pressure),
      ...databaseGauges(parts),
      gauge('formloom_imports_running', 'Imports that this process works on.', imports.running),
      gauge('formloom_streams_open', 'Streams of live events.', hub.open),
      gauge('formloom_stream_lag_events', 'Events that the last stream has not looked at yet.', hub.lag),
      {
        ...gauge('formloom_refused_total', 'Requests refused by rate or by pressure.', {
          rate: rate?.refused ?? 0,
          pressure: pressure.refused,
        }),
        type: 'counter',
        label: 'reason',
      },
    ])
  return { pressure, rate, report }
}

function machineGauges(pressure: Pressure): readonly Gauge[] {
  const { rss, heapUsed } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return [
    gauge('formloom_event_loop_delay_seconds', 'Typical lateness of the event loop.', pressure.delayMs / 1000),
    gauge('process_resident_memory_bytes', 'Memory of the process.', rss),
    gauge('formloom_heap_bytes', 'Memory in use by objects.', heapUsed),
    {
      ...gauge('process_cpu_seconds_total', 'Processor time of the process.', (user + system) / 1e6),
      type: 'counter',
    },
    gauge('process_uptime_seconds', 'Since the process began.', Math.round(process.uptime())),
  ]
}

function databaseGauges({ workspace }: ApiParts): readonly Gauge[] {
  const { writes, connections, readOnly, walBytes, statements, commits } = workspace.db.load()
  return [
    gauge('formloom_writes_waiting', 'Writes that run or wait for their turn.', writes),
    { ...gauge('formloom_database_connections', 'Connections to the database.', { ...connections }), label: 'state' },
    { ...gauge('formloom_statements_total', 'Statements run in the database.', statements), type: 'counter' },
    { ...gauge('formloom_commits_total', 'Commits; on SQLite many writes share one.', commits), type: 'counter' },
    gauge('formloom_read_only', '1 while the database takes no writes, for want of room.', readOnly ? 1 : 0),
    ...(walBytes === null ? [] : [gauge('formloom_wal_bytes', 'Size of the write-ahead log.', walBytes)]),
  ]
}

function gauge(name: string, help: string, values: Gauge['values']): Gauge {
  return { name, help, values }
}
