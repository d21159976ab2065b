/** The property panel of what is selected: search, "changed only", groups; a changed property has the accent bar. */
import { useState } from 'react'
import type { Text } from '#base/text.ts'
import { Button, IconButton } from '#ui/parts/button.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { useSignal } from '#ui/parts/use-signal.ts'
import { useLabel } from '#ui/strings/use-text.ts'
import { useDocument, useEditor } from '../forms/editor-context.tsx'
import { iconOfNode } from '../forms/node-look.ts'
import { fieldOf, nodeOf, ownerOf } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { usesOf } from '../model/uses.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { entriesOf, isChanged, matchingEntries, type PropertyEntry, type PropertyGroup } from './entries.ts'
import { PropertyEditor } from './property-editor.tsx'

const groups: readonly PropertyGroup[] = ['words', 'columns', 'rules', 'options', 'layout_props', 'data']

export function PropertyPanel() {
  const say = useWords()
  const editor = useEditor()
  const selected = useSignal(editor.selected)
  return (
    <aside className="fd-props" aria-label={say('properties')}>
      {selected === null ? (
        <p className="fd-none">{say('nothing_selected')}</p>
      ) : (
        <Panel key={selected} id={selected} />
      )}
    </aside>
  )
}

function Panel({ id }: { readonly id: string }) {
  const say = useWords()
  const text = useLabel()
  const editor = useEditor()
  const document = useDocument()
  const [query, setQuery] = useState('')
  const [changedOnly, setChangedOnly] = useState(false)
  const entries = entriesOf(document, id, { kinds: editor.kinds, say })
  const changed = entries.filter((entry) => isChanged(entry, editor.base))
  const shown = matchingEntries(changedOnly ? changed : entries, query, (label) => text(label))
  return (
    <>
      <Head id={id} />
      <div className="fd-propsearch">
        <div className="fl-search">
          <Icon name="search" />
          <input
            type="search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            placeholder={say('search_properties')}
            aria-label={say('search_properties')}
          />
        </div>
        <Button
          small
          look="quiet"
          aria-pressed={changedOnly}
          className={changedOnly ? 'on' : ''}
          onClick={() => setChangedOnly(!changedOnly)}
        >
          {changed.length > 0 ? say('changed_count', { count: changed.length }) : say('changed_only')}
        </Button>
      </div>
      <div className="fd-propbody">
        {groups.map((group) => (
          <Group key={group} group={group} entries={shown.filter((entry) => entry.group === group)} changed={changed} />
        ))}
        {shown.length === 0 && <p className="fd-none">{say(query === '' ? 'nothing_changed' : 'nothing_found')}</p>}
        {query === '' && !changedOnly && <UsedBy id={id} />}
      </div>
    </>
  )
}

function Head({ id }: { readonly id: string }) {
  const say = useWords()
  const language = useLanguage()
  const text = useLabel()
  const editor = useEditor()
  const document = useDocument()
  const node = nodeOf(document, id)
  const field = fieldOf(document, id)
  const kind = field && editor.kinds.get(String(field.props['type']))
  const owner = field && ownerOf(document, field.id)
  return (
    <header className="fd-prophead">
      {node?.type === 'column' && node.parent !== null && (
        <IconButton
          icon="arrow-left"
          label={say('back_to_table', { name: titleOf(document, node.parent, language) })}
          onClick={() => editor.select(node.parent)}
        />
      )}
      <span className="fd-tile">
        <Icon name={iconOfNode(document, id, editor.kinds)} />
      </span>
      <div className="fl-grow">
        <div className="fl-row">
          <h2 className="fl-cut fl-grow">{titleOf(document, id, language)}</h2>
          {field && (
            <span className={`fd-owner ${owner ?? 'new'}`}>
              {say(owner === 'pack' ? 'pack_field' : owner ? 'own_field' : 'new_field')}
            </span>
          )}
        </div>
        <p className="fl-cut">
          {field && kind ? (
            <>
              {text(kind.label)} · <code>{String(field.props['name'])}</code>
              {owner && <Icon name="lock" size={12} />}
            </>
          ) : (
            node && <TypeName type={node.type} />
          )}
        </p>
      </div>
    </header>
  )
}

function TypeName({ type }: { readonly type: string }) {
  const say = useWords()
  return (
    <>
      {type === 'section'
        ? say('part_section')
        : type === 'tab'
          ? say('part_tab')
          : type === 'item'
            ? say('part_text')
            : say('tab_form')}
    </>
  )
}

interface GroupProps {
  readonly group: PropertyGroup
  readonly entries: readonly PropertyEntry[]
  readonly changed: readonly PropertyEntry[]
}

function Group({ group, entries, changed }: GroupProps) {
  const say = useWords()
  if (entries.length === 0) return null
  return (
    <details className="fd-propgroup" open>
      <summary>
        <Icon name="chevron-down" size={14} />
        {say(`group_${group}`)}
      </summary>
      {entries.map((entry) => (
        <Property key={`${entry.node} ${entry.name}`} entry={entry} changed={changed.includes(entry)} />
      ))}
    </details>
  )
}

const wide: readonly string[] = ['options', 'copy', 'table-columns', 'json']

function Property({ entry, changed }: { readonly entry: PropertyEntry; readonly changed: boolean }) {
  const text = useLabel()
  const editor = useEditor()
  const label = text(entry.label as Text)
  const help = entry.help ? text(entry.help) : ''
  return (
    <div className={`fd-prop ${changed ? 'changed' : ''} ${wide.includes(entry.editor) ? 'wide' : ''}`}>
      {entry.editor !== 'table-columns' && (
        <span className="fd-proplabel" title={help || undefined}>
          {label}
        </span>
      )}
      <div className="fd-propvalue">
        <PropertyEditor
          entry={entry}
          label={label}
          onValue={(value) => editor.run({ do: 'set-property', id: entry.node, name: entry.name, value })}
          onEnd={() => editor.close()}
        />
        {help && <p className="fl-help">{help}</p>}
      </div>
    </div>
  )
}

/** What reads the field: a click leads there. */
function UsedBy({ id }: { readonly id: string }) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const field = fieldOf(document, id)
  const readers = field
    ? usesOf(document, field.id).filter(
        (reader) => reader.type === 'field' || reader.type === 'column' || reader.type === 'form',
      )
    : []
  if (readers.length === 0) return null
  return (
    <div className="fd-usedby">
      <h3>{say('used_by')}</h3>
      {readers.map((reader) => (
        <button key={reader.id} type="button" className="fl-button link small" onClick={() => editor.select(reader.id)}>
          {titleOf(document, reader.id, language)}
        </button>
      ))}
    </div>
  )
}
