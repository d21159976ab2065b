/** The canvas: the run-time renderer in design mode, each tab, section and item in a frame that can be focused, selected, dragged. */
import { type CSSProperties, type ReactNode, useCallback, useEffect, useRef } from 'react'
import { FormView } from '#ui/form/form-view.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { useSignal } from '#ui/parts/use-signal.ts'
import { useLabel } from '#ui/strings/use-text.ts'
import { useDragSource, useDropSurface } from '../drag/adapter.tsx'
import { childrenOf, layoutId, nodeOf } from '../model/document.ts'
import { useWords } from '../strings/use-words.ts'
import { DropLine } from './drop-line.tsx'
import { useDocument, useEditor, useShownPreview } from './editor-context.tsx'
import { ItemFrame, SectionFrame, TabFrame } from './frames.tsx'
import { onCanvasKey } from './keyboard.ts'
import { layoutWithNodes } from './preview.ts'

export type CanvasWidth = 'desktop' | 'phone'

export interface CanvasProps {
  readonly width: CanvasWidth
  /** Nothing can be changed: the window is too narrow. */
  readonly readOnly?: boolean
}

export function Canvas({ width, readOnly = false }: CanvasProps) {
  const say = useWords()
  const editor = useEditor()
  const document = useDocument()
  const preview = useShownPreview()
  const tab = useSignal(editor.tab)
  const sheet = useRef<HTMLDivElement>(null)
  useWishedFocus(sheet)
  const decorate = useCallback((kind: 'tab' | 'section' | 'item', id: string, node: ReactNode) => {
    if (kind === 'tab')
      return (
        <TabFrame key={id} id={id}>
          {node}
        </TabFrame>
      )
    return kind === 'section' ? (
      <SectionFrame key={id} id={id}>
        {node}
      </SectionFrame>
    ) : (
      <ItemFrame key={id} id={id}>
        {node}
      </ItemFrame>
    )
  }, [])
  return (
    <div className="fd-scroll" {...(readOnly ? { role: 'region', 'aria-label': say('canvas'), tabIndex: 0 } : {})}>
      <Sheet sheet={sheet} width={width} readOnly={readOnly}>
        <SheetHead />
        <FormView
          form={preview.form}
          store={preview.store}
          mode="design"
          layout={layoutWithNodes(document)}
          {...(readOnly ? {} : { decorate })}
          tab={tab}
          onTab={(id) => editor.select(id)}
        />
        {!readOnly && <AddButtons tab={tab} />}
        <DropLine />
      </Sheet>
    </div>
  )
}

interface SheetProps extends Required<CanvasProps> {
  readonly sheet: { current: HTMLDivElement | null }
  readonly children: ReactNode
}

/** The library renders its users again when a drag starts, ends or comes over: here that is a frame around children that stay the same. */
function Sheet({ sheet, width, readOnly, children }: SheetProps) {
  const say = useWords()
  const editor = useEditor()
  const drop = useDropSurface()
  const { ref: source, ...listeners } = useDragSource('canvas-items')
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      sheet.current = element
      drop(element)
      source(element)
    },
    [sheet, drop, source],
  )
  const style: CSSProperties = { maxWidth: width === 'phone' ? 390 : 920 }
  if (readOnly)
    return (
      <div className="fd-sheet" style={style}>
        {children}
      </div>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce every frame as a part of one question
    <div
      ref={attach}
      className={`fd-sheet ${width}`}
      style={style}
      role="group"
      aria-label={say('canvas')}
      aria-describedby="fd-canvas-help"
      onClick={(event) => select(event.target, editor.select.bind(editor))}
      onKeyDown={(event) => onCanvasKey(event, editor)}
      {...listeners}
    >
      <p id="fd-canvas-help" className="fl-hidden">
        {say('canvas_help')}
      </p>
      {children}
    </div>
  )
}

function SheetHead() {
  const say = useWords()
  const label = useLabel()
  const { form } = useShownPreview()
  return (
    <div className="fd-sheethead">
      <h2 className="fl-cut">{label(form.label, form.name)}</h2>
      <span className="fl-badge gray">{say('sample_data')}</span>
    </div>
  )
}

function AddButtons({ tab }: { readonly tab: string }) {
  const say = useWords()
  const editor = useEditor()
  const document = useDocument()
  return (
    <div className="fd-adds" data-no-drag>
      <button
        type="button"
        onClick={() =>
          editor.run({ do: 'add-section', tab, index: nodeOf(document, tab)?.children.length ?? 0 }, 'canvas')
        }
      >
        <Icon name="plus" size={14} />
        {say('add_section')}
      </button>
      <button
        type="button"
        onClick={() => editor.run({ do: 'add-tab', index: childrenOf(document, layoutId).length }, 'canvas')}
      >
        <Icon name="plus" size={14} />
        {say('add_tab')}
      </button>
    </div>
  )
}

/** A click selects the innermost frame; one beside all frames the form itself. */
function select(target: EventTarget, pick: (id: string | null) => void): void {
  const element = target instanceof Element ? target : null
  if (element?.closest('[data-no-drag]')) return
  pick(element?.closest<HTMLElement>('[data-node]')?.dataset['node'] ?? 'form')
}

/** After a change by keyboard the focus stays on the thing that was changed. */
function useWishedFocus(sheet: { readonly current: HTMLElement | null }): void {
  const editor = useEditor()
  const wish = useSignal(editor.focusWish)
  useEffect(() => {
    if (wish?.area !== 'canvas') return
    editor.focusWish.value = null
    const frame = sheet.current?.querySelector<HTMLElement>(`[data-node="${wish.id}"]`)
    const stop = frame?.dataset['nodeType'] === 'tab' ? frame.querySelector<HTMLElement>('button') : frame
    stop?.focus()
    stop?.scrollIntoView({ block: 'nearest' })
  }, [wish, editor, sheet])
}
