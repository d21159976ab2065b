/** Text for people: a string, or a map from locale to string. */
export type Locale = string
export type Text = string | { readonly [locale: Locale]: string }

export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** The text in the wanted locale; falls back to the same language, English, then whatever there is. */
export function resolveText(text: Text | undefined, locale: Locale): string {
  if (text === undefined) return ''
  if (typeof text === 'string') return text
  const language = locale.split('-')[0] ?? locale
  const near = Object.keys(text).find((key) => key.split('-')[0] === language)
  return text[locale] ?? (near ? text[near] : undefined) ?? text.en ?? Object.values(text)[0] ?? ''
}

/** Replaces `{name}` by the parameter of that name; an unknown placeholder stays as it is. */
export function fillText(template: string, params: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) =>
    Object.hasOwn(params, key) ? String(params[key]) : whole,
  )
}
