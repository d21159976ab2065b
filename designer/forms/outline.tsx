/** The outline: the whole form as a tree that the keyboard walks, with the same keys as the canvas. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Language } from '#base/text.ts'
import { IconButton } from '#ui/parts/button.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { useSignal } from '#ui/parts/use-signal.ts'
import { dragText, useDragSource } from '../drag/adapter.tsx'
import type { Dragged } from '../drag/find-target.ts'
import { tableOf } from '../model/containment.ts'
import { childrenOf, type DocumentNode, type FormDocument, layoutId } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useDocument, useEditor } from './editor-context.tsx'
import { onNodeKey } from './keyboard.ts'
import { iconOfNode } from './node-look.ts'

interface Line {
  readonly node: DocumentNode
  readonly level: number
  readonly count: number
}

export function Outline() {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const selected = useSignal(editor.selected)
  const [query, setQuery] = useState('')
  const [searching, setSearching] = useState(false)
  const [stop, setStop] = useState<string | null>(null)
  const tree = useRef<HTMLDivElement>(null)
  const source = useDragSource('outline')
  const lines = useMemo(() => found(linesOf(document), query, { document, language }), [document, query, language])
  useWishedFocus(tree)
  const reachable = lines.some(({ node }) => node.id === stop)
    ? stop
    : lines.some(({ node }) => node.id === selected)
      ? selected
      : lines[0]?.node.id
  return (
    <section className="fd-outline" aria-label={say('outline')}>
      <div className="fd-panehead">
        <h2>{say('outline')}</h2>
        <IconButton
          icon="search"
          label={say('outline_search')}
          aria-pressed={searching}
          onClick={() => {
            setSearching(!searching)
            setQuery('')
          }}
        />
      </div>
      {searching && (
        <div className="fl-search fd-search">
          <Icon name="search" />
          <input
            type="search"
            ref={focusOnce}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            aria-label={say('outline_search')}
            placeholder={say('outline_search')}
          />
        </div>
      )}
      <div className="fd-treebox" {...source}>
        <div ref={tree} role="tree" aria-label={say('outline')} onKeyDown={(event) => onTreeKey(event, editor)}>
          {lines.map((line) => (
            <TreeLine
              key={line.node.id}
              line={line}
              selected={line.node.id === selected}
              tabIndex={line.node.id === reachable ? 0 : -1}
              onFocus={() => setStop(line.node.id)}
            />
          ))}
        </div>
      </div>
      {lines.length === 0 && <p className="fd-none">{say('outline_none')}</p>}
    </section>
  )
}

interface TreeLineProps {
  readonly line: Line
  readonly selected: boolean
  readonly tabIndex: 0 | -1
  readonly onFocus: () => void
}

function TreeLine({ line: { node, level, count }, selected, tabIndex, onFocus }: TreeLineProps) {
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const drag: Dragged | null =
    node.type === 'tab' || node.type === 'section' || node.type === 'item' ? { what: node.type, id: node.id } : null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree above listens to the keys of all its lines
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={selected}
      tabIndex={tabIndex}
      data-line={node.id}
      className="fd-line-item"
      style={{ paddingLeft: 8 + (level - 1) * 16 }}
      data-drag={drag ? dragText(drag) : undefined}
      onFocus={onFocus}
      onClick={() => editor.select(node.id)}
    >
      <Icon name={iconOfNode(document, node.id, editor.kinds)} />
      <span className="fl-cut fl-grow">{titleOf(document, node.id, language)}</span>
      {count > 0 && <span className="fl-ink-3 fl-12">{count}</span>}
    </div>
  )
}

/** Whoever opens the search wants to type. */
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus()
}

/** Tabs, sections, items, and below a table its columns. */
function linesOf(document: FormDocument): readonly Line[] {
  const walk = (id: string, level: number): readonly Line[] =>
    childrenOf(document, id).flatMap((node) => {
      const inside = tableOf(document, node.id)?.id ?? node.id
      const children = childrenOf(document, inside)
      return [{ node, level, count: children.length }, ...walk(inside, level + 1)]
    })
  return walk(layoutId, 1)
}

function found(
  lines: readonly Line[],
  query: string,
  { document, language }: { readonly document: FormDocument; readonly language: Language },
): readonly Line[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return lines
  return lines.filter(({ node }) => titleOf(document, node.id, language).toLowerCase().includes(wanted))
}

function onTreeKey(event: KeyboardEvent<HTMLElement>, editor: ReturnType<typeof useEditor>): void {
  const line = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-line]') : null
  const id = line?.dataset['line']
  if (!line || id === undefined) return
  const step = event.altKey ? undefined : { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key]
  if (step !== undefined) {
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')]
    all[Math.max(0, Math.min(all.length - 1, all.indexOf(line) + step))]?.focus()
  }
  if (step !== undefined || onNodeKey(event, editor, { id, area: 'outline' })) {
    event.preventDefault()
    event.stopPropagation()
  }
}

function useWishedFocus(tree: { readonly current: HTMLElement | null }): void {
  const editor = useEditor()
  const wish = useSignal(editor.focusWish)
  useEffect(() => {
    if (wish?.area !== 'outline') return
    editor.focusWish.value = null
    tree.current?.querySelector<HTMLElement>(`[data-line="${wish.id}"]`)?.focus()
  }, [wish, editor, tree])
}
