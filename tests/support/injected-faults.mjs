/**
 * Loaded into the built program by `--import`, so that a test can make happen inside it what the outside cannot reach:
 * a clock that jumps, a database that is full, a death between two statements. The program itself knows nothing of it.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const BetterSqlite = require('better-sqlite3')
const pg = require('pg')

let clockMs = 0
let statements = 0
let killAt = Number.POSITIVE_INFINITY
const opened = new Set()

jumpClocks()
watchSqlite()
watchPostgres()
process.on('message', ({ fault }) => process.send?.(apply(fault)))
process.channel?.unref()

function apply(fault) {
  if ('clockMs' in fault) clockMs = fault.clockMs
  if ('pragma' in fault) return writers().map((db) => db.pragma(fault.pragma))
  if ('killAt' in fault) {
    statements = 0
    killAt = fault.killAt
  }
  return { statements, clockMs }
}

function writers() {
  return [...opened].filter((db) => db.open && !db.readonly)
}

/** Only the wall clock jumps: timers and `performance.now()` go on as they do on a real machine. */
function jumpClocks() {
  const TrueDate = Date
  const now = TrueDate.now.bind(TrueDate)
  globalThis.Date = class JumpingDate extends TrueDate {
    constructor(...given) {
      if (given.length === 0) super(now() + clockMs)
      else super(...given)
    }
    static now() {
      return now() + clockMs
    }
  }
}

/** Dies before the statement of that number, counted from the moment it was told. */
function counted(text) {
  if (/^\s*(pragma|select 1$)/i.test(text)) return
  statements += 1
  if (statements === killAt) process.kill(process.pid, 'SIGKILL')
}

function watchSqlite() {
  const probe = new BetterSqlite(':memory:')
  const statement = Object.getPrototypeOf(probe.prepare('select 1'))
  probe.close()
  const prepare = BetterSqlite.prototype.prepare
  BetterSqlite.prototype.prepare = function (text) {
    opened.add(this)
    return prepare.call(this, text)
  }
  for (const name of ['run', 'get', 'all']) {
    const original = statement[name]
    statement[name] = function (...given) {
      if (!this.database.readonly) counted(this.source)
      return original.apply(this, given)
    }
  }
}

function watchPostgres() {
  const original = pg.Client.prototype.query
  pg.Client.prototype.query = function (query, ...rest) {
    counted(typeof query === 'string' ? query : (query?.text ?? ''))
    return original.call(this, query, ...rest)
  }
}
