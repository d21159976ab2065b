/** Some records of an import in one transaction: looked up together, each written by the one write line under its own savepoint. */
import type { Json } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { FormModel } from '#definitions/model.ts'
import { type BulkKind, inBulk } from '#storage/bulk.ts'
import type { Connection } from '#storage/connection.ts'
import { savepoint } from '#storage/savepoint.ts'
import { holdModel } from '../current-model.ts'
import { createIn, updateIn, type WriteOptions } from '../write.ts'
import { type CellProblem, type CellReader, type ReadGroup, readGroup, textAt, wishesOf } from './cells.ts'
import type { RefusedGroup } from './error-file.ts'
import type { Group } from './groups.ts'
import type { Found, LinkWish } from './resolve.ts'
import { breathe } from './sheet.ts'

export interface ImportedRecord {
  /** Another than that of the import: a target that was missing. */
  readonly form: string
  readonly verb: 'created' | 'updated'
  readonly id: string
  /** That the import made of it. */
  readonly version: number
}

export interface BatchRequest {
  readonly groups: readonly Group[]
  readonly options: WriteOptions
  /** true: what still waits for a record of the same file is now an error. */
  readonly last: boolean
  /** Default: its changes are kept. */
  readonly bulk?: BulkKind
  /** Sees each record that was written, before its savepoint is let go; what it throws refuses the record. */
  readonly witness?: (db: Connection, written: WrittenGroup) => Promise<void>
}

export interface WrittenGroup {
  readonly group: Group
  readonly read: ReadGroup
  readonly record: ImportedRecord
}

export interface BatchOutcome {
  readonly created: number
  readonly updated: number
  /** Records of other forms that were missing. */
  readonly targets: number
  /** In the order of writing: what an undo needs to know. Records that the file did not change are not among them. */
  readonly written: readonly ImportedRecord[]
  readonly refused: readonly RefusedGroup[]
  /** They link to records of the file that are not there yet. */
  readonly waiting: readonly number[]
}

/** The targets that a record needed and that were made for it, until it is known whether it is kept. */
export type MadeTargets = ImportedRecord[]

/** Records under one savepoint, after which others get their turn: more than the least only as long as they are quick. */
const turn = { least: 8, most: 32, ms: 8 }

/** Writes what it can; goes over the rest again as long as that brings some further, for a row may link to a later one of its own form. */
export async function runBatch(db: Connection, reader: Reader, request: BatchRequest): Promise<BatchOutcome> {
  await holdModel(db, reader.context)
  const kind = { changes: 'kept', ...request.bulk, revision: reader.context.model.revision } as const
  return inBulk(db, kind, () => runAll(db, reader, request))
}

async function runAll(db: Connection, reader: Reader, request: BatchRequest): Promise<BatchOutcome> {
  await reader.resolver.prefetch(db, [...wishesOf(reader, request.groups), ...matchesOf(reader, request.groups)])
  const tally = { created: 0, updated: 0, targets: 0, written: [] as ImportedRecord[], refused: [] as RefusedGroup[] }
  let waiting = request.groups
  for (;;) {
    const deferred: { readonly group: Group; readonly problems: readonly CellProblem[] }[] = []
    for (let from = 0; from < waiting.length; ) {
      const outcomes = await writeSome(db, reader, { groups: waiting.slice(from, from + turn.most), request })
      from += outcomes.length
      for (const { group, done } of outcomes) {
        if (!('problems' in done)) count(tally, done)
        else if (done.problems.every((each) => pointsToOwnForm(reader.form, each))) deferred.push({ group, ...done })
        else tally.refused.push(refusedOf(group, done.problems))
      }
      await breathe()
    }
    const stuck = deferred.length === waiting.length
    if (stuck && request.last) tally.refused.push(...deferred.map(({ group, problems }) => refusedOf(group, problems)))
    if (stuck || deferred.length === 0)
      return { ...tally, waiting: request.last ? [] : deferred.map(({ group }) => group.number) }
    waiting = deferred.map(({ group }) => group)
  }
}

function refusedOf({ number, rows }: Group, problems: readonly CellProblem[]): RefusedGroup {
  return { number, rows, problems }
}

interface Done {
  readonly record: ImportedRecord
  readonly changed: boolean
  readonly targets: readonly ImportedRecord[]
}

function count(
  tally: { created: number; updated: number; targets: number; written: ImportedRecord[] },
  { record, changed, targets }: Done,
): void {
  tally[record.verb] += 1
  tally.targets += targets.length
  tally.written.push(...targets, ...(changed ? [record] : []))
}

/** Carries the problems of cells out of the savepoint. */
class WrongCells extends Error {
  readonly problems: readonly CellProblem[]
  constructor(problems: readonly CellProblem[]) {
    super('cells that do not fit')
    this.problems = problems
  }
}

type Reader = CellReader & { readonly made: MadeTargets }
type Outcome = Done | { readonly problems: readonly CellProblem[] }

interface At {
  readonly group: Group
  readonly request: Pick<BatchRequest, 'options' | 'witness'>
}

