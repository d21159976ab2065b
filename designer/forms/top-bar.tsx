/** The bar of the designer: back, form, changes, undo, redo, history; Form or JSON; problems, language, theme, publish. */
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { issueText } from '#base/issue-texts.ts'
import type { Text } from '#base/text.ts'
import { Button, IconButton } from '#ui/parts/button.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { Popover } from '#ui/parts/popover.tsx'
import { useSignal } from '#ui/parts/use-signal.ts'
import { LanguageButton, ThemeButton } from '#ui/shell/preference-buttons.tsx'
import { useLabel } from '#ui/strings/use-text.ts'
import { nextChange } from '../history/history.ts'
import { nodeOf, rootId } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useDocument, useEditor } from './editor-context.tsx'
import type { FormProblem } from './problems.ts'

export type DesignerView = 'form' | 'json'

export interface TopBarProps {
  readonly view: DesignerView
  readonly onView: (view: DesignerView) => void
  readonly problems: readonly FormProblem[]
  readonly onPublish: () => void
  readonly readOnly: boolean
}

export function TopBar({ view, onView, problems, onPublish, readOnly }: TopBarProps) {
  const say = useWords()
  const text = useLabel()
  const editor = useEditor()
  const document = useDocument()
  const { history } = useSignal(editor.state)
  const form = nodeOf(document, rootId)
  const fresh = document.origin.fresh
  return (
    <header className="fd-bar">
      <Link to="/designer" className="fl-iconbutton" aria-label={say('back')} title={say('back')}>
        <Icon name="arrow-left" />
      </Link>
      <button type="button" className="fd-formname" onClick={() => editor.select(rootId)}>
        <Icon name={String(form?.props['icon'] ?? 'forms')} size={18} />
        <h1 className="fl-cut">{text(form?.props['label'] as Text | undefined, document.origin.form)}</h1>
      </button>
      <span className="fl-bar" />
      <span className="fd-changes" data-changes={history.done}>
        {history.done === 0 ? say('no_changes') : say('draft', { count: history.done })}
      </span>
      {history.done > 0 && <span className="fl-12 fl-ink-3 fd-kept">{say('kept')}</span>}
      {!readOnly && <HistoryButtons />}
      <span className="fl-grow" />
      <fieldset className="fl-segments" aria-label={say('views')}>
        {(['form', 'json'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={view === one}
            className={view === one ? 'on' : ''}
            onClick={() => onView(one)}
          >
            {say(`tab_${one}`)}
          </button>
        ))}
      </fieldset>
      <span className="fl-grow" />
      <ProblemList problems={problems} />
      <span className="fl-bar" />
      <LanguageButton />
      <ThemeButton />
      <Button look="primary" disabled={readOnly || (history.done === 0 && !fresh)} onClick={onPublish}>
        {say('publish')}
      </Button>
    </header>
  )
}

function HistoryButtons() {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const { history } = useSignal(editor.state)
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const [last, next] = [nextChange(history, -1), nextChange(history, 1)]
  return (
    <>
      <IconButton
        icon="arrow-back-up"
        label={last ? say('undo_of', { name: last.label[language] }) : say('undo')}
        disabled={!last}
        onClick={() => editor.undo()}
      />
      <IconButton
        icon="arrow-forward-up"
        label={next ? say('redo_of', { name: next.label[language] }) : say('redo')}
        disabled={!next}
        onClick={() => editor.redo()}
      />
      <IconButton
        ref={anchor}
        icon="history"
        label={say('history')}
        aria-expanded={open}
        disabled={history.changes.length === 0}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} label={say('history')} minWidth={260}>
          <HistoryList />
        </Popover>
      )}
    </>
  )
}

/** Newest first; a click goes to the state after that step. */
function HistoryList() {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const { history, document } = useSignal(editor.state)
  const start = say(document.origin.fresh ? 'history_new' : 'history_start')
  const steps = [
    { name: start, done: 0 },
    ...history.changes.map((change, at) => ({ name: change.label[language], done: at + 1 })),
  ].reverse()
  return (
    <ol className="fd-steps">
      {steps.map(({ name, done }) => (
        <li key={done}>
          <button
            type="button"
            className={`fl-menuitem ${done > history.done ? 'undone' : ''}`}
            aria-current={done === history.done ? 'step' : undefined}
            onClick={() => editor.goTo(done)}
          >
            <Icon name={done === history.done ? 'circle-dot' : done === 0 ? 'flag' : 'edit'} size={14} />
            <span className="fl-grow fl-cut">{name}</span>
            {done === history.done && <span className="fl-12 fl-ink-3">{say('history_now')}</span>}
          </button>
        </li>
      ))}
    </ol>
  )
}

function ProblemList({ problems }: { readonly problems: readonly FormProblem[] }) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const errors = problems.filter(({ issue }) => issue.severity !== 'warning').length
  const warnings = problems.length - errors
  const text =
    errors > 0
      ? say('problems', { count: errors })
      : warnings > 0
        ? say('warnings', { count: warnings })
        : say('problems_none')
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={`fd-problems ${errors > 0 ? 'wrong' : warnings > 0 ? 'warn' : ''}`}
        aria-expanded={open}
        disabled={problems.length === 0}
        onClick={() => setOpen(!open)}
      >
        <Icon name={problems.length > 0 ? 'alert-triangle' : 'circle-check'} />
        {text}
      </button>
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)} label={text} align="end" minWidth={320}>
          <ul className="fd-problemlist">
            {problems.map(({ issue, node }) => (
              <li key={`${issue.pointer} ${issue.code}`}>
                <button
                  type="button"
                  className="fl-menuitem"
                  onClick={() => {
                    setOpen(false)
                    editor.select(node)
                  }}
                >
                  <span className={issue.severity === 'warning' ? 'warn' : 'wrong'}>
                    <Icon name="alert-triangle" size={14} />
                  </span>
                  <span>
                    <b>{titleOf(document, node, language)}</b> {issueText(issue, language)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Popover>
      )}
    </>
  )
}
