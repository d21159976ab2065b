/** Definitions over the wire: read a form with its sources, publish, or ask what publishing would do. */
import type { JsonObject } from '#base/json.ts'
import type { FieldProblem } from '#contract/wire-problem.ts'
import type { FormDefinition } from '#definitions/definition.ts'
import { request } from '#ui/client/request.ts'
import type { Publication } from '../model/difference.ts'
import { type PublishedForm, publishedForm, type FormSources } from '../model/sources.ts'

export async function readForm(name: string): Promise<PublishedForm> {
  return publishedForm(await request<FormSources>(`/api/definitions/form/${name}`))
}

export interface PublishAnswer {
  readonly revision: number
  /** Warnings, in words. */
  readonly issues: readonly FieldProblem[]
}

export interface PublishOrder {
  readonly publication: Publication
  readonly form: string
  /** The revision that was edited. */
  readonly base: number
  readonly note?: string
}

export function rehearse(order: PublishOrder): Promise<PublishAnswer> {
  return request('/api/definitions', { method: 'POST', body: { ...bodyOf(order), dry_run: true } })
}

export function publish(order: PublishOrder): Promise<PublishAnswer> {
  return request('/api/definitions', { method: 'POST', body: bodyOf(order) })
}

function bodyOf({ publication: { put, remove }, form, base, note }: PublishOrder): JsonObject {
  return {
    base, ...(note ? { note } : {}), ...(put ? { definitions: [put as unknown as JsonObject] } : {}), ...(remove ? { remove: [{ kind: 'form', name: form }] } : {}),
  }
}

/** What a new form begins with: a name, on one tab with one section. */
export function newForm(name: string, label: Text): FormDefinition {
  return {
    kind: 'form', name, label, icon: 'forms', title: { var: 'name' },
    fields: [{ name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true, search: true }],
    layout: { tabs: [{ id: 'main', label, sections: [{ id: 'head', columns: 2, items: [{ field: 'name' }] }] }] },
  }
}
