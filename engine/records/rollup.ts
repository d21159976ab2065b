/**
 * Keeps roll-ups exact in the transaction of the write that moves them: each target is locked, computed afresh, its formulas and
 * checks follow, and what it feeds in turn. A target that was already out of bounds may improve, not worsen.
 */
import { Bug } from '#base/bug.ts'
import { compareDecimals, isDecimal, parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { RollupModel } from '#definitions/model.ts'
import { compileForm, type FieldProgram } from '#expressions/form-program.ts'
import { LiveRecord } from '#expressions/live-record.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { RecordContext } from './context.ts'
import { liveOf, loadAround } from './draft.ts'
import { rowsOf, type Values } from './merge.ts'
import { sameJson } from './same-json.ts'

export interface Moved {
  readonly form: string
  readonly before: StoredRecord | null
  readonly after: StoredRecord
}

/** Ten forms in a row; definitions refuse cycles, so this is only the last fence. */
const deepest = 10

/** Recomputes every roll-up that this change can have moved, and everything above it. */
export async function moveRollups(db: Connection, context: RecordContext, moved: Moved, depth = 0): Promise<void> {
  if (depth > deepest) throw new Bug('roll-ups feed each other without end', { form: moved.form })
  const feeds = context.model.forms.get(moved.form)?.feeds ?? []
  const targets = new Map<string, TargetWork>()
  for (const feed of feeds) await collect(db, context, { feed, moved, targets })
  for (const key of [...targets.keys()].sort()) {
    const change = await settleTarget(db, context, targets.get(key) as TargetWork)
    if (change) await moveRollups(db, context, change, depth + 1)
  }
}

interface TargetWork {
  readonly form: string
  readonly id: string
  readonly rollups: { readonly feed: RollupModel; readonly ids: Set<string> }[]
}

async function collect(
  db: Connection,
  context: RecordContext,
  request: { feed: RollupModel; moved: Moved; targets: Map<string, TargetWork> },
): Promise<void> {
  const { feed, moved, targets } = request
  for (const id of touchedTargets(feed, moved)) {
    const { form, table } = feed.target
    const record = table ? await context.store.parentOf(db, { form, table, id }) : id
    if (record === null) continue
    const key = `${form}/${record}`
    const work = targets.get(key) ?? { form, id: record, rollups: [] }
    const entry = work.rollups.find((each) => each.feed === feed)
    if (entry) entry.ids.add(id)
    else work.rollups.push({ feed, ids: new Set([id]) })
    targets.set(key, work)
  }
}

/** Target ids (rows for a roll-up of a table) whose contribution differs between before and after. */
function touchedTargets(feed: RollupModel, moved: Moved): ReadonlySet<string> {
  const before = contributions(feed, moved.before)
  const after = contributions(feed, moved.after)
  const touched = new Set<string>()
  for (const source of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(source), after.get(source)]
    if (was && is && was.target === is.target && sameJson(was.parts, is.parts)) continue
    if (was?.target) touched.add(was.target)
    if (is?.target) touched.add(is.target)
  }
  return touched
}

interface Contribution {
  readonly target: string | null
  readonly parts: Json
}

function contributions(feed: RollupModel, record: StoredRecord | null): ReadonlyMap<string, Contribution> {
  if (!record || record.deleted_at !== null) return new Map()
  const parent: Values = {
    ...record.values,
    owner: record.owner,
    state: record.state,
    created_at: record.created_at,
    updated_at: feed.definition.op === 'latest' ? record.updated_at : null,
  }
  const rows = feed.source.table ? rowsOf(record.values[feed.source.table]) : [{ ...parent, id: record.id }]
  const read = namesRead(feed)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        target: targetId(feed, row),
        parts: read.map((name) =>
          name.startsWith('$parent.') ? (parent[name.slice(8)] ?? null) : (row[name] ?? null),
        ),
      },
    ]),
  )
}

function targetId(feed: RollupModel, row: Values): string | null {
  const value = row[feed.definition.link]
  if (typeof value !== 'string') return null
  if (!value.includes('/')) return value
  const [form, id] = value.split('/')
  return form === feed.target.form && id ? id : null
}

const namesOf = new WeakMap<RollupModel, readonly string[]>()

/** Every name that the contribution of a source depends on; read from the definition once. */
function namesRead(feed: RollupModel): readonly string[] {
  const known = namesOf.get(feed)
  if (known) return known
  const names = new Set<string>(feed.definition.field ? [feed.definition.field] : [])
  const walk = (node: Json | undefined): void => {
    if (typeof node !== 'object' || node === null) return
    if (!Array.isArray(node) && 'var' in node && typeof node.var === 'string') names.add(node.var)
    for (const child of Object.values(node)) walk(child as Json)
  }
  walk(feed.definition.where)
  if (feed.definition.op === 'latest') names.add('$parent.updated_at').add('created_at').add('updated_at')
  namesOf.set(feed, [...names])
  return [...names]
}

