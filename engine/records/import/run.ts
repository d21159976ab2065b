/** Import: every record goes through the one write line, under its own savepoint; what fails is named by line and column. */

import { writableForm } from '#access/seen-model.ts'
import type { Json } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { FormModel } from '#definitions/model.ts'
import type { Connection } from '#storage/connection.ts'
import { savepoint } from '#storage/savepoint.ts'
import { type RecordContext, requireVerb, visibleForm } from '../context.ts'
import { StaleModel } from '../current-model.ts'
import { createIn, updateIn, type WriteOptions } from '../write.ts'
import { type CellProblem, type CellReader, type Group, groupRows, type ReadGroup, readGroup } from './cells.ts'
import { errorFile, type RefusedGroup } from './error-file.ts'
import { guessGroup, guessMapping, type ImportMapping, mappingIssues } from './mapping.ts'
import { LinkResolver } from './resolve.ts'
import { readSheet } from './sheet.ts'

export interface ImportRequest {
  readonly form: string
  readonly text: string
  /** Default: guessed from the header. */
  readonly mapping?: ImportMapping
  /** true: everything is tried and nothing kept. */
  readonly dryRun?: boolean
  /** true: one bad record refuses the whole file. */
  readonly atomic?: boolean
  /** By an admin or a pack: states, numbers and values that only effects write are taken. */
  readonly placing?: boolean
  /** Resolves `@-30`; `YYYY-MM-DD`. */
  readonly today?: string
  readonly cause?: Json
  readonly onProgress?: (done: number, total: number) => void
  /** What was written, in the order of writing and within its transaction: what an undo needs to know. */
  readonly settle?: (db: Connection, written: readonly ImportedRecord[]) => Promise<void>
  /** The refused lines as CSV, at the end; not called without any. */
  readonly onErrorFile?: (text: string) => void
}

export interface ImportedRecord {
  readonly verb: 'created' | 'updated'
  readonly id: string
  /** That the import made of it. */
  readonly version: number
}

export interface ImportReport {
  readonly rows: number
  readonly records: number
  readonly created: number
  readonly updated: number
  readonly errorCount: number
  /** The first 1,000. */
  readonly errors: readonly CellProblem[]
  readonly header: readonly string[]
  readonly mapping: ImportMapping
}

const mostErrors = 1000
const chunkSize = 100

/** Thrown to undo a dry run or an atomic file with errors. */
class Undo extends Error {}

/** Runs the import. Refusals: not-found, forbidden, record-invalid for an unreadable file or a wrong mapping. */
export async function importCsv(context: RecordContext, request: ImportRequest): Promise<ImportReport> {
  const { form: whole, policy } = visibleForm(context, request.form)
  requireVerb(policy, 'import')
  const form = writableForm(whole, policy)
  const sheet = readSheet(request.text)
  const mapping = completeMapping(form, sheet.header, request.mapping)
  const issues = mappingIssues(form, sheet.header, mapping)
  if (issues.length > 0)
    throw new Refusal('record-invalid', {
      issues: issues.map((issue) => ({ ...issue, pointer: `/mapping${issue.pointer}` })),
    })
  let reader: CellReader = {
    context,
    form,
    sheet,
    mapping,
    resolver: new LinkResolver(context),
    today: request.today ?? null,
  }
  const groups = groupRows(sheet, mapping)
  const tally: Tally = { created: 0, updated: 0, done: 0, total: groups.length, problems: [], refused: [] }
  const size = request.dryRun || request.atomic ? groups.length : chunkSize
  const run = async (chunk: Chunk): Promise<readonly Group[]> => {
    try {
      return await runChunk(reader, request, chunk)
    } catch (error) {
      if (!(error instanceof StaleModel) || !reader.context.renew) throw error
      reader = renewed(reader, await reader.context.renew())
      return run(chunk)
    }
  }
  let waiting: readonly Group[] = groups
  for (let before = Number.POSITIVE_INFINITY; waiting.length > 0 && waiting.length < before; ) {
    before = waiting.length
    const left: Group[] = []
    for (let start = 0; start < waiting.length; start += size)
      left.push(...(await run({ groups: waiting.slice(start, start + size), tally, last: false })))
    waiting = left
  }
  if (waiting.length > 0) await run({ groups: waiting, tally, last: true })
  if (tally.refused.length > 0) request.onErrorFile?.(errorFile(sheet, tally.refused, context.actor.locale))
  return {
    rows: sheet.rows.length,
    records: groups.length,
    created: tally.created,
    updated: tally.updated,
    errorCount: tally.problems.length,
    errors: tally.problems.slice(0, mostErrors),
    header: sheet.header,
    mapping,
  }
}

