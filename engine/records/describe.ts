/** Metadata by policy: a form, its views and the menu as this caller may see them. What is hidden is absent here too. */

import { builderRole } from '#access/actor.ts'
import { fieldAt } from '#access/field-set.ts'
import { type FormPolicy, has } from '#access/policy.ts'
import { mayRead } from '#access/seen-model.ts'
import type { Json, JsonObject } from '#base/json.ts'
import type { FieldDefinition, Layout, MenuItem, ViewDefinition } from '#definitions/definition.ts'
import { implicitLayout } from '#definitions/implicit-layout.ts'
import type { RecordContext } from './context.ts'
import { visibleForm } from './context.ts'
import { zeroOf } from './empty-rollups.ts'
import { mayUseView } from './list-plan.ts'
import { namesIn, pruneNames } from './prune-names.ts'

/** The definition without hidden fields, with `policy` and `lifecycle` beside it. */
export function describeForm(context: RecordContext, name: string): JsonObject {
  const { form, policy } = visibleForm(context, name)
  const seen = (path: string) => mayRead(policy, path) || isMasked(policy, path) || hasSeenColumn(policy, path)
  const fields = form.definition.fields.filter((field) => seen(field.name)).map((field) => seenField(policy, field))
  const isHidden = (path: string) => !knownOrSeen(policy, path, seen)
  const { checks, measures, unique, locked_when: locked, no_overlap: ranges, ...rest } = form.definition
  const layout = form.definition.layout?.tabs ? form.definition.layout : implicitLayout(form.definition)
  return {
    ...(rest as unknown as JsonObject),
    fields: fields as unknown as Json,
    checks: (checks ?? []).filter((check) =>
      namesIn(check.assert).every((path) => knownOrSeen(policy, path, seen)),
    ) as unknown as Json,
    measures: (measures ?? []).filter((measure) => !measure.of || mayRead(policy, measure.of)) as unknown as Json,
    unique: (unique ?? []).filter((set) => set.every(seen)) as unknown as Json,
    ...(ranges
      ? {
          no_overlap: ranges.filter((range) =>
            [...range.keys, range.from, range.to].every((path) => !isHidden(path)),
          ) as unknown as Json,
        }
      : {}),
    ...(locked && !namesIn(locked.when).some(isHidden)
      ? {
          locked_when: {
            ...locked,
            ...(locked.except ? { except: locked.except.filter((path) => !isHidden(path)) } : {}),
          } as unknown as Json,
        }
      : {}),
    ...(rest.title !== undefined && !mayRead(policy, 'title') ? { title: null } : {}),
    layout: seenLayout(context, layout, seen) as unknown as Json,
    ...(form.lifecycle ? { lifecycle: pruneNames(form.lifecycle as unknown as Json, isHidden) } : {}),
    policy: policyOf(policy),
  }
}

/** Everything the shell needs: menu, forms, views. */
export function describeApp(context: RecordContext): JsonObject {
  const names = [...context.model.forms.keys()].filter(
    (name) => context.policy.form(name)?.may('read') || context.policy.form(name)?.may('create'),
  )
  const forms = names.map((name) => describeForm(context, name))
  const views = [...context.model.views.values()]
    .filter((view) => names.includes(view.form) && mayUseView(context, view.roles))
    .flatMap((view) => seenView(context, view) ?? [])
  const viewNames = new Set(views.map((view) => view.name))
  const seenItem = (item: MenuItem) =>
    item.view ? viewNames.has(item.view) : item.form ? names.includes(item.form) : false
  const menu = context.model.menu
    .map((group) => ({ ...group, items: group.items.filter(seenItem) }))
    .filter((group) => group.items.length > 0)
  return {
    revision: context.model.revision,
    menu: menu as unknown as Json,
    forms,
    views: views as unknown as Json,
    packs: [...context.model.packs.keys()],
    admin: context.policy.admin,
    builder: context.policy.admin || context.policy.roles.includes(builderRole),
  }
}

function policyOf(policy: FormPolicy): JsonObject {
  const paths = policy.form.definition.fields.flatMap((field) => [
    field.name,
    ...(field.fields ?? []).map((column) => `${field.name}.${column.name}`),
  ])
  const writers = policy.grants.filter((grant) => has(grant.verbs, 'update') || has(grant.verbs, 'create'))
  const transitions = policy.form.lifecycle?.transitions.map((transition) => `transition:${transition.name}`) ?? []
  const verbs = ['read', 'create', 'update', 'delete', 'export', 'import', ...transitions].filter((verb) =>
    policy.may(verb),
  )
  return {
    verbs,
    readonly: paths.filter(
      (path) =>
        (mayRead(policy, path) || isMasked(policy, path)) && !writers.some((grant) => grant.fields.writes(path)),
    ),
    masked: paths.filter((path) => isMasked(policy, path)),
    owner: writers.some((grant) => grant.fields.writes('owner')),
  }
}

