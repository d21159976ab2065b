/** Import: every record goes through the one write line, under its own savepoint; what fails is named by line and column. */
import type { Json } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import type { Connection } from '#storage/connection.ts'
import { savepoint } from '#storage/savepoint.ts'
import { type RecordContext, requireVerb, visibleForm } from '../context.ts'
import { createIn, updateIn, type WriteOptions } from '../write.ts'
import { type CellProblem, type CellReader, type Group, groupRows, type ReadGroup, readGroup } from './cells.ts'
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
  const { form, policy } = visibleForm(context, request.form)
  requireVerb(policy, 'import')
  const sheet = readSheet(request.text)
  const mapping = completeMapping(form, sheet.header, request.mapping)
  const issues = mappingIssues(form, sheet.header, mapping)
  if (issues.length > 0) throw new Refusal('record-invalid', { issues: issues.map((issue) => ({ ...issue, pointer: `/mapping${issue.pointer}` })) })
  const reader: CellReader = { context, form, sheet, mapping, resolver: new LinkResolver(context), today: request.today ?? null }
  const groups = groupRows(sheet, mapping)
  const tally: Tally = { created: 0, updated: 0, done: 0, total: groups.length, problems: [] }
  const whole = request.dryRun === true || request.atomic === true
  for (let start = 0; start < groups.length; start += whole ? groups.length : chunkSize) {
    await runChunk(reader, request, { groups: whole ? groups : groups.slice(start, start + chunkSize), tally })
  }
  return {
    rows: sheet.rows.length, records: groups.length, created: tally.created, updated: tally.updated,
    errorCount: tally.problems.length, errors: tally.problems.slice(0, mostErrors), header: sheet.header, mapping,
  }
}

interface Tally {
  created: number
  updated: number
  done: number
  readonly total: number
  problems: CellProblem[]
}

function completeMapping(form: FormModel, header: readonly string[], given: ImportMapping | undefined): ImportMapping {
  if (!given) return guessMapping(form, header)
  const group = given.group ?? guessGroup(form, given.columns)
  return { ...given, ...(group === null ? {} : { group }) }
}

async function runChunk(reader: CellReader, request: ImportRequest, chunk: { groups: readonly Group[]; tally: Tally }): Promise<void> {
  const { tally } = chunk
  const before = { ...tally, problems: [...tally.problems] }
  try {
    await reader.context.db.write(async (db) => {
      Object.assign(tally, { ...before, problems: [...before.problems] })
      for (const group of chunk.groups) {
        await runGroup(db, reader, { request, group, tally })
        tally.done++
        if (tally.done % 20 === 0) await breathe()
        request.onProgress?.(tally.done, tally.total)
      }
      if (request.dryRun || (request.atomic && tally.problems.length > 0)) throw new Undo()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
    if (!request.dryRun) Object.assign(tally, { created: 0, updated: 0 })
  }
}

/** Lets other requests in between: the driver of the embedded database never yields by itself. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function runGroup(db: Connection, reader: CellReader, at: { request: ImportRequest; group: Group; tally: Tally }): Promise<void> {
  const read = await readGroup(db, reader, at.group)
  if (read.problems.length > 0) {
    at.tally.problems.push(...read.problems)
    return
  }
  try {
    const made = await savepoint(db, () => writeOne(db, reader, { request: at.request, read }))
    if (made === 'created') at.tally.created++
    else at.tally.updated++
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    at.tally.problems.push(...problemsOf(error, { reader, group: at.group, read }))
  }
}

async function writeOne(db: Connection, reader: CellReader, from: { request: ImportRequest; read: ReadGroup }): Promise<'created' | 'updated'> {
  const { context, form } = reader
  const options: WriteOptions = { cause: from.request.cause ?? { write: 'import' }, placing: from.request.placing === true && context.policy.admin }
  const existing = await matching(db, reader, from.read)
  if (existing) {
    await updateIn(db, context, { intent: { verb: 'update', form: form.name, id: existing.id, version: existing.version, body: from.read.body }, options })
    return 'updated'
  }
  await createIn(db, context, { intent: { verb: 'create', form: form.name, body: from.read.body }, options })
  return 'created'
}

async function matching(db: Connection, reader: CellReader, read: ReadGroup): Promise<{ id: string; version: number } | null> {
  const { match } = reader.mapping
  const value = match === undefined ? null : (read.body[match] ?? null)
  if (match === undefined || value === null) return null
  const id = await new LinkResolver(reader.context).byKey(db, { form: reader.form.name, key: match, text: String(value) })
  if (id === null) return null
  const record = (await reader.context.store.load(db, reader.form.name, [id], { tables: false })).get(id)
  return record ? { id, version: record.version } : null
}

/** Issues of a refused record → the cells they come from. */
function problemsOf(refusal: Refusal, from: { reader: CellReader; group: Group; read: ReadGroup }): CellProblem[] {
  const { problem } = refusal
  const issues: readonly Issue[] = problem.issues?.length ? problem.issues : [{ pointer: '', code: problem.code, ...(problem.detail ? { message: problem.detail } : {}) }]
  return issues.map((issue) => {
    const [field, index, column] = issue.pointer.split('/').slice(1) as [string | undefined, string | undefined, string | undefined]
    const path = column === undefined ? (field ?? null) : `${field}.${column}`
    const line = (column !== undefined && field !== undefined ? from.read.lines[field]?.[Number(index)] : undefined) ?? from.group.rows[0]?.line ?? 0
    const mapped = from.reader.mapping.columns.find((each) => each.field === path)
    const row = from.group.rows.find((each) => each.line === line)
    return { line, column: mapped?.column ?? null, field: path, text: mapped && row ? (row.cells[from.reader.sheet.header.indexOf(mapped.column)] ?? '') : '', issue }
  })
}
