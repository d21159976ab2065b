/** Lists: the options of a choice, what a link copies, the columns of a table and their totals. */
import type { Json, JsonObject } from '#base/json.ts'
import { isObject } from '#base/json.ts'
import { type Language, languages } from '#base/text.ts'
import { Button, IconButton } from '#ui/parts/button.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { useDocument, useEditor } from '../forms/editor-context.tsx'
import { iconOfNode } from '../forms/node-look.ts'
import { useWholeModel } from '../forms/whole-model.ts'
import { childrenOf, fieldOf, nodeOf } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import type { EditorProps } from './editor-props.ts'

const colors = ['gray', 'blue', 'amber', 'green', 'red', 'teal', 'violet', 'slate'] as const

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : []
}

export function OptionsEditor({ entry, onValue, onEnd }: EditorProps) {
  const say = useWords()
  const options = listOf(entry.value)
  const put = (next: readonly JsonObject[]) => onValue(next)
  const change = (at: number, props: Readonly<Record<string, Json | undefined>>) =>
    put(options.map((option, index) => (index === at ? without({ ...option, ...props }) : option)))
  const swap = (at: number, by: number) => {
    const next = [...options]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(at + by, 0, moved)
    put(next)
    onEnd()
  }
  return (
    <ul className="fd-options" onBlur={onEnd}>
      {options.map((option, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the value of an option is what is being typed
        <li key={at}>
          <select
            aria-label={say('option_color')}
            className={`fd-color ${String(option['color'] ?? 'none')}`}
            value={String(option['color'] ?? '')}
            onChange={(event) => change(at, { color: event.target.value || undefined })}
          >
            <option value="">{say('none')}</option>
            {colors.map((color) => (
              <option key={color} value={color}>
                {color}
              </option>
            ))}
          </select>
          <div className="fd-optiontexts">
            {languages.map((language) => (
              <input
                key={language}
                aria-label={say(language === 'en' ? 'option_label_en' : 'option_label_zh')}
                placeholder={say(language === 'en' ? 'option_label_en' : 'option_label_zh')}
                value={labelIn(option['label'], language)}
                onChange={(event) => change(at, { label: withText(option['label'], language, event.target.value) })}
              />
            ))}
            <input
              className="fl-mono"
              aria-label={say('option_value')}
              value={String(option['value'] ?? '')}
              onChange={(event) => change(at, { value: event.target.value })}
            />
          </div>
          <span className="fd-optionacts">
            <IconButton
              icon="chevron-up"
              size={14}
              label={say('option_up', { name: String(option['value']) })}
              disabled={at === 0}
              onClick={() => swap(at, -1)}
            />
            <IconButton
              icon="chevron-down"
              size={14}
              label={say('option_down', { name: String(option['value']) })}
              disabled={at === options.length - 1}
              onClick={() => swap(at, 1)}
            />
            <IconButton
              icon="x"
              size={14}
              label={say('option_remove', { name: String(option['value']) })}
              disabled={options.length === 1}
              onClick={() => {
                put(options.filter((_, index) => index !== at))
                onEnd()
              }}
            />
          </span>
        </li>
      ))}
      <li>
        <Button
          small
          look="quiet"
          icon="plus"
          onClick={() => {
            put([...options, { value: freeValue(options) }])
            onEnd()
          }}
        >
          {say('option_add')}
        </Button>
      </li>
    </ul>
  )
}

function freeValue(options: readonly JsonObject[]): string {
  const taken = new Set(options.map((option) => option['value']))
  for (let number = options.length + 1; ; number += 1) if (!taken.has(`option_${number}`)) return `option_${number}`
}

function labelIn(label: Json | undefined, language: Language): string {
  if (typeof label === 'string') return label
  return isObject(label) && typeof label[language] === 'string' ? label[language] : ''
}

function withText(label: Json | undefined, language: Language, text: string): Json | undefined {
  const known: JsonObject = isObject(label) ? label : typeof label === 'string' ? { en: label, 'zh-CN': label } : {}
  const next = without({ ...known, [language]: text === '' ? undefined : text })
  return Object.keys(next).length > 0 ? next : undefined
}

function without(value: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined))
}