async function settleTarget(db: Connection, context: RecordContext, work: TargetWork): Promise<Moved | null> {
  const before = (await context.store.load(db, work.form, [work.id], { lock: true, deleted: true })).get(work.id)
  if (!before) return null
  const program = compileForm(context.model, work.form)
  const old = new LiveRecord(program, before.values, context.around)
  const live = await liveOf(db, context, before, program)
  const changed = new Set<string>()
  for (const { feed, ids } of work.rollups) {
    const values = await context.store.rollup(db, feed, [...ids])
    for (const [id, value] of values) for (const cell of place(live, feed, { id, value })) changed.add(cell)
  }
  if (changed.size === 0) return null
  await loadAround(db, context, live)
  refuseWorse({ live, old, changed, form: work.form })
  return storeTarget(db, context, { before, live, changed })
}

function place(live: LiveRecord, feed: RollupModel, found: { id: string; value: Json }): ReadonlySet<string> {
  const { table, field } = feed.target
  return table ? live.setCell(table, found.id, field.name, found.value) : live.set(field.name, found.value)
}

/** Writes the computed columns that moved; no version, so that no open form grows stale. */
async function storeTarget(
  db: Connection,
  context: RecordContext,
  request: { before: StoredRecord; live: LiveRecord; changed: ReadonlySet<string> },
): Promise<Moved> {
  const { before, live, changed } = request
  const form = live.program.form.name
  const own: Record<string, Json> = {}
  const rows = new Map<string, { table: string; values: Record<string, Json> }>()
  for (const key of changed) {
    const [name, rowId, column] = key.split('/') as [string, string | undefined, string | undefined]
    const program = column ? live.program.fields.get(name)?.columns?.get(column) : live.program.fields.get(name)
    if (!program?.field.stored || program.columns) continue
    if (rowId && column) {
      const row = rows.get(rowId) ?? { table: name, values: {} }
      row.values[column] = live.wireCell(name, rowId, column)
      rows.set(rowId, row)
    } else own[name] = live.wire(name)
  }
  if (Object.keys(own).length > 0) await context.store.setColumns(db, { form, id: before.id }, own)
  for (const [id, row] of rows) await context.store.setColumns(db, { form, table: row.table, id }, row.values)
  return { form, before, after: { ...before, values: { ...before.values, ...own, ...tablesOf(live, rows) } } }
}

function tablesOf(live: LiveRecord, rows: ReadonlyMap<string, { table: string }>): Values {
  return Object.fromEntries(
    [...new Set([...rows.values()].map((row) => row.table))].map((table) => [table, live.wire(table)]),
  )
}

/** Limits and checks that read what moved; each failing one refuses the write that caused it. */
function refuseWorse({
  live,
  old,
  changed,
  form,
}: {
  live: LiveRecord
  old: LiveRecord
  changed: ReadonlySet<string>
  form: string
}): void {
  const limits = [...changed].flatMap((key) => limitIssues(live, old, key))
  const cells = new Set(
    [...changed].flatMap((key) => {
      const [field, , column] = key.split('/')
      return column ? [`${field}/${column}`, field as string] : [field as string]
    }),
  )
  const failed = live.program.checks.filter(
    ({ definition, assert }) =>
      !definition.on &&
      definition.severity !== 'warn' &&
      assert.reads.some(
        ([first, second]) => cells.has(String(first)) || (second !== undefined && cells.has(`${first}/${second}`)),
      ) &&
      assert.evaluate({ ...live.scope(), old: old.row }) !== true,
  )
  const issues = [
    ...limits,
    ...failed.map(({ definition }) => ({
      pointer: '',
      code: `check:${definition.name}`,
      message: definition.message,
      params: { form },
    })),
  ]
  if (issues.length > 0) throw new Refusal('record-invalid', { issues })
}

function limitIssues(live: LiveRecord, old: LiveRecord, key: string): Issue[] {
  const [name, rowId, column] = key.split('/') as [string, string | undefined, string | undefined]
  const program: FieldProgram | undefined = column
    ? live.program.fields.get(name)?.columns?.get(column)
    : live.program.fields.get(name)
  if (!program || program.columns) return []
  const read = (record: LiveRecord) => (rowId && column ? record.wireCell(name, rowId, column) : record.wire(name))
  const [value, was] = [read(live), read(old)]
  if (value === null) return []
  const issues = program.field.kind.check(value, program.field.definition)
  const stillOut = was !== null && program.field.kind.check(was, program.field.definition).length > 0
  if (issues.length === 0 || (stillOut && !isWorse(value, was, issues[0]?.code))) return []
  return issues.map((issue) => ({
    ...issue,
    pointer: '',
    params: { ...issue.params, form: live.program.form.name, field: program.field.name },
  }))
}

/** Below a minimum smaller is worse, above a maximum larger is. */
function isWorse(value: Json, was: Json, code: string | undefined): boolean {
  const [now, then] = [parseDecimal(String(value)), parseDecimal(String(was))]
  if (!isDecimal(now) || !isDecimal(then)) return true
  const order = compareDecimals(now, then)
  return code === 'maximum' ? order > 0 : order < 0
}