/** Definitions were published between two chunks: the rest goes on under the new ones. */
function renewed(reader: CellReader, context: RecordContext): CellReader {
  const { form, policy } = visibleForm(context, reader.form.name)
  requireVerb(policy, 'import')
  return { ...reader, context, form: writableForm(form, policy), resolver: new LinkResolver(context) }
}

interface Tally {
  created: number
  updated: number
  done: number
  readonly total: number
  problems: CellProblem[]
  refused: RefusedGroup[]
}

/** To go back to when a transaction is repeated. */
function copyOf(tally: Tally): Tally {
  return { ...tally, problems: [...tally.problems], refused: [...tally.refused] }
}

function completeMapping(form: FormModel, header: readonly string[], given: ImportMapping | undefined): ImportMapping {
  if (!given) return guessMapping(form, header)
  const group = given.group ?? guessGroup(form, given.columns)
  return { ...given, ...(group === null ? {} : { group }) }
}

interface Chunk {
  readonly groups: readonly Group[]
  readonly tally: Tally
  /** true: what still waits for a record of the same file is now an error. */
  readonly last: boolean
}

/** Writes the records of one transaction; answers with those that link to a record of the file which does not exist yet. */
async function runChunk(reader: CellReader, request: ImportRequest, chunk: Chunk): Promise<readonly Group[]> {
  const { tally } = chunk
  const before = copyOf(tally)
  let left: readonly Group[] = []
  try {
    await reader.context.db.write(async (db) => {
      Object.assign(tally, copyOf(before))
      const written: ImportedRecord[] = []
      left = await runPasses(db, reader, { request, chunk, written })
      if (request.dryRun || (request.atomic && tally.problems.length > 0)) throw new Undo()
      await request.settle?.(db, written)
    })
  } catch (error) {
    if (!(error instanceof Undo)) {
      Object.assign(tally, before)
      throw error
    }
    if (!request.dryRun) Object.assign(tally, { created: 0, updated: 0 })
  }
  return left
}

/** Goes over the records again as long as that brings some further: a row may link to a later one of its own form. */
async function runPasses(
  db: Connection,
  reader: CellReader,
  { request, chunk, written }: { request: ImportRequest; chunk: Chunk; written: ImportedRecord[] },
): Promise<readonly Group[]> {
  const { tally } = chunk
  const alone = request.dryRun === true || request.atomic === true
  let waiting = chunk.groups
  for (;;) {
    const deferred: { group: Group; problems: readonly CellProblem[] }[] = []
    for (const group of waiting) {
      const problems = await runGroup(db, reader, { request, group, tally, written })
      if (problems.length > 0 && problems.every((each) => pointsToOwnForm(reader.form, each)))
        deferred.push({ group, problems })
      else settleGroup(request, tally, { group, problems })
      if (tally.done % 20 === 0) await breathe()
    }
    const stuck = deferred.length === waiting.length
    if (stuck && (chunk.last || alone)) for (const each of deferred) settleGroup(request, tally, each)
    if (stuck || deferred.length === 0) return chunk.last || alone ? [] : deferred.map(({ group }) => group)
    waiting = deferred.map(({ group }) => group)
  }
}

