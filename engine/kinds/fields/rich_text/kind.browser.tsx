/** Formatted text in the browser: shown as elements (never as markup), edited as text with marks and a tool bar. */
import { createElement, type ReactNode, useRef, useState } from 'react'
import type { FieldFaces, InputProps } from '../../field-faces.ts'
import { controlProps, leaves } from '../../inputs/control-props.ts'
import { type Word, word } from '../../inputs/words.ts'
import { richText } from './kind.ts'
import { readMarkup, writeMarkup } from './markup.ts'
import { plainText, type RichNode, readRich } from './sanitise.ts'

export const faces: FieldFaces = {
  Input: RichInput,
  Display({ value, dense }) {
    if (typeof value !== 'string') return null
    const nodes = readRich(value)
    if (dense) return <span className="fl-cut">{plainText(nodes).replace(/\n/g, ' · ')}</span>
    return <div className="fl-rich">{nodes.map(shown)}</div>
  },
}

function shown(node: RichNode, index: number): ReactNode {
  if (typeof node === 'string') return node
  if (node.tag === 'br') return <br key={index} />
  const props =
    node.href === undefined
      ? { key: index }
      : { key: index, href: node.href, target: '_blank', rel: 'noopener noreferrer' }
  return createElement(node.tag, props, ...node.children.map(shown))
}

interface Tool {
  readonly word: Word
  readonly sign: string
  /** Around the selection, or before each of its lines. */
  readonly around: string | null
  readonly before?: string
}

const tools: readonly Tool[] = [
  { word: 'bold', sign: 'B', around: '**' },
  { word: 'italic', sign: 'I', around: '__' },
  { word: 'heading', sign: 'H', around: null, before: '# ' },
  { word: 'bullets', sign: '•', around: null, before: '- ' },
  { word: 'numbers', sign: '1.', around: null, before: '1. ' },
  { word: 'quote', sign: '”', around: null, before: '> ' },
]

function RichInput(props: InputProps) {
  const { field, value, label, locale, readOnly, onChange, onText, onBlur } = props
  const [typed, setTyped] = useState<string | null>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const text = typed ?? (typeof value === 'string' ? writeMarkup(value) : '')
  function change(next: string): void {
    setTyped(next)
    const parsed = richText.parse(readMarkup(next), field)
    onText?.(next, parsed.ok ? [] : parsed.problem)
    if (parsed.ok) onChange(parsed.value)
  }
  function apply(tool: Tool): void {
    const { selectionStart: from = 0, selectionEnd: to = 0 } = area.current ?? {}
    change(text.slice(0, from) + marked(text.slice(from, to), tool) + text.slice(to))
    area.current?.focus()
  }
  function leave(): void {
    setTyped(null)
    onBlur?.()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here; it only notices that the focus left
    <div className="fl-rich-input" onBlur={(event) => leaves(event) && leave()}>
      {!readOnly && (
        <div role="toolbar" aria-label={`${label}: ${word('formatting', locale)}`} className="fl-row">
          {tools.map((tool) => (
            <button
              key={tool.word}
              type="button"
              className="fl-iconbutton"
              aria-label={word(tool.word, locale)}
              title={word(tool.word, locale)}
              onClick={() => apply(tool)}
            >
              {tool.sign}
            </button>
          ))}
        </div>
      )}
      <textarea
        {...controlProps(props)}
        ref={area}
        className="fl-input"
        rows={6}
        value={text}
        readOnly={readOnly}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  )
}

function marked(selected: string, { around, before = '' }: Tool): string {
  if (around !== null) return `${around}${selected}${around}`
  return (selected === '' ? [''] : selected.split('\n')).map((line) => `${before}${line}`).join('\n')
}
