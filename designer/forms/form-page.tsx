/** The form editor as a page: bar on top, palette and outline, canvas, properties; below 1024 px the canvas alone, to look at. */
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useWorkspace } from '#ui/client/workspace.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { useSignal } from '#ui/parts/use-signal.ts'
import { useNarrow } from '#ui/shell/use-narrow.ts'
import { DragListener, DragRoot } from '../drag/adapter.tsx'
import type { PublishedForm } from '../model/sources.ts'
import { PropertyPanel } from '../properties/panel.tsx'
import { useWords } from '../strings/use-words.ts'
import { Canvas, type CanvasWidth } from './canvas.tsx'
import { dragHandlers } from './dragging.ts'
import { DropTip } from './drop-tip.tsx'
import { EditorProvider, PreviewProvider, useDocument, useEditor } from './editor-context.tsx'
import { FormEditor } from './form-editor.ts'
import { JsonView } from './json-view.tsx'
import { onDesignerKey } from './keyboard.ts'
import { MoveToDialog } from './move-to-dialog.tsx'
import { Outline } from './outline.tsx'
import { Palette } from './palette.tsx'
import { type Preview, usePreview } from './preview.ts'
import { type FormProblem, problemsOf } from './problems.ts'
import { PublishDialog } from './publish-dialog.tsx'
import { type DesignerView, TopBar } from './top-bar.tsx'

/** The narrowest window in which a form is edited. */
const editableWidth = 1024

export interface FormPageProps {
  readonly published: PublishedForm
  /** It was never published. */
  readonly fresh: boolean
}

export function FormPage({ published, fresh }: FormPageProps) {
  const { kinds } = useWorkspace()
  const editor = useMemo(() => new FormEditor(published, kinds, fresh), [published, kinds, fresh])
  return (
    <EditorProvider value={editor}>
      <Editing />
    </EditorProvider>
  )
}

function Editing() {
  const editor = useEditor()
  const document = useDocument()
  const preview = usePreview(document)
  const problems = useProblems(preview)
  const readOnly = useNarrow(editableWidth - 1)
  const [view, setView] = useState<DesignerView>('form')
  const [publishing, setPublishing] = useState(false)
  useKeys(editor)
  return (
    <PreviewProvider value={preview}>
      <div className="fd-app">
        <TopBar
          view={view}
          onView={setView}
          problems={problems}
          onPublish={() => setPublishing(true)}
          readOnly={readOnly}
        />
        {view === 'json' ? <JsonView /> : <Panes readOnly={readOnly} />}
        <Spoken />
        <MoveToDialog />
        {publishing && <PublishDialog onClose={() => setPublishing(false)} />}
      </div>
    </PreviewProvider>
  )
}

/** Looked at after the picture is drawn: typing does not wait for the checks. */
function useProblems(preview: Preview): readonly FormProblem[] {
  const document = useDocument()
  const later = useDeferredValue({ preview, document })
  return useMemo(() => problemsOf(later.preview.readable.model, later.document, later.preview.form.name), [later])
}

function Panes({ readOnly }: { readonly readOnly: boolean }) {
  const say = useWords()
  const editor = useEditor()
  const [width, setWidth] = useState<CanvasWidth>('desktop')
  const handlers = useMemo(() => dragHandlers(editor), [editor])
  const canvas = (
    <main className="fd-canvas">
      {readOnly ? (
        <p className="fl-note fd-narrow">
          <Icon name="info-circle" />
          <span>{say('too_narrow')}</span>
        </p>
      ) : (
        <WidthSwitch width={width} onWidth={setWidth} />
      )}
      <Canvas width={width} readOnly={readOnly} />
    </main>
  )
  if (readOnly)
    return (
      <DragRoot>
        <div className="fd-panes narrow">{canvas}</div>
      </DragRoot>
    )
  return (
    <DragRoot>
      <DragListener handlers={handlers} />
      <div className="fd-panes">
        <div className="fd-left">
          <Palette />
          <Outline />
        </div>
        {canvas}
        <PropertyPanel />
      </div>
      <DropTip />
    </DragRoot>
  )
}

function WidthSwitch({
  width,
  onWidth,
}: {
  readonly width: CanvasWidth
  readonly onWidth: (width: CanvasWidth) => void
}) {
  const say = useWords()
  return (
    <div className="fd-canvasbar">
      <fieldset className="fl-segments" aria-label={say('width')}>
        <button
          type="button"
          aria-pressed={width === 'desktop'}
          className={width === 'desktop' ? 'on' : ''}
          onClick={() => onWidth('desktop')}
        >
          <Icon name="device-desktop" size={14} />
          {say('desktop')}
        </button>
        <button
          type="button"
          aria-pressed={width === 'phone'}
          className={width === 'phone' ? 'on' : ''}
          onClick={() => onWidth('phone')}
        >
          <Icon name="device-mobile" size={14} />
          {say('phone')}
        </button>
      </fieldset>
      <span className="fl-grow" />
      <span className="fl-12 fl-ink-3">{width === 'phone' ? '390 px' : '920 px'}</span>
    </div>
  )
}

/** What happened, in words, for those who do not see it. */
function Spoken() {
  const editor = useEditor()
  const text = useSignal(editor.spoken)
  return (
    <div className="fl-hidden" role="status" aria-live="polite" data-spoken>
      {text}
    </div>
  )
}

function useKeys(editor: FormEditor): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return
      if (event.key === '/' && !isTyping(event.target)) {
        event.preventDefault()
        document.getElementById('fd-palette-search')?.focus()
      }
      onDesignerKey(event, editor)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [editor])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null
}
