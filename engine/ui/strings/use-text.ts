/** Words of the screens in the person's language: typed keys, filled-in values, plural forms. */
import i18next, { type i18n } from 'i18next'
import { useMemo } from 'react'
import { type Language, resolveText, type Text } from '#base/text.ts'
import { useSignal } from '../parts/use-signal.ts'
import { locale } from '../shell/preferences.ts'
import { en } from './en.ts'
import { zhCN } from './zh-cn.ts'

type Stem<K extends string> = K extends `${infer S}_one` ? S : K extends `${infer S}_other` ? S : K
/** A key of the strings; plural forms share one. */
export type TextKey = Stem<Extract<keyof typeof en, string>>
export type Fill = Readonly<Record<string, string | number>>
export type Translate = (key: TextKey, fill?: Fill) => string

const instance: i18n = i18next.createInstance()
void instance.init({
  lng: 'en',
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  showSupportNotice: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
} as Parameters<i18n['init']>[0])

/** The words of one language. Example: `translate('en')('save')` → `Save`. */
export function translate(language: Language): Translate {
  const fixed = instance.getFixedT(language)
  return (key, fill) => String(fixed(key, { ...fill }))
}

export function useText(): Translate {
  const language = useSignal(locale)
  return useMemo(() => translate(language), [language])
}

/** A text of a definition in the person's language. */
export function useLabel(): (text: Text | undefined, fallback?: string) => string {
  const language = useSignal(locale)
  return useMemo(
    () =>
      (text, fallback = '') =>
        resolveText(text, language) || fallback,
    [language],
  )
}
