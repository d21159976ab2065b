/** Records: the lines of the records layer over HTTP. */
import { datetimeMs, isDatetime } from '#base/dates.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import * as contract from '#contract/routes/records.ts'
import { aggregateRecords } from '#records/aggregate.ts'
import { type RecordContext, requireVerb, visibleForm } from '#records/context.ts'
import { evaluateRecord } from '#records/evaluate.ts'
import { historyOf, whyOf } from '#records/history.ts'
import { type Moment, recordAt } from '#records/past.ts'
import { type ListQuery, pageText, recordText } from '#records/read.ts'
import { deleteRecord, restoreRecord } from '#records/remove.ts'
import { createRecord, updateRecord, type Written } from '#records/write.ts'
import { type Answer, type Call, route } from '../call.ts'
import { once } from '../idempotent.ts'
import { etagOf, requireVersion } from '../precondition.ts'
import { issueEntry } from '../problem-document.ts'
import { given, jsonList, jsonOf, wholeNumber, words } from '../query-text.ts'

export const recordRoutes = [
  route(contract.recordsList, async ({ records, params, query }) => {
    const { filter, sort, fields, expand, limit, deleted, ...rest } = query
    const question = given({
      ...rest,
      filter: jsonOf(filter, 'filter'),
      sort: words(sort),
      fields: words(fields),
      expand: words(expand),
      limit: wholeNumber(limit, 'limit'),
      deleted: deleted === undefined ? undefined : 'bin',
    })
    return { status: 200, content: json(await pageText(records, params.form, question as ListQuery)) }
  }),
  route(contract.recordsQuery, async ({ records, params, body }) => {
    const { deleted, ...rest } = body
    const question = { ...rest, ...(deleted ? { deleted: 'bin' } : {}) } as ListQuery
    return { status: 200, content: json(await pageText(records, params.form, question)) }
  }),
  route(contract.recordsCreate, async (call) => {
    requireStill(call.records, call.params.form, 'create')
    return once(call as unknown as Call, async (context) => {
      const written = await createRecord(context, {
        verb: 'create',
        form: call.params.form,
        body: call.body as JsonObject,
      })
      const answer = await answerWritten(context, written, { status: 201, locale: call.locale })
      return {
        ...answer,
        headers: { ...answer.headers, location: `/api/forms/${call.params.form}/records/${written.id}` },
      }
    })
  }),
  route(contract.recordsRead, async ({ records, params, query }) => {
    const { text, version } = await recordText(
      records,
      params.form,
      params.id,
      given({ fields: words(query.fields), expand: words(query.expand) }) as ListQuery,
    )
    return { status: 200, content: json(text), headers: { etag: etagOf(version) } }
  }),
  route(contract.recordsChange, async (call) => {
    const version = requireVersion(call as unknown as Call)
    const written = await updateRecord(call.records, {
      verb: 'update',
      ...call.params,
      body: call.body as JsonObject,
      version,
    })
    return answerWritten(call.records, written, { status: 200, locale: call.locale })
  }),
  route(contract.recordsDelete, async (call) => {
    const written = await deleteRecord(call.records, {
      ...call.params,
      version: requireVersion(call as unknown as Call),
    })
    return { status: 204, headers: { etag: etagOf(written.version) } }
  }),
  route(contract.recordsRestore, async (call) => {
    requireStill(call.records, call.params.form, 'delete')
    return once(call as unknown as Call, async (context) => {
      return answerWritten(context, await restoreRecord(context, call.params), { status: 200, locale: call.locale })
    })
  }),
  route(contract.recordsEvaluate, async ({ records, params, body, locale }) => {
    const { values, rules, issues, warnings } = await evaluateRecord(
      records,
      params.form,
      body as { values: JsonObject },
    )
    return {
      status: 200,
      body: {
        values,
        rules,
        errors: issues.map((issue) => issueEntry(issue, locale)),
        warnings: warnings.map((issue) => issueEntry(issue, locale)),
      },
    }
  }),
  route(contract.recordsWhy, async ({ records, params, query }) => ({
    status: 200,
    body: await whyOf(records, params.form, params.id, query.verb),
  })),
  route(contract.recordsHistory, async ({ records, params, query }) => {
    if (query.at !== undefined) {
      const at = { id: params.id, moment: momentOf(query.at, query.before ?? query.limit) }
      return { status: 200, body: await recordAt(records, params.form, at) }
    }
    const page = given({ before: wholeNumber(query.before, 'before'), limit: wholeNumber(query.limit, 'limit') })
    return {
      status: 200,
      body: await historyOf(records, params.form, params.id, page as { before: number; limit: number }),
    }
  }),
  route(contract.recordsAggregate, async ({ records, params, query }) => {
    const question = given({
      group: jsonList(query.group, 'group')?.map(fieldName),
      measures: jsonList(query.measures, 'measures'),
      filter: jsonOf(query.filter, 'filter'),
      view: query.view,
    })
    return {
      status: 200,
      body: await aggregateRecords(records, params.form, question as Parameters<typeof aggregateRecords>[2]),
    }
  }),
]

/** Text of JSON that is put together already. */
function json(text: string) {
  return { type: 'application/json; charset=utf-8', data: text }
}

/** `at` stands alone: one record has no pages. */
function momentOf(text: string, paging: string | undefined): Moment {
  if (paging === undefined && /^[1-9]\d{0,14}$/.test(text)) return { version: Number(text) }
  const time = text.replace(/(:\d\d)Z$/, '$1.000Z')
  if (paging === undefined && isDatetime(time)) return { ms: datetimeMs(time) }
  throw new Refusal('query-invalid', { issues: [{ pointer: '/at', code: 'not-a-datetime' }] })
}

function fieldName(value: Json): string {
  if (typeof value === 'string') return value
  throw new Refusal('query-invalid', {
    issues: [{ pointer: '/group', code: 'wrong-type', params: { expected: 'string' } }],
  })
}

/** Before a recorded answer is given again: a right that is gone is gone for it, too. */
function requireStill(context: RecordContext, form: string, verb: string): void {
  requireVerb(visibleForm(context, form).policy, verb)
}

/** The record as its writer may see it now; who may write but not read learns the id and the version. */
async function answerWritten(
  context: RecordContext,
  written: Written,
  how: { readonly status: number; readonly locale: string },
): Promise<Answer> {
  const text = await readBack(context, written)
  const warnings = written.warnings.map((issue) => issueEntry(issue, how.locale))
  return {
    status: how.status,
    content: json(warnings.length > 0 ? `${text.slice(0, -1)},"warnings":${JSON.stringify(warnings)}}` : text),
    headers: { etag: etagOf(written.version) },
  }
}

async function readBack(context: RecordContext, { form, id, version }: Written): Promise<string> {
  try {
    return (await recordText(context, form, id)).text
  } catch (error) {
    if (error instanceof Refusal && error.problem.code === 'not-found') return JSON.stringify({ id, version })
    throw error
  }
}
