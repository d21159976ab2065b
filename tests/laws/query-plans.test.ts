/**
 * How the database goes about every list, filter, sort, relation and row rule of the packs: for an admin and for each role, read from
 * SQLite's own plans. A page must not cost more because a table has grown: an index finds it, or gives its order; what does not is named.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#access/actor.ts'
import { roleNames } from '#access/built-in.ts'
import type { Json } from '#base/json.ts'
import type { ViewDefinition } from '#definitions/definition.ts'
import type { FormModel } from '#definitions/model.ts'
import { installPack } from '#publish/packs.ts'
import type { RecordContext } from '#records/context.ts'
import { mayUseView } from '#records/list-plan.ts'
import type { ListQuery } from '#records/read.ts'
import { planned } from '#records/read-plan.ts'
import type { StatementText } from '#storage/compilers.ts'
import { type Connection, contextOf } from '#storage/connection.ts'
import { databases } from '#tests/support/databases.ts'
import { openTestWorkspace, type TestWorkspace } from '#tests/support/workspace.ts'

interface Question {
  readonly name: string
  readonly form: string
  /** null: one record by its id. */
  readonly query: ListQuery | null
}

interface Plan {
  /** Names that stand for a table of records or rows. */
  readonly tables: ReadonlySet<string>
  readonly steps: readonly Step[]
}

interface Step {
  readonly id: number
  readonly parent: number
  readonly detail: string
}

const id = '019aa3d0-0000-7000-8000-000000000001'
const other = '019aa3d0-0000-7000-8000-000000000002'
const sqlite = databases.filter((database) => database.name === 'sqlite')
const v = (path: string): Json => ({ var: path })

/** What is found by an index and then put in order, and why that stays small or cannot be helped. */
const excused: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    / (deciders|all_campaign_members|all_option_groups|all_price_rules|all_unit_conversions) as /,
    'in the order of the titles of links, which stand in another table',
  ],
  [
    / (open_\w+|closing_opportunities|late_orders|order_calendar) as \w+: USE TEMP/,
    'what is in one of the few states of unfinished work: the finished is not looked at',
  ],
  [/ of one \w+(, changed last)? as \w+: USE TEMP/, 'the records that link to one other'],
  [/^customer \w+ as portal_customer: USE TEMP/, 'one customer: their own'],
  [
    /^(lead|sales_target) \w+ as sales_rep: USE TEMP/,
    'either of two rules: own ones and those of the team or the pool',
  ],
  [
    /^(contact|maintenance_plan|order|survey|ticket_message|warranty_item) \w+ as (agent|portal_customer|sales_rep): USE TEMP/,
    'found from the other side: what hangs on the customers or tickets of the caller',
  ],
  [
    /^(activity|contact|contract|customer|lead|maintenance_plan|opportunity|order|quote|sales_target|survey|ticket|ticket_message|warranty_item) \w+ as (sales_manager|service_lead): USE TEMP/,
    'what belongs to a branch of teams: several ranges of the index, each in order',
  ],
]

describe.each(sqlite)('the plans of the packs', (database) => {
  let opened: TestWorkspace
  let callers: ReadonlyMap<string, RecordContext>
  beforeAll(async () => {
    opened = await openTestWorkspace(database)
    await installPack(opened.workspace, opened.admin, { name: 'erp_crm' })
    const model = await opened.workspace.model()
    callers = new Map(
      await Promise.all(roleNames(model).map(async (role) => [role, await opened.context(actorOf(role))] as const)),
    )
  })
  afterAll(() => opened.close())

  /** Every attribute that rules ask for is there: an empty one would deny, and cost nothing. */
  function actorOf(role: string): Actor {
    const row = { id, roles: [role], team: other, contact: other, title: role, active: true }
    return { id, name: role, roles: [role], locale: 'en', zone: 'UTC', row }
  }

  it('look at no table from its first row to its last, and sort no more than a page', async () => {
    const found: string[] = []
    let asked = 0
    for (const [role, context] of callers) {
      for (const question of questionsOf(context)) {
        asked += 1
        for (const plan of await plansOf(context, question))
          found.push(
            ...complaints(plan).map((complaint) => `${question.form} ${question.name} as ${role}: ${complaint}`),
          )
      }
    }
    expect(asked).toBeGreaterThan(1000)
    expect(found.filter((one) => !excused.some(([pattern]) => pattern.test(one)))).toEqual([])
    expect(excused.filter(([pattern]) => !found.some((one) => pattern.test(one)))).toEqual([])
  })
})

