/** The designer's words in the person's language. */
import { useMemo } from 'react'
import { fillText, type Language } from '#base/text.ts'
import { useSignal } from '#ui/parts/use-signal.ts'
import { locale } from '#ui/shell/preferences.ts'
import { en } from './en.ts'
import { zhCN } from './zh-cn.ts'

type Key = keyof typeof en
type Stem<K extends string> = K extends `${infer S}_one` ? S : K extends `${string}_other` ? never : K
export type WordKey = Stem<Key>
export type Say = (key: WordKey, fill?: Readonly<Record<string, string | number>>) => string

const texts: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en, 'zh-CN': zhCN }

/** Example: `sayIn('en')('draft', {count: 2})` → `2 changes`. */
export function sayIn(language: Language): Say {
  const known = texts[language]
  return (key, fill = {}) => {
    const form = fill['count'] === 1 ? `${key}_one` : `${key}_other`
    return fillText(known[(form in known ? form : key) as Key], fill)
  }
}

export function useWords(): Say {
  const language = useSignal(locale)
  return useMemo(() => sayIn(language), [language])
}

export function useLanguage(): Language {
  return useSignal(locale)
}
