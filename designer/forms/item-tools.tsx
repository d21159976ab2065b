/** The bar at a selected item or section: what it is, move, duplicate, remove, and the rest in a menu. */
import { IconButton } from '#ui/parts/button.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { Menu, type MenuEntry } from '#ui/parts/menu.tsx'
import { nodeOf } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useDocument, useEditor } from './editor-context.tsx'

export function ItemTools({ id }: { readonly id: string }) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const name = titleOf(document, id, language)
  const item = nodeOf(document, id)?.type === 'item'
  const entries: readonly MenuEntry[] = [
    {
      id: 'rename',
      label: say('rename'),
      icon: 'edit',
      onPick: () => {
        editor.renaming.value = id
      },
    },
    ...(item
      ? [
          {
            id: 'split',
            label: say('split'),
            icon: 'section',
            onPick: () => {
              editor.run({ do: 'split-section', id }, 'canvas')
            },
          },
          {
            id: 'hide',
            label: say('hide'),
            icon: 'eye-off',
            onPick: () => {
              editor.run({ do: 'hide', id }, 'canvas')
            },
          },
        ]
      : []),
  ]
  return (
    <div className="fd-tools" role="toolbar" aria-label={say('item_actions', { name })}>
      <span className="fd-grip">
        <Icon name="grip-vertical" size={14} />
        <span className="fl-cut">{name}</span>
      </span>
      <span className="fd-toolbuttons" data-no-drag>
        <IconButton
          icon="arrow-right"
          size={14}
          label={say('move_to')}
          onClick={() => {
            editor.moving.value = id
          }}
        />
        <IconButton
          icon="copy"
          size={14}
          label={say('duplicate')}
          onClick={() => editor.run({ do: 'duplicate', id }, 'canvas')}
        />
        <IconButton icon="trash" size={14} label={say('remove')} onClick={() => editor.removeNode(id, 'canvas')} />
        <Menu label={say('more')} entries={entries} align="start" />
      </span>
    </div>
  )
}