function questionsOf(context: RecordContext): readonly Question[] {
  return [...context.model.forms.values()].flatMap((form) => {
    if (!context.policy.form(form.name)?.may('read')) return []
    const views = [...context.model.views.values()].filter(
      (view) => view.form === form.name && mayUseView(context, view.roles),
    )
    return [
      { name: 'get', form: form.name, query: null },
      { name: 'list', form: form.name, query: {} },
      ...views
        .filter((view) => !view.parent || reads(context, form, view.parent))
        .flatMap((view) => questionsOfView(form, view)),
      ...relations(context, form),
    ]
  })
}

function questionsOfView(form: FormModel, view: ViewDefinition): readonly Question[] {
  const ask = (name: string, query: ListQuery) => ({
    name: `${view.name}${name}`,
    form: form.name,
    query: { ...query, view: view.name },
  })
  if (view.type === 'calendar' && view.date) {
    const time = form.fields.get(view.date)?.type.is === 'datetime' ? 'T00:00:00.000Z' : ''
    const [from, to] = [`2026-11-01${time}`, `2026-11-30${time}`]
    const within: Json = { and: [{ '>=': [v(view.date), from] }, { '<=': [v(view.date), to] }] }
    return [ask('', { filter: within, sort: [view.date] })]
  }
  if (view.type === 'tree' && view.parent)
    return [
      ask(' roots', { filter: { empty: v(view.parent) } }),
      ask(' branch', { filter: { '==': [v(view.parent), id] } }),
    ]
  if (view.type === 'board' && view.by) return [ask(' lane', { filter: { '==': [v(view.by), laneOf(form, view.by)] } })]
  return [ask('', {})]
}

function laneOf(form: FormModel, by: string): Json {
  if (by === 'state') return form.lifecycle?.states[0]?.name ?? ''
  const options = form.fields.get(by)?.definition['options']
  const [first] = Array.isArray(options) ? options : []
  return (first as { readonly value: string } | undefined)?.value ?? ''
}

function reads(context: RecordContext, form: FormModel, field: string): boolean {
  return context.policy.form(form.name)?.grants.some((grant) => grant.fields.reads(field)) === true
}

/** What links here, as panels of a record and as filters of people ask for it. */
function relations(context: RecordContext, form: FormModel): readonly Question[] {
  const links = [...form.fields.values()].filter((field) => field.type.is === 'record' && !field.table && field.stored)
  return links
    .filter((field) => reads(context, form, field.name))
    .flatMap(({ name }) => [
      { name: `of one ${name}`, form: form.name, query: { filter: { '==': [v(name), id] } } },
      {
        name: `of one ${name}, changed last`,
        form: form.name,
        query: { filter: { '==': [v(name), id] }, sort: ['-updated_at'] },
      },
    ])
}

/** Of the first page and of the one after it. */
async function plansOf(context: RecordContext, { form, query }: Question): Promise<readonly Plan[]> {
  const policy = context.policy.form(form)
  if (!policy) return []
  const first = planned(context, policy, query ? { query, limit: 50, after: null } : { query: {} }).page
  const after = first.keys.map(() => id)
  const pages = query ? [first, planned(context, policy, { query, limit: 50, after }).page] : [first]
  return context.db.read((db) =>
    explained(
      db,
      pages.flatMap(({ statements }) => statements),
    ),
  )
}

async function explained(db: Connection, statements: readonly StatementText[]): Promise<readonly Plan[]> {
  const plans: Plan[] = []
  for (const { text, parameters } of statements) {
    const aliases = [...text.matchAll(/"r_[^"]+"\s+as\s+"?(\w+)"?/gi)].map(([, alias]) => alias ?? '')
    const walks = new Set([...text.matchAll(/with recursive "?(\w+)"?/gi)].map(([, name]) => name))
    const tables = new Set(aliases.filter((alias) => !walks.has(alias)))
    const values = parameters.map((one) => (typeof one === 'symbol' ? id : one))
    const { rows } = await contextOf(db).session.run(`explain query plan ${text}`, values)
    plans.push({ tables, steps: rows as unknown as Step[] })
  }
  return plans
}

/** `p` is a page that is put in order again after it has been cut. */
function complaints({ tables, steps }: Plan): readonly string[] {
  const pages = steps.filter(({ detail }) => /^(CO-ROUTINE|MATERIALIZE) p$/.test(detail)).map((step) => step.id)
  return steps.flatMap(({ detail, parent }) => {
    const whole = /^SCAN (\w+)$/.exec(detail)?.[1]
    if (whole !== undefined && tables.has(whole)) return [detail]
    const isPage = pages.length === 0 ? parent === 0 : pages.includes(parent)
    return isPage && /^USE TEMP B-TREE FOR (LAST .* OF |RIGHT PART OF )?ORDER BY$/.test(detail) ? [detail] : []
  })
}
