/** Frames around what the renderer draws: focus, selection, acts, and what the drag measures. They know the node, not the field. */
import { memo, type ReactNode } from 'react'
import { Icon } from '#ui/parts/icon.tsx'
import { columnsOf, spanOf } from '../commands/place.ts'
import { dragText } from '../drag/adapter.tsx'
import { tableOf } from '../model/containment.ts'
import { type DocumentNode, type FormDocument, fieldOf, nodeOf } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useDocument, useEditor, useIs } from './editor-context.tsx'
import { ItemTools } from './item-tools.tsx'
import { RenameInput } from './rename-input.tsx'
import { ResizeHandle } from './resize-handle.tsx'

interface FrameProps {
  readonly id: string
  readonly children: ReactNode
}

export function TabFrame({ id, children }: FrameProps) {
  const selected = useIs('selected', id)
  const renaming = useIs('renaming', id)
  return (
    <span
      className={`fd-tab ${selected ? 'selected' : ''}`}
      data-node={id}
      data-node-type="tab"
      data-drag={dragText({ what: 'tab', id })}
    >
      {children}
      {renaming && <RenameInput id={id} />}
    </span>
  )
}

export function SectionFrame({ id, children }: FrameProps) {
  const say = useWords()
  const language = useLanguage()
  const document = useDocument()
  const node = nodeOf(document, id)
  const stop = useStop(id)
  if (!node) return null
  const untitled = node.props['label'] === undefined
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role comes with the props of the stop
    <div
      className={`fd-section ${stop.className}`}
      data-node={id}
      data-node-type="section"
      data-tab={node.parent}
      data-drag={dragText({ what: 'section', id })}
      {...stop.props}
      aria-label={titleOf(document, id, language)}
    >
      {stop.selected && <ItemTools id={id} />}
      {stop.renaming && <RenameInput id={id} />}
      {untitled && stop.selected && <span className="fd-untitled">{titleOf(document, id, language)}</span>}
      {children}
      {node.children.length === 0 && <p className="fd-empty">{say('empty_section')}</p>}
    </div>
  )
}

export function ItemFrame({ id, children }: FrameProps) {
  const language = useLanguage()
  const document = useDocument()
  const stop = useStop(id)
  const node = nodeOf(document, id)
  if (!node) return null
  const table = tableOf(document, id)
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role comes with the props of the stop
    <div
      className={`fd-item ${stop.className} ${table ? 'table' : ''}`}
      style={{ gridColumn: gridColumnOf(document, node) }}
      data-node={id}
      data-node-type="item"
      data-table={table?.id}
      data-drag={dragText({ what: 'item', id })}
      {...stop.props}
      aria-label={titleOf(document, id, language)}
    >
      {stop.selected && <ItemTools id={id} />}
      {stop.renaming && <RenameInput id={id} />}
      <Marks document={document} node={node} />
      <Quiet>{children}</Quiet>
      {!hasLook(document, node) && <p className="fd-empty">{titleOf(document, id, language)}</p>}
      {stop.selected && !table && <ResizeHandle id={id} />}
    </div>
  )
}

/** What the renderer drew takes no focus and no pointer. */
const Quiet = memo(function Quiet({ children }: { readonly children: ReactNode }) {
  return (
    <div className="fd-quiet" inert>
      {children}
    </div>
  )
})

/** A formula, a rule, a lock: seen at a glance. */
function Marks({ document, node }: { readonly document: FormDocument; readonly node: DocumentNode }) {
  const field = fieldOf(document, node.id)
  const icons = field ? marksOf(field) : []
  if (icons.length === 0) return null
  return (
    <span className="fd-marks" aria-hidden="true">
      {icons.map((name) => (
        <Icon key={name} name={name} size={14} />
      ))}
    </span>
  )
}

function marksOf({ props }: DocumentNode): readonly string[] {
  const computed = props['formula'] !== undefined || props['rollup'] !== undefined
  return [
    ...(computed ? ['math-function'] : []),
    ...(props['visible'] === false
      ? ['eye-off']
      : props['visible'] !== undefined && props['visible'] !== true
        ? ['eye']
        : []),
    ...(props['readonly'] === undefined || props['readonly'] === false ? [] : ['lock']),
  ]
}

/** Actions and panels stand elsewhere at run time: here they are named. */
function hasLook(document: FormDocument, node: DocumentNode): boolean {
  return fieldOf(document, node.id) !== undefined || node.props['text'] !== undefined
}

function gridColumnOf(document: FormDocument, node: DocumentNode): string {
  if (tableOf(document, node.id) || node.props['panel'] !== undefined) return '1 / -1'
  return `span ${Math.min(spanOf(document, node.id), columnsOf(document, node.parent ?? ''))}`
}

/** A stop of the roving focus. */
function useStop(id: string) {
  const editor = useEditor()
  const selected = useIs('selected', id)
  const current = useIs('current', id)
  const renaming = useIs('renaming', id)
  const props = {
    role: 'group',
    tabIndex: current ? 0 : -1,
    'aria-current': selected ? ('true' as const) : undefined,
    onFocus: (event: { target: EventTarget; currentTarget: EventTarget }) => {
      if (event.target === event.currentTarget) editor.current.value = id
    },
  }
  return { selected, renaming, props, className: selected ? 'selected' : '' }
}
