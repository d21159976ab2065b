/** What the application is for this caller, and what the API says about itself. */
import { createHash } from 'node:crypto'
import type { Account } from '#accounts/account.ts'
import { Bug } from '#base/bug.ts'
import type { JsonObject } from '#base/json.ts'
import { catalogue, Refusal } from '#base/problems.ts'
import { resolveText } from '#base/text.ts'
import * as contract from '#contract/routes/app.ts'
import type { FieldModel, Model } from '#definitions/model.ts'
import { describeApp, describeForm } from '#records/describe.ts'
import { isReachable } from '#storage/database.ts'
import { type Answer, type Call, route } from '../call.ts'
import { docsPage } from '../docs-page.ts'
import { openApi } from '../openapi.ts'
import { isHeld } from '../precondition.ts'
import { problemPage } from '../problem-page.ts'
import { userAnswer } from '../user-answer.ts'

export const appRoutes = [
  route(contract.appRead, async (call) => {
    if (!call.caller) throw new Bug('a session route without a caller')
    const { account } = call.caller
    const workspace = await call.parts.workspace.settings()
    const user = { ...userAnswer(account), values: ownValues(call.model, account) }
    return tagged(call as unknown as Call, { workspace, user, ...describeApp(call.records) })
  }),
  route(contract.formsRead, async (call) =>
    tagged(call as unknown as Call, describeForm(call.records, call.params.form)),
  ),
  route(contract.openapiRead, async (call) => ({
    status: 200,
    content: { type: 'application/json; charset=utf-8', data: await openApi(call.records, call.locale) },
  })),
  route(contract.docsRead, async (call) => ({
    status: 200,
    content: { type: 'text/html; charset=utf-8', data: docsPage(call.locale) },
  })),
  route(contract.problemsRead, async (call) => {
    const { code } = call.params
    if (!Object.hasOwn(catalogue, code)) throw new Refusal('not-found')
    const entry = catalogue[code as keyof typeof catalogue]
    if (call.header('accept')?.includes('text/html'))
      return {
        status: 200,
        content: { type: 'text/html; charset=utf-8', data: problemPage(code as keyof typeof catalogue, call.locale) },
      }
    return {
      status: 200,
      body: {
        type: `/problems/${code}`,
        status: entry.status,
        title: resolveText(entry.title, call.locale),
        advice: resolveText(entry.advice, call.locale),
      },
    }
  }),
  route(contract.livezRead, async () => ({
    status: 200,
    content: { type: 'text/plain; charset=utf-8', data: 'ok\n' },
  })),
  route(contract.readyzRead, async ({ parts }) => {
    if (!(await isReachable(parts.workspace.db))) throw new Refusal('unavailable')
    // Not a refusal: who takes the node away because of it takes the reading away, too.
    const text = parts.workspace.db.load().readOnly ? 'read-only\n' : 'ok\n'
    return { status: 200, content: { type: 'text/plain; charset=utf-8', data: text } }
  }),
]

/** What rules may name by `$user`, without what is kept from lists and copies. */
function ownValues(model: Model, account: Account): JsonObject {
  const kept = (field: FieldModel | undefined) =>
    field?.definition.sensitive === true || field?.definition.encrypted === true
  const open = Object.entries(account.record.values).filter(
    ([name]) => !kept(model.forms.get('user')?.fields.get(name)),
  )
  return { ...Object.fromEntries(open), id: account.id }
}

/** An answer that the client may keep until it changes. */
function tagged(call: Call, body: unknown): Answer {
  const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`
  return isHeld(call, etag) ? { status: 304, headers: { etag } } : { status: 200, body, headers: { etag } }
}
