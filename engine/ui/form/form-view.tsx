/** The renderer: tabs, sections and items of a layout over a store; also the canvas of a designer. */
import { type ReactNode, useMemo, useState } from 'react'
import type { FormDefinition, Layout, LayoutItem, LayoutSection, LayoutTab } from '#definitions/definition.ts'
import { implicitLayout } from '#definitions/implicit-layout.ts'
import { Icon } from '../parts/icon.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { FieldView } from './field-view.tsx'
import { type Decorate, type FormMode, FormProvider, type FormRuntime, useFormRuntime } from './form-context.tsx'
import type { FormStore } from './form-store.ts'
import type { LinkedRecords } from './linked-records.ts'
import { TableView } from './table-view.tsx'
import { useProblems } from './use-problems.ts'

export interface FormViewProps {
  readonly form: FormDefinition
  readonly store: FormStore
  readonly mode: FormMode
  /** Another layout than the form's own. */
  readonly layout?: Layout
  readonly linked?: LinkedRecords
  /** A designer surrounds tabs, sections and items with its handles. */
  readonly decorate?: Decorate
  /** The tab that is shown; the view keeps its own when absent. */
  readonly tab?: string
  readonly onTab?: (id: string) => void
}

export function FormView({ form, store, mode, layout, linked, decorate, tab, onTab }: FormViewProps) {
  const runtime = useMemo<FormRuntime>(
    () => ({ form, store, mode, ...(linked ? { linked } : {}), ...(decorate ? { decorate } : {}) }),
    [form, store, mode, linked, decorate],
  )
  const [own, setOwn] = useState<string | undefined>()
  const tabs = (layout ?? form.layout)?.tabs ?? implicitLayout(form).tabs ?? []
  const chosen = tabs.find((one) => one.id === (tab ?? own)) ?? tabs[0]
  return (
    <FormProvider value={runtime}>
      <div className="fl-form">
        {(tabs.length > 1 || mode === 'design') && <Tabs tabs={tabs} chosen={chosen} onTab={onTab ?? setOwn} />}
        {tabs.map((one) => (
          <div
            key={one.id}
            {...(tabs.length > 1 ? { role: 'tabpanel', 'aria-labelledby': `tab-${one.id}` } : {})}
            id={`tab-${one.id}-panel`}
            hidden={one !== chosen}
            className="fl-tabpanel"
          >
            {one === chosen && one.sections.map((section) => <Section key={section.id} section={section} />)}
          </div>
        ))}
      </div>
    </FormProvider>
  )
}

interface TabsProps {
  readonly tabs: readonly LayoutTab[]
  readonly chosen: LayoutTab | undefined
  readonly onTab: (id: string) => void
}

function Tabs({ tabs, chosen, onTab }: TabsProps) {
  const t = useText()
  const label = useLabel()
  const { decorate } = useFormRuntime()
  const step = (by: number) => {
    const at = chosen ? tabs.indexOf(chosen) : 0
    const next = tabs[(at + by + tabs.length) % tabs.length]
    if (next) {
      onTab(next.id)
      document.getElementById(`tab-${next.id}`)?.focus()
    }
  }
  return (
    <div
      className="fl-formtabs"
      role="tablist"
      aria-label={t('tabs')}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') step(1)
        if (event.key === 'ArrowLeft') step(-1)
      }}
    >
      {tabs.map((tab) =>
        wrap(
          decorate,
          ['tab', tab.id],
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`tab-${tab.id}`}
            aria-selected={tab === chosen}
            aria-controls={`tab-${tab.id}-panel`}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onTab(tab.id)}
          >
            {label(tab.label, tab.id)}
            <TabMark tab={tab} />
          </button>,
        ),
      )}
    </div>
  )
}

/** A tab says that something in it is wrong. */
function TabMark({ tab }: { readonly tab: LayoutTab }) {
  const t = useText()
  const { store } = useFormRuntime()
  const fields = new Set(tab.sections.flatMap((section) => section.items.flatMap((item) => item.field ?? [])))
  const wrong = useProblems(store).some(({ key }) => fields.has(key.split('/')[0] ?? ''))
  return wrong ? (
    <span className="fl-wrong" title={t('tab_wrong')}>
      <Icon name="alert-triangle" size={14} />
    </span>
  ) : null
}

function Section({ section }: { readonly section: LayoutSection }) {
  const label = useLabel()
  const { decorate, mode } = useFormRuntime()
  const { store } = useFormRuntime()
  const [only] = section.items
  const isTable =
    section.items.length === 1 && only?.field !== undefined && store.program.fields.get(only.field)?.columns != null
  const title = isTable && mode !== 'design' ? '' : label(section.label)
  const columns = Math.min(6, Math.max(1, section.columns ?? 1))
  const node = (
    <section className="fl-section" aria-label={label(section.label) || undefined}>
      {title && <h2>{title}</h2>}
      <div className={`fl-sectiongrid ${mode === 'design' ? 'design' : ''}`} data-columns={columns}>
        {section.items.map((item, index) => (
          <Item key={itemId(item, index)} item={item} id={itemId(item, index)} columns={columns} />
        ))}
      </div>
    </section>
  )
  return <>{wrap(decorate, ['section', section.id], node)}</>
}

function itemId(item: LayoutItem, index: number): string {
  return item.id ?? item.field ?? item.action ?? `${item.panel ?? 'text'}-${index}`
}

function Item({ item, id, columns }: { readonly item: LayoutItem; readonly id: string; readonly columns: number }) {
  const { decorate } = useFormRuntime()
  return <>{wrap(decorate, ['item', id], <ItemBody item={item} columns={columns} />)}</>
}

function ItemBody({ item, columns }: { readonly item: LayoutItem; readonly columns: number }) {
  const label = useLabel()
  const { store } = useFormRuntime()
  const program = item.field ? store.program.fields.get(item.field) : undefined
  if (item.field && program?.columns) return <TableView item={item} program={program} />
  if (item.field && program)
    return store.options.hidden?.has(item.field) ? null : (
      <FieldView cellKey={item.field} program={program} as={item.as} span={item.span && Math.min(item.span, columns)} />
    )
  if (item.text) return <p className="fl-formtext">{label(item.text)}</p>
  return null
}

function wrap(
  decorate: Decorate | undefined,
  [kind, id]: readonly ['tab' | 'section' | 'item', string],
  node: ReactNode,
): ReactNode {
  return decorate ? decorate(kind, id, node) : node
}
