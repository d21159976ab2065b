/** The palette: kinds of fields in groups, parts of the layout, and fields that stand nowhere. A click adds after the selection, a drag places. */
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { resolveText } from '#base/text.ts'
import type { FieldKind } from '#definitions/field-kind.ts'
import { Icon } from '#ui/parts/icon.tsx'
import type { Command } from '../commands/command.ts'
import { dragText, useDragSource } from '../drag/adapter.tsx'
import type { Dragged } from '../drag/find-target.ts'
import { fieldsId, layoutId, nodeOf, unplacedFields } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useDocument, useEditor } from './editor-context.tsx'
import { insertPlace, sectionPlace } from './insert-place.ts'
import { iconOfNode, lookOfPart, type Part } from './node-look.ts'
import { noteRecent, paletteGroups, recentKinds } from './palette-kinds.ts'

export function Palette() {
  const say = useWords()
  const editor = useEditor()
  const [query, setQuery] = useState('')
  const [, setUsed] = useState(0)
  const source = useDragSource('palette')
  const groups = useMemo(() => paletteGroups(editor.kinds, query), [editor, query])
  const recent = recentKinds(editor.kinds)
  const add = useAdd(() => setUsed((count) => count + 1))
  return (
    <section className="fd-palette" aria-label={say('palette')}>
      <div className="fl-search fd-search">
        <Icon name="search" />
        <input
          id="fd-palette-search"
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder={say('palette_search')}
          aria-label={say('palette_search')}
          onKeyDown={(event) => onSearchKey(event, () => add.kind(groups[0]?.kinds[0]))}
        />
        <kbd className="fl-kbd">/</kbd>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk the buttons inside */}
      <div className="fd-palettelist" {...source} onKeyDown={moveFocus}>
        {query === '' && recent.length > 0 && (
          <Group title={say('recent')}>
            {recent.map((kind) => (
              <KindButton key={kind.name} kind={kind} onAdd={add.kind} />
            ))}
          </Group>
        )}
        {groups.map(({ group, kinds }) => (
          <Group key={group} title={say(group === 'other' ? 'group_more' : `group_${group}`)}>
            {kinds.map((kind) => (
              <KindButton key={kind.name} kind={kind} onAdd={add.kind} />
            ))}
          </Group>
        ))}
        {groups.length === 0 && <p className="fd-none">{say('palette_none')}</p>}
        {query === '' && (
          <Group title={say('group_layout')}>
            {(['new-section', 'new-tab', 'new-text'] as const).map((part) => (
              <PartButton key={part} part={part} onAdd={add.part} />
            ))}
          </Group>
        )}
        {query === '' && <Unplaced onAdd={add.field} />}
      </div>
    </section>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <h3>{title}</h3>
      <div className="fd-kinds">{children}</div>
    </>
  )
}

interface PieceProps {
  readonly icon: string
  readonly label: string
  readonly dragged: Dragged
  readonly onAdd: () => void
}

function Piece({ icon, label, dragged, onAdd }: PieceProps) {
  return (
    <button type="button" className="fd-kind" title={label} data-drag={dragText(dragged)} onClick={onAdd}>
      <Icon name={icon} />
      <span className="fl-cut">{label}</span>
    </button>
  )
}

function KindButton({ kind, onAdd }: { readonly kind: FieldKind; readonly onAdd: (kind: FieldKind) => void }) {
  const language = useLanguage()
  return (
    <Piece
      icon={kind.icon}
      label={resolveText(kind.label, language)}
      dragged={{ what: 'kind', kind: kind.name }}
      onAdd={() => onAdd(kind)}
    />
  )
}

function PartButton({ part, onAdd }: { readonly part: Part; readonly onAdd: (part: Part) => void }) {
  const say = useWords()
  return <Piece {...lookOfPart(part, say)} dragged={{ what: part }} onAdd={() => onAdd(part)} />
}

function Unplaced({ onAdd }: { readonly onAdd: (field: string) => void }) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const fields = unplacedFields(document)
  if (fields.length === 0) return null
  return (
    <Group title={say('unplaced')}>
      {fields.map(({ id }) => (
        <Piece
          key={id}
          icon={iconOfNode(document, id, editor.kinds)}
          label={titleOf(document, id, language)}
          dragged={{ what: 'field', id }}
          onAdd={() => onAdd(id)}
        />
      ))}
    </Group>
  )
}

function useAdd(onUsed: () => void) {
  const editor = useEditor()
  const place = () => insertPlace(editor.document.peek(), { selected: editor.selected.peek(), tab: editor.tab.peek() })
  const run = (command: Command | null) => command && editor.run(command, 'canvas')
  return {
    kind(kind: FieldKind | undefined) {
      const at = place()
      if (!kind || !at) return
      const fits = kind.name === 'table' || kind.name === 'sequence' ? sectionPlace(editor.document.peek(), at) : at
      if (run({ do: 'add-field', kind: kind.name, place: fits })) {
        noteRecent(kind.name)
        onUsed()
      }
    },
    field(field: string) {
      const at = place()
      if (at) run({ do: 'place-field', field, place: sectionPlace(editor.document.peek(), at) })
    },
    part(part: Part) {
      const document = editor.document.peek()
      const at = place()
      if (part === 'new-tab') return run({ do: 'add-tab', index: nodeOf(document, layoutId)?.children.length ?? 0 })
      const within = at && nodeOf(document, sectionPlace(document, at).parent)
      if (!at || !within?.parent || within.id === fieldsId) return null
      if (part === 'new-text') return run({ do: 'add-text', place: sectionPlace(document, at) })
      return run({
        do: 'add-section',
        tab: within.parent,
        index: (nodeOf(document, within.parent)?.children.indexOf(within.id) ?? 0) + 1,
      })
    },
  }
}

function onSearchKey(event: KeyboardEvent<HTMLInputElement>, addFirst: () => void): void {
  if (event.nativeEvent.isComposing) return
  if (event.key === 'Enter') addFirst()
  if (event.key === 'ArrowDown')
    event.currentTarget.closest('.fd-palette')?.querySelector<HTMLElement>('.fd-kind')?.focus()
  if (event.key === 'Enter' || event.key === 'ArrowDown') event.preventDefault()
}

/** Two in a row: left and right go by one, up and down by two. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 2, ArrowUp: -2 }[event.key]
  if (step === undefined) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.fd-kind')]
  const at = all.indexOf(event.target as HTMLElement)
  if (at < 0) return
  event.preventDefault()
  all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus()
}
