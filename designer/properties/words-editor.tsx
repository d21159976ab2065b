/** A text in both languages. */
import { type Language, languages, type Text } from '#base/text.ts'
import { useEditor } from '../forms/editor-context.tsx'
import { useWords } from '../strings/use-words.ts'
import type { EditorProps } from './editor-props.ts'

const marks: Readonly<Record<Language, string>> = { en: 'EN', 'zh-CN': '中' }

export function WordsEditor({ entry, label, onEnd }: EditorProps) {
  const say = useWords()
  const editor = useEditor()
  const property = entry.name as 'label' | 'plural' | 'help' | 'text'
  return (
    <div className="fd-words">
      {languages.map((language) => (
        <label key={language} className="fd-langinput">
          <span aria-hidden="true">{marks[language]}</span>
          <input
            aria-label={say(language === 'en' ? 'en_label' : 'zh_label', { name: label })}
            lang={language}
            value={textIn(entry.value as Text | undefined, language)}
            data-property={`${property}-${language}`}
            onChange={(event) =>
              editor.run({ do: 'set-label', id: entry.node, language, text: event.target.value, property })
            }
            onBlur={onEnd}
          />
        </label>
      ))}
    </div>
  )
}

/** A plain text is that of every language. */
function textIn(text: Text | undefined, language: Language): string {
  if (text === undefined) return ''
  return typeof text === 'string' ? text : (text[language] ?? '')
}
