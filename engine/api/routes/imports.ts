/** Import over HTTP: upload, report, commit, cancel, undo. */
import { Readable } from 'node:stream'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import * as contract from '#contract/routes/imports.ts'
import { fileText } from '#records/import/file-text.ts'
import type { ImportMapping } from '#records/import/mapping.ts'
import { parseBoundedJson } from '../bounded-json.ts'
import { type Call, route } from '../call.ts'
import { importAnswer, importLine } from '../import-answer.ts'
import { callerSettings } from '../import-caller.ts'
import {
  askCancel,
  askCheck,
  askCommit,
  askUndo,
  errorsOf,
  findImport,
  firstErrors,
  ownImports,
  storeImport,
} from '../import-job.ts'

/** An answer waits this long for the rows, where the caller says nothing else; then it is asked for by GET. */
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
    const id = await storeImport(call.records, {
      form: call.params.form,
      name: given.name,
      text: given.text,
      mapping: mappingOf(given.mapping),
      settings: callerSettings(call.caller),
    })
    await settled(call as unknown as WaitingCall, id)
    return {
      status: 201,
      body: await answerOf(call, id),
      headers: { location: `/api/imports/${id}` },
    }
  }),
  route(contract.importsList, async (call) => ({
    status: 200,
    body: { imports: (await ownImports(call.records)).map(importLine) },
  })),
  route(contract.importsRead, async (call) => ({
    status: 200,
    body: await answerOf(call, call.params.id),
  })),
  route(contract.importsCheck, async (call) => {
    const found = await findImport(call.records, call.params.id)
    const mapping = mappingOf(call.body.mapping)
    if (mapping) await askCheck(call.records, found, mapping)
    return working(call as unknown as WaitingCall, found.id)
  }),
  route(contract.importsCommit, async (call) => {
    const found = await findImport(call.records, call.params.id)
    const mapping = mappingOf(call.body.mapping ?? null)
    await askCommit(call.records, found, { atomic: call.body.skip_invalid !== true, mapping })
    return working(call as unknown as WaitingCall, found.id)
  }),
  route(contract.importsCancel, async (call) => {
    const found = await findImport(call.records, call.params.id)
    await askCancel(call.records, found, call.body.undo === true ? 'undo' : 'stop')
    return working(call as unknown as WaitingCall, found.id)
  }),
  route(contract.importsErrors, async (call) => {
    const found = await findImport(call.records, call.params.id)
    const lines = await errorsOf(call.records, found)
    return {
      status: 200,
      headers: { 'content-disposition': `attachment; filename="${found.form}-errors.csv"` },
      content: { type: 'text/csv; charset=utf-8', data: Readable.from(lines, { objectMode: false }) },
    }
  }),
  route(contract.importsUndo, async (call) => {
    const found = await findImport(call.records, call.params.id)
    await askUndo(call.records, found)
    return working(call as unknown as WaitingCall, found.id)
  }),
]

type WaitingCall = Call<typeof contract.importsUndo>

/** 200 with what came of it, or 202 while it goes on. */
async function working(call: WaitingCall, id: string) {
  const rests = await settled(call, id)
  return { status: rests ? 200 : 202, body: await answerOf(call, id) }
}

/** true: nothing is left to do; false: it takes longer than an answer may. */
async function settled({ parts, query }: WaitingCall, id: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, query.wait === undefined ? patienceMs : Number(query.wait) * 1000, false)
  })
  try {
    return await Promise.race([parts.imports.run(id).then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}

async function answerOf({ records, locale }: Pick<Call, 'records' | 'locale'>, id: string): Promise<JsonObject> {
  const stored = await findImport(records, id)
  const moves = stored.state === 'checking' || stored.state === 'running'
  return importAnswer(stored, moves ? [] : await firstErrors(records, stored), locale)
}

/** What must hold of its inside is checked with the header of the file. */
function mappingOf(value: unknown): ImportMapping | null {
  if (value === null) return null
  const columns = isObject(value) ? value['columns'] : undefined
  const fits =
    Array.isArray(columns) &&
    columns.every(
      (column: Json) =>
        isObject(column) &&
        typeof column['column'] === 'string' &&
        typeof column['field'] === 'string' &&
        ['string', 'undefined'].includes(typeof column['key']),
    )
  if (!fits)
    throw new Refusal('request-invalid', {
      issues: [{ pointer: '/mapping/columns', code: 'wrong-type', params: { expected: 'columns' } }],
    })
  return value as unknown as ImportMapping
}