/** Own field ← field of the linked form. */
export function CopyEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const say = useWords()
  const language = useLanguage()
  const document = useDocument()
  const model = useWholeModel()
  const pairs = Object.entries(isObject(entry.value) ? entry.value : {}).map(
    ([own, from]): readonly [string, string] => [own, String(from)],
  )
  const put = (next: readonly (readonly [string, string])[]) =>
    onValue(next.length > 0 ? Object.fromEntries(next) : undefined)
  const field = nodeOf(document, entry.node)
  const siblings = childrenOf(document, field?.parent ?? '').filter((one) => one.id !== entry.node)
  const target = model.forms.get(String(field?.props['to']))?.definition
  const free = siblings.find((one) => !pairs.some(([own]) => own === one.props['name']))
  return (
    <ul className="fd-options" aria-label={label} onBlur={onEnd}>
      {pairs.map(([own, from], at) => (
        <li key={own}>
          <select
            className="fl-input small"
            aria-label={say('any_field')}
            value={own}
            onChange={(event) => put(pairs.map((pair, index) => (index === at ? [event.target.value, from] : pair)))}
          >
            {siblings.map((one) => (
              <option key={one.id} value={String(one.props['name'])}>
                {titleOf(document, one.id, language)}
              </option>
            ))}
          </select>
          <span className="fl-ink-3 fl-12">{say('copy_from')}</span>
          <input
            className="fl-input small fl-mono"
            aria-label={say('copy_from')}
            list={`${entry.node}-fields`}
            value={from}
            onChange={(event) => put(pairs.map((pair, index) => (index === at ? [own, event.target.value] : pair)))}
          />
          <IconButton
            icon="x"
            size={14}
            label={say('option_remove', { name: own })}
            onClick={() => {
              put(pairs.filter((_, index) => index !== at))
              onEnd()
            }}
          />
        </li>
      ))}
      <datalist id={`${entry.node}-fields`}>
        {(target?.fields ?? []).map((one) => (
          <option key={one.name} value={one.name} />
        ))}
      </datalist>
      {free && (
        <li>
          <Button
            small
            look="quiet"
            icon="plus"
            onClick={() => {
              put([...pairs, [String(free.props['name']), target?.fields[0]?.name ?? 'title']])
              onEnd()
            }}
          >
            {say('copy_add')}
          </Button>
        </li>
      )}
    </ul>
  )
}

export function TableColumnsEditor({ entry }: EditorProps) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const columns = childrenOf(document, entry.node)
  return (
    <ul className="fd-columns">
      {columns.map(({ id }) => (
        <li key={id}>
          <button
            type="button"
            className="fl-menuitem"
            aria-label={say('open_column', { name: titleOf(document, id, language) })}
            onClick={() => editor.select(id)}
          >
            <Icon name={iconOfNode(document, id, editor.kinds)} />
            <span className="fl-grow fl-cut">{titleOf(document, id, language)}</span>
            <Icon name="chevron-right" size={14} />
          </button>
        </li>
      ))}
      <li>
        <Button
          small
          look="quiet"
          icon="plus"
          onClick={() =>
            editor.run({ do: 'add-field', kind: 'text', place: { parent: entry.node, index: columns.length } })
          }
        >
          {say('add_column')}
        </Button>
      </li>
    </ul>
  )
}

export function TotalsEditor({ entry, onValue, onEnd }: EditorProps) {
  const language = useLanguage()
  const document = useDocument()
  const table = fieldOf(document, entry.node)
  const totals = Array.isArray(entry.value) ? (entry.value as readonly Json[]) : []
  const numbers = childrenOf(document, table?.id ?? '').filter((column) =>
    ['integer', 'decimal', 'money', 'percent', 'duration'].includes(String(column.props['type'])),
  )
  const set = (name: string, on: boolean) => {
    const next = numbers
      .map((column) => String(column.props['name']))
      .filter((other) => (other === name ? on : totals.includes(other)))
    onValue(next.length > 0 ? next : undefined)
    onEnd()
  }
  return (
    <ul className="fd-ticks">
      {numbers.map((column) => (
        <li key={column.id}>
          <label>
            <input
              type="checkbox"
              className="fl-check"
              checked={totals.includes(String(column.props['name']))}
              onChange={(event) => set(String(column.props['name']), event.target.checked)}
            />
            {titleOf(document, column.id, language)}
          </label>
        </li>
      ))}
    </ul>
  )
}