function isMasked(policy: FormPolicy, path: string): boolean {
  return !mayRead(policy, path) && policy.grants.some((grant) => has(grant.verbs, 'read') && grant.fields.masks(path))
}

function hasSeenColumn(policy: FormPolicy, path: string): boolean {
  return [...(fieldAt(policy.form, path)?.table?.fields.keys() ?? [])].some(
    (column) => mayRead(policy, `${path}.${column}`) || isMasked(policy, `${path}.${column}`),
  )
}

const ruleProperties = ['visible', 'required', 'readonly', 'default', 'filter', 'formula', 'copy'] as const

/** A field without the expressions that name what is hidden (the server still obeys them) and without how a roll-up is made. */
function seenField(policy: FormPolicy, field: FieldDefinition): FieldDefinition {
  const columns = field.fields
    ?.filter(
      (column) => mayRead(policy, `${field.name}.${column.name}`) || isMasked(policy, `${field.name}.${column.name}`),
    )
    .map((column) => seenRules(policy, column, field.name))
  return { ...seenRules(policy, field), ...(columns ? { fields: columns } : {}) }
}

function seenRules(policy: FormPolicy, field: FieldDefinition, table?: string): FieldDefinition {
  const { rollup, ...rest } = field
  const seen: Record<string, FieldDefinition[string]> = { ...rest }
  for (const property of ruleProperties) {
    const names =
      property === 'copy' ? Object.keys((field.copy ?? {}) as object) : namesIn((field[property] ?? null) as Json)
    if (
      names.some((name) =>
        isHidden(policy, property === 'filter' ? name.replace(/^\$record\./, '') : name, {
          table,
          filter: property === 'filter' && !name.startsWith('$record.'),
        }),
      )
    )
      delete seen[property]
  }
  const type = fieldAt(policy.form, table ? `${table}.${field.name}` : field.name)?.type.is ?? 'empty'
  return { ...(seen as FieldDefinition), ...(rollup ? { readonly: true, default: zeroOf(rollup.op, type) } : {}) }
}

/** Names of the candidate in a link's filter are the candidate's own affair. */
function isHidden(policy: FormPolicy, name: string, at: { table: string | undefined; filter: boolean }): boolean {
  if (at.filter) return false
  const [first, ...rest] = name.split('.') as [string, ...string[]]
  const path = first === '$parent' ? (rest[0] ?? '') : first
  if (path.startsWith('$')) return false
  const column = at.table !== undefined && first !== '$parent' ? fieldAt(policy.form, `${at.table}.${path}`) : undefined
  const full = column ? `${at.table}.${path}` : path
  return fieldAt(policy.form, full) !== undefined && !mayRead(policy, full) && !hasSeenColumn(policy, full)
}

function knownOrSeen(policy: FormPolicy, path: string, seen: (path: string) => boolean): boolean {
  const first = path.split('.')[0] as string
  return first.startsWith('$') || !policy.form.fields.has(first) || seen(first)
}

function seenLayout(context: RecordContext, layout: Layout, seen: (path: string) => boolean): Layout {
  const tabs = (layout.tabs ?? [])
    .map((tab) => ({
      ...tab,
      sections: tab.sections
        .map((section) => ({
          ...section,
          items: section.items
            .filter((item) => !item.field || seen(item.field))
            .map((item) => ({
              ...item,
              ...(item.columns ? { columns: item.columns.filter((column) => seen(`${item.field}.${column}`)) } : {}),
              ...(item.totals ? { totals: item.totals.filter((column) => seen(`${item.field}.${column}`)) } : {}),
            })),
        }))
        .filter((section) => section.items.length > 0),
    }))
    .filter((tab) => tab.sections.length > 0)
  const aside = (layout.aside ?? []).filter((panel) => !panel.form || context.policy.form(panel.form)?.may('read'))
  return { ...layout, tabs, aside }
}

function seenView(context: RecordContext, view: ViewDefinition): ViewDefinition | null {
  const policy = context.policy.form(view.form)
  if (!policy) return null
  const seen = (path: string) =>
    mayRead(policy, path) ||
    isMasked(policy, path) ||
    ['id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by'].includes(path)
  const isHidden = (path: string) => !knownOrSeen(policy, path, (name) => seen(name) || hasSeenColumn(policy, name))
  const needed = [view.by, view.date, view.until, view.parent].flatMap((path) => path ?? [])
  if (needed.some(isHidden)) return null
  const { filter, group, sum, ...rest } = view
  return {
    ...rest,
    ...(filter !== undefined && !namesIn(filter).some(isHidden) ? { filter } : {}),
    ...(group !== undefined && !(group !== null && isHidden(group)) ? { group } : {}),
    ...(sum !== undefined && !isHidden(sum) ? { sum } : {}),
    ...(view.columns ? { columns: view.columns.filter(seen) } : {}),
    ...(view.card ? { card: view.card.filter(seen) } : {}),
    ...(view.sort
      ? { sort: view.sort.filter((key) => seen(key.replace(/^-/, '')) && !isMasked(policy, key.replace(/^-/, ''))) }
      : {}),
  }
}
