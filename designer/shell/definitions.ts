/** Definitions over the wire: read what is published, publish, or ask what publishing would do. */
import { Bug } from '#base/bug.ts'
import type { JsonObject } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import type { FieldProblem } from '#contract/wire-problem.ts'
import { buildModel } from '#definitions/build-model.ts'
import type { Definition, FormDefinition } from '#definitions/definition.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import type { Model } from '#definitions/model.ts'
import { systemPack } from '#definitions/system/forms.ts'
import { request } from '#ui/client/request.ts'
import type { Publication } from '../model/difference.ts'

interface DefinitionsAnswer {
  readonly revision: number
  readonly definitions: readonly { readonly pack: string | null; readonly definition: Definition }[]
}

/** The whole of what is published, as the server builds it: who builds sees definitions whose records they may not read. */
export async function readModel(kinds: FieldKinds): Promise<Model> {
  const { revision, definitions } = await request<DefinitionsAnswer>('/api/definitions?full=true')
  const given = definitions
    .filter(({ pack }) => pack !== systemPack)
    .map(({ definition, pack }) => ({ definition, ...(pack ? { pack } : {}) }))
  const built = buildModel(given, kinds, revision)
  if (!built.ok) throw new Bug('what is published does not build', { issues: built.problem })
  return built.value
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
    base,
    ...(note ? { note } : {}),
    ...(put ? { definitions: [put as unknown as JsonObject] } : {}),
    ...(remove ? { remove: [{ kind: 'form', name: form }] } : {}),
  }
}

/** What a new form begins with: a name, on one tab with one section. */
export function newForm(name: string, label: Text): FormDefinition {
  return {
    kind: 'form',
    name,
    label,
    icon: 'forms',
    title: { var: 'name' },
    fields: [{ name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true, search: true }],
    layout: { tabs: [{ id: 'main', label, sections: [{ id: 'head', columns: 2, items: [{ field: 'name' }] }] }] },
  }
}
