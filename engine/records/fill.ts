/** Station `compute`, first half: defaults of a new record or row, and values copied over from linked records. */
import type { Json } from '#base/json.ts'
import type { Row, Scope, Surroundings } from '#expressions/expression.ts'
import type { FieldProgram, FormProgram } from '#expressions/form-program.ts'
import { isEmpty } from '#expressions/judge.ts'
import { LiveRecord } from '#expressions/live-record.ts'
import { writeValue } from '#expressions/values.ts'
import type { Connection } from '#storage/connection.ts'
import type { RecordContext } from './context.ts'
import { loadAround } from './draft.ts'
import { rowsOf, type Values } from './merge.ts'

/** Defaults of the fields that were not given, in the order of the form; `given` are the keys of the body. Nothing to fill: the same values. */
export function applyDefaults(
  program: FormProgram,
  values: Values,
  options: { readonly given: ReadonlySet<string>; readonly around: Surroundings },
): Values {
  let filled = values
  for (const field of defaultedFields(program)) {
    const { name } = field.field
    if (options.given.has(name) || !isEmpty(filled[name] ?? null)) continue
    const value = defaultOf(field, () => ({ row: typed(program, filled, options.around), around: options.around }))
    if (value !== null) filled = { ...filled, [name]: value }
  }
  return filled
}

const defaulted = new WeakMap<FormProgram, readonly FieldProgram[]>()

/** The fields that have a default, in the order of the form; found once per program. */
export function defaultedFields(program: FormProgram): readonly FieldProgram[] {
  const known = defaulted.get(program)
  if (known) return known
  const found = [...program.fields.values()].filter(
    ({ field, fallback }) => !field.computed && (fallback || !isEmpty(field.definition.default ?? null)),
  )
  defaulted.set(program, found)
  return found
}

/** Defaults of new rows: `added` names them by table. No new rows: the same values. */
export function applyRowDefaults(
  program: FormProgram,
  values: Values,
  options: {
    readonly added: Readonly<Record<string, ReadonlySet<string>>>
    readonly given: ReadonlyMap<string, ReadonlySet<string>>
    readonly around: Surroundings
  },
): Values {
  let filled = values
  for (const [table, ids] of Object.entries(options.added)) {
    const columns = program.fields.get(table)?.columns
    if (!columns || ids.size === 0) continue
    const parent = typed(program, filled, options.around)
    const rows = rowsOf(filled[table]).map((row) =>
      ids.has(row.id)
        ? rowWithDefaults(columns, row, { parent, around: options.around, given: options.given.get(row.id) })
        : row,
    )
    filled = { ...filled, [table]: rows }
  }
  return filled
}

function rowWithDefaults(
  columns: ReadonlyMap<string, FieldProgram>,
  row: Values,
  options: { parent: Row; around: Surroundings; given: ReadonlySet<string> | undefined },
): Values {
  const filled: Record<string, Json> = { ...row }
  for (const [name, column] of columns) {
    if (column.field.computed || !isEmpty(filled[name] ?? null) || options.given?.has(name)) continue
    const value = defaultOf(column, () => ({ row: {}, parent: options.parent, around: options.around }))
    if (value !== null) filled[name] = value
  }
  return filled
}

function defaultOf(field: FieldProgram, scope: () => Scope): Json {
  const raw = field.fallback
    ? writeValue(field.fallback.type, field.fallback.evaluate(scope()))
    : (field.field.definition.default ?? null)
  if (raw === null || isEmpty(raw)) return null
  const parsed = field.field.kind.parse(raw, field.field.definition)
  return parsed.ok ? parsed.value : null
}

function typed(program: FormProgram, values: Values, around: Surroundings): Row {
  return new LiveRecord(program, values, around).row
}

/** Links whose value is new against `before`, with their copies not yet made. */
export interface CopyRequest {
  readonly live: LiveRecord
  readonly before: Values | null
}

/** Fills fields from linked records where a link was set; follows copies that set links, three rounds at most. */
export async function applyCopies(db: Connection, context: RecordContext, request: CopyRequest): Promise<void> {
  const done = new Set<string>()
  for (let round = 0; round < 3; round++) {
    const copied = await copyRound(db, context, { ...request, done })
    if (!copied) return
    await loadAround(db, context, request.live)
  }
}

interface Target {
  readonly program: FieldProgram
  readonly columns: ReadonlyMap<string, FieldProgram>
  readonly table: string | null
  readonly rowId: string | null
  readonly id: string
}

async function copyRound(
  db: Connection,
  context: RecordContext,
  request: CopyRequest & { readonly done: Set<string> },
): Promise<boolean> {
  const targets = newLinks(request).filter(
    (target) => !request.done.has(`${target.rowId} ${target.program.key} ${target.id}`),
  )
  for (const target of targets) {
    request.done.add(`${target.rowId} ${target.program.key} ${target.id}`)
    await copyOne(db, context, { live: request.live, target })
  }
  return targets.length > 0
}

function newLinks({ live, before }: CopyRequest): readonly Target[] {
  const { fields } = live.program
  const top = [...fields.values()].flatMap((program) => {
    const id = live.wire(program.field.name)
    return program.copies.length > 0 && typeof id === 'string' && id !== before?.[program.field.name]
      ? [{ program, columns: fields, table: null, rowId: null, id }]
      : []
  })
  const rows = [...fields.values()].flatMap((table) => {
    const columns = table.columns
    if (!columns) return []
    const old = new Map(rowsOf(before?.[table.field.name]).map((row) => [row.id, row]))
    return live.rows(table.field.name).flatMap((row) =>
      [...columns.values()].flatMap((program) => {
        const id = row[program.field.name]
        const changed = typeof id === 'string' && id !== old.get(String(row.id))?.[program.field.name]
        return program.copies.length > 0 && changed
          ? [{ program, columns, table: table.field.name, rowId: String(row.id), id }]
          : []
      }),
    )
  })
  return [...top, ...rows]
}

async function copyOne(
  db: Connection,
  context: RecordContext,
  { live, target }: { live: LiveRecord; target: Target },
): Promise<void> {
  const form = String(target.program.field.definition.to)
  const paths = target.program.copies.map((copy) => copy.path)
  const values = (await context.store.values(db, form, { ids: [target.id], paths })).get(target.id)
  if (!values) return
  const always = target.program.field.definition.copy_mode === 'always'
  target.program.copies.forEach((copy, index) => {
    const column = target.columns.get(copy.to)
    const current =
      target.table && target.rowId ? live.wireCell(target.table, target.rowId, copy.to) : live.wire(copy.to)
    if (!column || (!always && !isEmpty(current))) return
    const value = accepted(column, values[index] ?? null)
    if (target.table && target.rowId) live.setCell(target.table, target.rowId, copy.to, value)
    else live.set(copy.to, value)
  })
}

/** The copied value as the receiving field takes it; what it cannot take stays empty. A file belongs to one record. */
function accepted(column: FieldProgram, value: Json): Json {
  if (isEmpty(value) || column.field.kind.holdsFiles) return null
  const parsed = column.field.kind.parse(value, column.field.definition)
  return parsed.ok ? parsed.value : null
}
