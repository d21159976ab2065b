/** Many records in one request: one transaction for all, or one per hundred so that others get in between. */
import type { JsonObject } from '#base/json.ts'
import { type Issue, type Problem, problem, Refusal } from '#base/problems.ts'
import { recordsBulk } from '#contract/routes/records.ts'
import {
  type BulkOperation,
  type BulkPart,
  type BulkResult,
  bulkEach,
  bulkTogether,
  requireBulkVerbs,
} from '#records/bulk.ts'
import type { RecordContext } from '#records/context.ts'
import { StaleModel } from '#records/current-model.ts'
import { type Answer, type Call, route } from '../call.ts'
import { once } from '../idempotent.ts'
import { issueEntry, problemAnswer } from '../problem-document.ts'

const perTransaction = 100
const mostAttempts = 5
const doneStatus = { create: 201, update: 200, delete: 204 } as const

type Entry = JsonObject

export const bulkRoutes = [
  route(recordsBulk, async (typed) => {
    const call = typed as unknown as Call
    const operations = typed.body.operations.map(readOperation)
    const whole = { form: typed.params.form, operations, first: 0 }
    requireBulkVerbs(typed.records, whole)
    return typed.body.atomic === true ? together(call, whole) : each(call, whole)
  }),
]

function together(call: Call, whole: BulkPart): Promise<Answer> {
  const work = async (context: RecordContext) => answerOf(entriesOf(call, whole, await bulkTogether(context, whole)))
  return once(call, work, { number: 0, records: call.records })
}

async function each(call: Call, whole: BulkPart): Promise<Answer> {
  const entries: Entry[] = []
  let context = call.records
  for (let first = 0; first < whole.operations.length; first += perTransaction) {
    const part = { ...whole, operations: whole.operations.slice(first, first + perTransaction), first }
    const done = await runPart(call, context, part)
    context = done.context
    entries.push(...done.entries)
  }
  return answerOf(entries)
}

interface PartDone {
  readonly entries: readonly Entry[]
  readonly context: RecordContext
}

/** Definitions that were published between two parts: the rest goes on under the new ones, for what is written stays written. */
async function runPart(call: Call, given: RecordContext, part: BulkPart): Promise<PartDone> {
  let context = given
  for (let attempt = 1; ; attempt += 1) {
    try {
      const piece = { number: part.first / perTransaction, records: context }
      const answer = await once(
        call,
        async (within) => answerOf(entriesOf(call, part, await bulkEach(within, part))),
        piece,
      )
      return { entries: (answer.body as { readonly results: readonly Entry[] }).results, context }
    } catch (error) {
      if (error instanceof StaleModel && attempt < mostAttempts && context.renew) context = await context.renew()
      else return { entries: leftOut(call, part, error), context }
    }
  }
}

/** What cannot be written now. The first part refuses the request, and so does any with a key: the same request goes on later. */
function leftOut(call: Call, part: BulkPart, error: unknown): readonly Entry[] {
  const unavailable = error instanceof StaleModel || (error instanceof Refusal && error.problem.code === 'unavailable')
  if (!unavailable || part.first === 0 || call.header('idempotency-key') !== null) throw error
  return part.operations.map(() => refusedEntry(call, problem('unavailable', { params: { retry_after: 1 } })))
}

function entriesOf(call: Call, part: BulkPart, results: readonly BulkResult[]): readonly Entry[] {
  return results.map((result, index) => {
    if ('problem' in result) return refusedEntry(call, result.problem)
    const { id, version, warnings } = result.written
    const verb = part.operations[index]?.verb ?? 'update'
    return {
      status: doneStatus[verb],
      id,
      version,
      ...(warnings.length > 0 ? { warnings: warnings.map((issue) => issueEntry(issue, call.locale)) } : {}),
    } as Entry
  })
}

function refusedEntry(call: Call, refused: Problem): Entry {
  const { status, document } = problemAnswer(refused, call.locale)
  return { status, problem: document as JsonObject }
}

function answerOf(results: readonly Entry[]): Answer {
  const failed = results.filter((entry) => 'problem' in entry).length
  return { status: 200, body: { results, done: results.length - failed, failed } }
}

type Given = {
  readonly verb: 'create' | 'update' | 'delete'
  readonly id?: string
  readonly version?: number
  readonly values?: Readonly<Record<string, unknown>>
}

const needs = { create: ['values'], update: ['id', 'version', 'values'], delete: ['id', 'version'] } as const
const parts = ['id', 'version', 'values'] as const

/** What its verb needs and nothing else. */
function readOperation(given: Given, index: number): BulkOperation {
  const needed: readonly string[] = needs[given.verb]
  const issues = parts.flatMap((name): readonly Issue[] => {
    const pointer = `/operations/${index}/${name}`
    if (needed.includes(name)) return given[name] === undefined ? [{ pointer, code: 'required' }] : []
    return given[name] === undefined ? [] : [{ pointer, code: 'unknown-field', params: { field: name } }]
  })
  if (issues.length > 0) throw new Refusal('request-invalid', { issues })
  return given as unknown as BulkOperation
}