/** Under one savepoint as long as all of them fit, for these cost as much as a statement; else each under its own. Stops where the turn is over. */
async function writeSome(
  db: Connection,
  reader: Reader,
  { groups, request }: { readonly groups: readonly Group[]; readonly request: At['request'] },
): Promise<readonly { readonly group: Group; readonly done: Outcome }[]> {
  const mark = reader.resolver.mark()
  const endMs = performance.now() + turn.ms
  let tried = 0
  try {
    return await savepoint(db, async () => {
      const written: { group: Group; done: Done }[] = []
      for (const group of groups) {
        tried += 1
        written.push({ group, done: await readAndWrite(db, reader, { group, request, onRead: () => undefined }) })
        if (tried >= turn.least && performance.now() > endMs) break
      }
      return written
    })
  } catch (error) {
    reader.resolver.backTo(mark)
    if (!isRefused(error)) throw error
  }
  const outcomes: { group: Group; done: Outcome }[] = []
  for (const group of groups.slice(0, tried))
    outcomes.push({ group, done: await writeGroup(db, reader, { group, request }) })
  return outcomes
}

/** Reads and writes one record with the targets that it needs: all or nothing of it. */
export async function writeGroup(db: Connection, reader: Reader, at: At): Promise<Outcome> {
  const mark = reader.resolver.mark()
  let read: ReadGroup | null = null
  const onRead = (found: ReadGroup) => {
    read = found
  }
  try {
    return await savepoint(db, () => readAndWrite(db, reader, { ...at, onRead }))
  } catch (error) {
    reader.resolver.backTo(mark)
    if (error instanceof WrongCells) return { problems: error.problems }
    if (error instanceof Refusal && isRefused(error) && read)
      return { problems: problemsOf(error, { reader, group: at.group, read }) }
    throw error
  }
}

/** The record, not the database, is what went wrong. */
function isRefused(error: unknown): boolean {
  return error instanceof WrongCells || (error instanceof Refusal && error.problem.code !== 'unavailable')
}

async function readAndWrite(
  db: Connection,
  reader: Reader,
  { group, request, onRead }: At & { readonly onRead: (read: ReadGroup) => void },
): Promise<Done> {
  reader.made.length = 0
  const read = await readGroup(db, reader, group)
  onRead(read)
  if (read.problems.length > 0) throw new WrongCells(read.problems)
  const targets = [...reader.made]
  const { changed, ...record } = await writeOne(db, reader, { group, request, read })
  await request.witness?.(db, { group, read, record })
  return { record, changed, targets }
}

async function writeOne(
  db: Connection,
  reader: CellReader,
  from: { readonly group: Group; readonly request: Pick<BatchRequest, 'options'>; readonly read: ReadGroup },
): Promise<ImportedRecord & { readonly changed: boolean }> {
  const { context, form, resolver } = reader
  const { options } = from.request
  const { body } = from.read
  const [wish] = matchesOf(reader, [from.group])
  const existing = wish ? await existingOf(db, reader, wish) : 'none'
  if (typeof existing === 'object') {
    const intent = { verb: 'update', form: form.name, id: existing.id, version: existing.version, body } as const
    const { id, version } = await updateIn(db, context, { intent, options })
    if (wish) resolver.note(wish, { id, version })
    return { form: form.name, verb: 'updated', id, version, changed: version !== existing.version }
  }
  const { id, version } = await createIn(db, context, { intent: { verb: 'create', form: form.name, body }, options })
  resolver.grow(form.name)
  if (wish) resolver.note(wish, { id, version })
  return { form: form.name, verb: 'created', id, version, changed: true }
}

async function existingOf(db: Connection, reader: CellReader, wish: LinkWish): Promise<Found> {
  const found = await reader.resolver.resolve(db, wish)
  const column = reader.columns.find(({ field }) => field === reader.mapping.match)
  if (found !== 'none' || !column) return found
  const elsewhere = await reader.missing(db, { ...column, create: false }, wish)
  return elsewhere && !('code' in elsewhere) ? elsewhere : 'none'
}

/** How the records are found again that are already there. */
function matchesOf({ mapping, columns, form }: CellReader, groups: readonly Group[]): readonly LinkWish[] {
  const { match } = mapping
  const column = columns.find(({ field }) => field === match)
  if (match === undefined || !column) return []
  return groups.flatMap(({ rows }) => {
    const text = rows.map((row) => textAt(row, column)).find((each) => each !== '')
    return text === undefined ? [] : [{ form: form.name, key: match, text }]
  })
}

function pointsToOwnForm(form: FormModel, { issue, field }: CellProblem): boolean {
  const own = field === null ? undefined : form.fields.get(field)
  return (
    issue.code === 'link-not-found' &&
    own?.kind.linksTo?.(own.definition as FieldDefinition).includes(form.name) === true
  )
}

/** Issues of a refused record → the cells they come from. */
function problemsOf(
  { problem }: Refusal,
  from: { readonly reader: CellReader; readonly group: Group; readonly read: ReadGroup },
): CellProblem[] {
  const issues: readonly Issue[] = problem.issues?.length
    ? problem.issues
    : [{ pointer: '', code: problem.code, ...(problem.detail ? { message: problem.detail } : {}) }]
  return issues.map((issue) => {
    const [field, index, name] = issue.pointer.split('/').slice(1) as (string | undefined)[]
    const path = name === undefined ? (field ?? null) : `${field}.${name}`
    const line =
      (name !== undefined && field !== undefined ? from.read.lines[field]?.[Number(index)] : undefined) ??
      from.group.rows[0]?.line ??
      0
    const column = from.reader.columns.find((each) => each.field === path)
    const row = from.group.rows.find((each) => each.line === line)
    const text = column && row ? (row.cells[column.at] ?? '') : ''
    return { line, column: column?.column ?? null, field: path, text, issue }
  })
}

/** How the cause of an import stands in the change log. */
export function importOptions(cause: Json | undefined, placing: boolean): WriteOptions {
  return { cause: cause ?? { write: 'import' }, placing }
}