function settleGroup(
  request: ImportRequest,
  tally: Tally,
  { group, problems }: { readonly group: Group; readonly problems: readonly CellProblem[] },
): void {
  tally.problems.push(...problems)
  if (problems.length > 0) tally.refused.push({ rows: group.rows, problems })
  tally.done++
  request.onProgress?.(tally.done, tally.total)
}

function pointsToOwnForm(form: FormModel, { issue, field }: CellProblem): boolean {
  return (
    issue.code === 'link-not-found' &&
    field !== null &&
    form.fields
      .get(field)
      ?.kind.linksTo?.(form.fields.get(field)?.definition as FieldDefinition)
      .includes(form.name) === true
  )
}

/** Lets other requests in between: the driver of the embedded database never yields by itself. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Writes one record; answers with what was wrong. */
async function runGroup(
  db: Connection,
  reader: CellReader,
  at: { request: ImportRequest; group: Group; tally: Tally; written: ImportedRecord[] },
): Promise<readonly CellProblem[]> {
  const read = await readGroup(db, reader, at.group)
  if (read.problems.length > 0) return read.problems
  try {
    const made = await savepoint(db, () => writeOne(db, reader, { request: at.request, read }))
    if (made.verb === 'created') at.tally.created++
    else at.tally.updated++
    if (made.changed) at.written.push({ verb: made.verb, id: made.id, version: made.version })
    return []
  } catch (error) {
    if (error instanceof Refusal) return problemsOf(error, { reader, group: at.group, read })
    throw error
  }
}

async function writeOne(
  db: Connection,
  reader: CellReader,
  from: { request: ImportRequest; read: ReadGroup },
): Promise<ImportedRecord & { readonly changed: boolean }> {
  const { context, form } = reader
  const options: WriteOptions = {
    cause: from.request.cause ?? { write: 'import' },
    placing: from.request.placing === true && context.policy.admin,
  }
  const existing = await matching(db, reader, from.read)
  if (existing) {
    const { id, version } = await updateIn(db, context, {
      intent: { verb: 'update', form: form.name, id: existing.id, version: existing.version, body: from.read.body },
      options,
    })
    return { verb: 'updated', id, version, changed: version !== existing.version }
  }
  const { id, version } = await createIn(db, context, {
    intent: { verb: 'create', form: form.name, body: from.read.body },
    options,
  })
  return { verb: 'created', id, version, changed: true }
}

async function matching(
  db: Connection,
  reader: CellReader,
  read: ReadGroup,
): Promise<{ id: string; version: number } | null> {
  const { match } = reader.mapping
  const value = match === undefined ? null : (read.body[match] ?? null)
  if (match === undefined || value === null) return null
  const id = await new LinkResolver(reader.context).byKey(db, {
    form: reader.form.name,
    key: match,
    text: String(value),
  })
  if (id === null) return null
  const record = (await reader.context.store.load(db, reader.form.name, [id], { tables: false })).get(id)
  return record ? { id, version: record.version } : null
}

/** Issues of a refused record → the cells they come from. */
function problemsOf(refusal: Refusal, from: { reader: CellReader; group: Group; read: ReadGroup }): CellProblem[] {
  const { problem } = refusal
  const issues: readonly Issue[] = problem.issues?.length
    ? problem.issues
    : [{ pointer: '', code: problem.code, ...(problem.detail ? { message: problem.detail } : {}) }]
  return issues.map((issue) => {
    const [field, index, column] = issue.pointer.split('/').slice(1) as [
      string | undefined,
      string | undefined,
      string | undefined,
    ]
    const path = column === undefined ? (field ?? null) : `${field}.${column}`
    const line =
      (column !== undefined && field !== undefined ? from.read.lines[field]?.[Number(index)] : undefined) ??
      from.group.rows[0]?.line ??
      0
    const mapped = from.reader.mapping.columns.find((each) => each.field === path)
    const row = from.group.rows.find((each) => each.line === line)
    return {
      line,
      column: mapped?.column ?? null,
      field: path,
      text: mapped && row ? (row.cells[from.reader.sheet.header.indexOf(mapped.column)] ?? '') : '',
      issue,
    }
  })
}
