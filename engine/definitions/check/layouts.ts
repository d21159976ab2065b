/** Layouts of forms and form views: items point at what exists, ids are unique, no field is forgotten. */
import type { Issue } from '#base/problems.ts'
import type { Layout, LayoutItem, LayoutSection, LayoutTab } from '../definition.ts'
import type { FormModel, Model } from '../model.ts'
import { type Check, type Checking, error, mustAllExist, mustExist, warning } from './checking.ts'
import { namesOf } from './resolve.ts'

export const checkLayouts: Check = ({ model }) => [
  ...[...model.forms.values()].flatMap((form) => formLayout(model, form)),
  ...[...model.views.values()].flatMap((view) => {
    const form = model.forms.get(view.form)
    return form && view.layout ? layoutIssues({ model, form, pointer: `/view/${view.name}/layout` }, view.layout) : []
  }),
]

interface LayoutPlace extends Pick<Checking, 'model'> {
  readonly form: FormModel
  readonly pointer: string
}

function formLayout(model: Model, form: FormModel): readonly Issue[] {
  const { layout } = form.definition
  if (!layout) return []
  const place = { model, form, pointer: `/form/${form.name}/layout` }
  return [...layoutIssues(place, layout), ...forgotten(form, layout)]
}

/** A field that no item shows can be filled by nobody. */
function forgotten(form: FormModel, layout: Layout): readonly Issue[] {
  const shown = new Set(
    (layout.tabs ?? [])
      .flatMap((tab) => tab.sections)
      .flatMap((section) => section.items)
      .map((item) => item.field),
  )
  return [...form.fields.values()]
    .filter((field) => !shown.has(field.name) && field.definition.visible !== false)
    .map((field) => warning(`/form/${form.name}/fields/${field.name}`, 'field-not-in-layout', { name: field.name }))
}

function layoutIssues(place: LayoutPlace, layout: Layout): readonly Issue[] {
  const extensionOnly = (['sections', 'items'] as const).filter((key) => layout[key] !== undefined)
  return [
    ...extensionOnly.map((property) => error(`${place.pointer}/${property}`, 'only-in-extension', { property })),
    ...repeatedIds(place, layout),
    ...(layout.tabs ?? []).flatMap((tab) => tabIssues(place, tab)),
    ...(layout.aside ?? []).flatMap((panel, index) =>
      panelIssues({ ...place, pointer: `${place.pointer}/aside/${index}` }, panel),
    ),
  ]
}

function tabIssues(place: LayoutPlace, tab: LayoutTab): readonly Issue[] {
  const pointer = `${place.pointer}/tabs/${tab.id}`
  return [
    ...afterIssues(pointer, tab),
    ...tab.sections.flatMap((section) =>
      sectionIssues({ ...place, pointer: `${pointer}/sections/${section.id}` }, section),
    ),
  ]
}

function sectionIssues(place: LayoutPlace, section: LayoutSection): readonly Issue[] {
  const items = section.items.flatMap((item, index) => {
    const at = { ...place, pointer: `${place.pointer}/items/${item.id ?? item.field ?? index}` }
    const wide =
      (item.span ?? 1) > (section.columns ?? 6)
        ? [warning(`${at.pointer}/span`, 'span-too-wide', { span: item.span ?? 1, columns: section.columns ?? 1 })]
        : []
    return [...itemIssues(at, item), ...wide]
  })
  return [...afterIssues(place.pointer, section), ...items]
}

function itemIssues(place: LayoutPlace, item: LayoutItem): readonly Issue[] {
  const { form, pointer } = place
  const content = [item.field, item.text, item.action, item.panel].filter((part) => part !== undefined)
  if (content.length !== 1) return [error(pointer, 'exactly-one', { of: 'field, text, action, panel' })]
  const transitions = new Set(form.lifecycle?.transitions.map((transition) => transition.name))
  return [
    ...afterIssues(pointer, item),
    ...mustExist(item.field, namesOf(form), { pointer: `${pointer}/field`, code: 'unknown-field' }),
    ...mustExist(item.action, transitions, { pointer: `${pointer}/action`, code: 'unknown-transition' }),
    ...columnIssues(place, item),
    ...(item.panel === undefined ? [] : panelIssues(place, { ...item, panel: item.panel })),
  ]
}

function columnIssues({ form, pointer }: LayoutPlace, item: LayoutItem): readonly Issue[] {
  if (item.columns === undefined && item.totals === undefined) return []
  const table = form.fields.get(item.field ?? '')?.table
  if (!table)
    return [error(`${pointer}/${item.columns ? 'columns' : 'totals'}`, 'field-not-table', { name: item.field ?? '' })]
  return [
    ...mustAllExist(item.columns, table.fields, { pointer: `${pointer}/columns`, code: 'unknown-field' }),
    ...mustAllExist(item.totals, table.fields, { pointer: `${pointer}/totals`, code: 'unknown-field' }),
  ]
}

interface Panel {
  readonly panel: string
  readonly form?: string
  readonly link?: string
}

function panelIssues({ model, form, pointer }: LayoutPlace, { panel, form: name, link }: Panel): readonly Issue[] {
  const extra = (['form', 'link'] as const).filter((key) => (key === 'form' ? name : link) !== undefined)
  if (panel !== 'related')
    return extra.map((property) => error(`${pointer}/${property}`, 'property-not-for-type', { property, type: panel }))
  if (name === undefined || link === undefined)
    return [
      error(`${pointer}/${name === undefined ? 'form' : 'link'}`, 'missing-property', {
        property: name === undefined ? 'form' : 'link',
      }),
    ]
  const other = model.forms.get(name)
  if (!other) return [error(`${pointer}/form`, 'unknown-form', { name })]
  const system = ['owner', 'created_by', 'updated_by'].includes(link) && form.name === 'user'
  const field = other.fields.get(link)
  if (!field && !system) return [error(`${pointer}/link`, 'unknown-field', { name: link })]
  return system || field?.kind.linksTo?.(field.definition).includes(form.name)
    ? []
    : [error(`${pointer}/link`, 'links-elsewhere', { name: link })]
}

function afterIssues(pointer: string, part: { readonly after?: string }): readonly Issue[] {
  return part.after === undefined ? [] : [error(`${pointer}/after`, 'only-in-extension', { property: 'after' })]
}

/** Tabs, sections and items share one space of ids: `after` points into it. */
function repeatedIds(place: LayoutPlace, layout: Layout): readonly Issue[] {
  const tabs = layout.tabs ?? []
  const sections = tabs.flatMap((tab) => tab.sections)
  const ids = [
    ...sections.map(({ id }) => id),
    ...sections.flatMap(({ items }) => items).flatMap(({ id }) => (id === undefined ? [] : [id])),
  ]
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
  const tabIds = tabs.map(({ id }) => id)
  for (const id of tabIds.filter((one, index) => tabIds.indexOf(one) !== index)) repeated.add(id)
  return [...repeated].map((name) => error(place.pointer, 'name-taken', { name }))
}
