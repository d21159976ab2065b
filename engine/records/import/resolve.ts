/** Texts in link columns → ids of records that the caller may see, by unique fields first, then by title. */

import { mayRead } from '#access/seen-model.ts'
import { visibilityOf, visibleTargets } from '#access/visibility.ts'
import type { FieldModel } from '#definitions/model.ts'
import type { Connection } from '#storage/connection.ts'
import { runList } from '#storage/query.ts'
import type { RecordContext } from '../context.ts'
import { isKey } from './mapping.ts'

/** Remembers what was found; what was not is asked again, for an earlier row may have made it meanwhile. */
export class LinkResolver {
  private readonly found = new Map<string, string>()
  private readonly context: RecordContext

  constructor(context: RecordContext) {
    this.context = context
  }

  /** The id behind a cell, `form/id` for an any_link, null where nothing (or more than one) fits. */
  async resolve(db: Connection, request: { field: FieldModel; text: string; key?: string }): Promise<string | null> {
    const { field, text } = request
    const type = field.type.is === 'list' ? field.type.of : field.type
    if (type.is === 'record')
      return this.find(db, { form: type.form, text, ...(request.key ? { key: request.key } : {}) })
    if (type.is !== 'any_record') return null
    const [form, ...rest] = text.split('/')
    if (form === undefined || !type.forms.includes(form)) return null
    const id = await this.find(db, { form, text: rest.join('/') })
    return id && `${form}/${id}`
  }

  /** The record whose `key` holds the text. */
  async byKey(db: Connection, request: { form: string; key: string; text: string }): Promise<string | null> {
    const ids = await this.lookUp(db, request)
    return ids.length === 1 ? (ids[0] ?? null) : null
  }

  private async find(db: Connection, request: { form: string; text: string; key?: string }): Promise<string | null> {
    const cacheKey = `${request.form} ${request.key ?? ''} ${request.text}`
    const known = this.found.get(cacheKey)
    if (known) return known
    for (const key of request.key ? [request.key] : keysOf(this.context, request.form)) {
      const ids = await this.lookUp(db, { ...request, key })
      const only = ids.length === 1 ? ids[0] : undefined
      if (only) {
        this.found.set(cacheKey, only)
        return only
      }
    }
    return null
  }

  private async lookUp(
    db: Connection,
    request: { form: string; text: string; key: string },
  ): Promise<readonly string[]> {
    const policy = this.context.policy.form(request.form)
    if (!policy || (request.key !== 'id' && !mayRead(policy, request.key))) return []
    const answer = await runList(db, {
      model: this.context.model,
      form: request.form,
      around: this.context.around,
      visible: visibilityOf(policy),
      targets: visibleTargets(this.context.model, this.context.policy),
      where: [{ field: request.key, oneOf: [request.text] }],
      select: [],
      sort: [],
      limit: 2,
    })
    return answer.rows.map((row) => row.record.id)
  }
}

/** Fields by which people name a record of the form, best first. */
function keysOf(context: RecordContext, form: string): readonly string[] {
  const model = context.model.forms.get(form)
  if (!model) return []
  const keys = [...model.fields.values()]
    .filter((field) => isKey(model, field.name) && field.type.is === 'text')
    .map((field) => field.name)
  const composed = (model.definition.unique ?? [])
    .flat()
    .filter((name) => ['code', 'name', 'number', 'login'].includes(name))
  const named = ['code', 'name', 'number', 'login'].filter((name) => model.fields.get(name)?.type.is === 'text')
  return [...new Set([...keys, ...composed, ...named, 'title', 'id'])]
}
