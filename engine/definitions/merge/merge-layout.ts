/** Layout of an extension: tabs, sections and items are placed `after` a name; nothing moves and nothing goes. */
import type { Layout, LayoutItem, LayoutSection, LayoutTab } from '../definition.ts'
import { insertAfter, type MergePlace } from './merge-list.ts'

/** Without an anchor, items and sections stand at the end of the first tab, tabs at the end. */
export function mergeLayout(base: Layout, added: Layout, place: MergePlace): Layout {
  const withTabs = (added.tabs ?? []).reduce((tabs, tab) => addTab(tabs, tab, place), base.tabs ?? [])
  const withSections = (added.sections ?? []).reduce((tabs, section) => addSection(tabs, section, place), withTabs)
  const tabs = (added.items ?? []).reduce((before, item) => addItem(before, item, place), withSections)
  const aside = added.aside ? [...(base.aside ?? []), ...added.aside] : base.aside
  return { ...base, tabs, ...(aside ? { aside } : {}) }
}

type Tabs = readonly LayoutTab[]

function addTab(tabs: Tabs, { after, ...tab }: LayoutTab, place: MergePlace): Tabs {
  const existing = tabs.find((other) => other.id === tab.id)
  if (existing)
    return tabs.map((other) =>
      other === existing ? { ...existing, sections: [...existing.sections, ...tab.sections] } : other,
    )
  if (after === undefined) return [...tabs, tab]
  return (
    insertAfter(tabs, tab, (other) => other.id === after) ?? missing(tabs, { after, what: `tabs/${tab.id}` }, place)
  )
}

function addSection(tabs: Tabs, { after, ...section }: LayoutSection, place: MergePlace): Tabs {
  const target = after ?? tabs[0]?.id ?? ''
  const atTab = tabs.find((tab) => tab.id === target)
  if (atTab) return tabs.map((tab) => (tab === atTab ? { ...tab, sections: [...tab.sections, section] } : tab))
  const changed = tabs.map((tab) =>
    withSections(
      tab,
      insertAfter(tab.sections, section, (other) => other.id === target),
    ),
  )
  return changed.some((tab, at) => tab !== tabs[at])
    ? changed
    : missing(tabs, { after: target, what: `sections/${section.id}` }, place)
}

function withSections(tab: LayoutTab, sections: readonly LayoutSection[] | undefined): LayoutTab {
  return sections ? { ...tab, sections } : tab
}

function addItem(tabs: Tabs, { after, ...item }: LayoutItem, place: MergePlace): Tabs {
  const amended = item.field === undefined ? tabs : eachSection(tabs, (section) => amendItem(section, item, after))
  if (amended !== tabs) return amended
  const target = after ?? tabs[0]?.sections.at(-1)?.id ?? ''
  const changed = eachSection(tabs, (section) => placeItem(section, item, target))
  return changed === tabs
    ? missing(tabs, { after: target, what: `items/${item.field ?? item.id ?? ''}` }, place)
    : changed
}

/** The item shows a table that is shown already: its columns and totals join those there. */
function amendItem(section: LayoutSection, item: LayoutItem, after: string | undefined): LayoutSection {
  const existing = section.items.find((other) => other.field === item.field && other.columns && item.columns)
  if (!existing) return section
  const at = after === undefined ? -1 : (existing.columns ?? []).indexOf(after)
  const columns = [...(existing.columns ?? [])]
  columns.splice(at < 0 ? columns.length : at + 1, 0, ...(item.columns ?? []))
  const totals = [...(existing.totals ?? []), ...(item.totals ?? [])]
  const merged = { ...existing, columns, ...(totals.length > 0 ? { totals } : {}) }
  return { ...section, items: section.items.map((other) => (other === existing ? merged : other)) }
}

function placeItem(section: LayoutSection, item: LayoutItem, target: string): LayoutSection {
  if (section.id === target) return { ...section, items: [...section.items, item] }
  const items = insertAfter(section.items, item, (other) => other.field === target || other.id === target)
  return items ? { ...section, items } : section
}

/** The same array where nothing changed; at most one section changes. */
function eachSection(tabs: Tabs, change: (section: LayoutSection) => LayoutSection): Tabs {
  for (const tab of tabs) {
    for (const section of tab.sections) {
      const changed = change(section)
      if (changed !== section)
        return tabs.map((other) =>
          other === tab ? { ...tab, sections: tab.sections.map((one) => (one === section ? changed : one)) } : other,
        )
    }
  }
  return tabs
}

function missing(tabs: Tabs, wanted: { readonly after: string; readonly what: string }, place: MergePlace): Tabs {
  place.issues.push({
    pointer: `${place.pointer}/${wanted.what}/after`,
    code: 'unknown-after',
    params: { after: wanted.after },
  })
  return tabs
}
