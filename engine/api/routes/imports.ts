/** Import over HTTP: upload, report, commit. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { Locale } from '#base/text.ts'
import * as contract from '#contract/routes/imports.ts'
import { fileText } from '#records/import/file-text.ts'
import type { ImportMapping } from '#records/import/mapping.ts'
import { parseBoundedJson } from '../bounded-json.ts'
import { type Call, route } from '../call.ts'
import { foreseen } from '../failures.ts'
import { commitImport, errorsOf, findImport, type ImportJob, remapImport, startImport } from '../import-job.ts'
import { undoImport } from '../import-undo.ts'
import { issueEntry } from '../problem-document.ts'

/** An answer waits this long for the rows; then it is asked for by GET. */
const patienceMs = 15_000

export const importRoutes = [
  route(contract.importsCreate, async (call) => {
    const upload = await call.upload()
    const given = upload
      ? {
          name: upload.name,
          text: await fileText(upload.content),
          mapping: upload.fields['mapping'] === undefined ? null : parseBoundedJson(upload.fields['mapping']),
        }
      : { name: call.body.name ?? null, text: call.body.content, mapping: call.body.mapping ?? null }
    const job = await startImport(call.records, {
      form: call.params.form,
      name: given.name,
      text: given.text,
      mapping: mappingOf(given.mapping),
    })
    return { status: 201, body: importAnswer(job, call.locale), headers: { location: `/api/imports/${job.stored.id}` } }
  }),
  route(contract.importsRead, async (call) => ({
    status: 200,
    body: importAnswer(await findImport(call.records, call.params.id), call.locale),
  })),
  route(contract.importsCommit, async (call) => {
    const found = await findImport(call.records, call.params.id)
    const mapping = mappingOf(call.body.mapping ?? null)
    const job = mapping ? await remapImport(call.records, found, mapping) : found
    const work = commitImport(call.records, job, { atomic: call.body.skip_invalid !== true })
    const done = await firstOf(work, call as unknown as Call)
    const answer = done ?? (await findImport(call.records, call.params.id))
    return { status: done ? 200 : 202, body: importAnswer(answer, call.locale) }
  }),
  route(contract.importsErrors, async (call) => {
    const job = await findImport(call.records, call.params.id)
    return {
      status: 200,
      headers: { 'content-disposition': `attachment; filename="${job.stored.form}-errors.csv"` },
      content: { type: 'text/csv; charset=utf-8', data: await errorsOf(call.records, job) },
    }
  }),
  route(contract.importsUndo, async (call) => {
    const work = undoImport(call.records, await findImport(call.records, call.params.id))
    const done = await firstOf(work, call as unknown as Call)
    const answer = done ?? (await findImport(call.records, call.params.id))
    return { status: done ? 200 : 202, body: importAnswer(answer, call.locale) }
  }),
]

/** The finished job, or null when it takes longer; then what fails is in its report, and in the log. */
async function firstOf(work: Promise<ImportJob>, { parts }: Call): Promise<ImportJob | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch((error: unknown) =>
      parts.workspace.log.warn('import.failed', { code: foreseen(error)?.code ?? 'internal' }),
    )
  }
}

/** What must hold of its inside is checked with the header of the file. */
function mappingOf(value: unknown): ImportMapping | null {
  if (value === null) return null
  const columns = isObject(value) ? value['columns'] : undefined
  const fits =
    Array.isArray(columns) &&
    columns.every(
      (column: Json) => isObject(column) && typeof column['column'] === 'string' && typeof column['field'] === 'string',
    )
  if (!fits)
    throw new Refusal('request-invalid', {
      issues: [{ pointer: '/mapping/columns', code: 'wrong-type', params: { expected: 'columns' } }],
    })
  return value as unknown as ImportMapping
}

/** What an undo did, where there was one, in the caller's language. */
function undoAnswer(undo: Json | undefined, locale: Locale): JsonObject {
  if (!isObject(undo)) return {}
  const records = (Array.isArray(undo['records']) ? undo['records'] : []).map((each: Json) => {
    const { issue, ...where } = each as JsonObject
    return { ...where, ...(isObject(issue) ? issueEntry(issue as unknown as Issue, locale) : {}) }
  })
  return { undo: { ...undo, records: records as unknown as Json } }
}

function importAnswer({ stored, progress }: ImportJob, locale: Locale): JsonObject {
  const report = isObject(stored.report) ? stored.report : {}
  const errors = (Array.isArray(report['errors']) ? report['errors'] : []).map((each: Json) => {
    const { issue, ...where } = each as JsonObject & { readonly issue: Issue }
    return { ...where, ...issueEntry(issue as unknown as Issue, locale) }
  })
  return {
    id: stored.id,
    form: stored.form,
    state: stored.state,
    name: stored.fileName,
    mapping: stored.mapping,
    report: { ...report, errors: errors as unknown as Json, ...undoAnswer(report['undo'], locale) },
    progress: progress && { ...progress },
    created_at: stored.createdAt,
    updated_at: stored.updatedAt,
  }
}
