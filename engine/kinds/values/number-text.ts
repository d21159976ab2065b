/** Numbers as people type and read them: separators of the locale, full-width figures, U+2212 for minus. */

interface Separators {
  readonly localized: RegExp
  readonly group: RegExp
  readonly decimal: string
}

const plain = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/
const separatorsByLocale = new Map<string, Separators>()
const formatters = new Map<string, Intl.NumberFormat>()
const longest = 64
/** Invisible marks that locales written from right to left put around a minus. */
const directionMarks = /[\u200e\u200f\u061c]/g

/** What was typed as plain decimal text (`-1234.5`), or null when it is no number. Locale first, ISO always. */
export function readNumber(text: string, locale: string): string | null {
  const typed = straighten(text)
  if (typed === '' || typed.length > longest) return null
  const { localized, group, decimal } = separatorsOf(locale)
  if (localized.test(typed)) return typed.replace(group, '').replace(decimal, '.').replace(/\.$/, '')
  return plain.test(typed) ? typed.replace(/\.$/, '') : null
}

/** A canonical decimal with the separators of the locale; trailing zeros beyond `least` decimals are left out. */
export function writeNumber(decimal: string, locale: string, least: number): string {
  const written = decimal.split('.')[1] ?? ''
  const needed = written.replace(/0+$/, '').length
  const key = `${locale}/${Math.max(least, needed)}`
  let formatter = formatters.get(key)
  if (formatter === undefined) {
    const digits = Math.max(least, needed)
    formatter = new Intl.NumberFormat(locale, {
      numberingSystem: 'latn',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    formatters.set(key, formatter)
  }
  return formatter
    .format(decimal as Intl.StringNumericLiteral)
    .replace(directionMarks, '')
    .replace(/^-/, '\u2212')
}

/** Half-width figures, one kind of minus and space; `(5)` as accountants write it is −5. */
function straighten(text: string): string {
  const typed = text
    .normalize('NFKC')
    .replace(directionMarks, '')
    .trim()
    .replace(/^[\u2212\u2013]\s*/, '-')
    .replace(/^\+/, '')
  const bracketed = /^\((.+)\)$/.exec(typed)
  return bracketed?.[1] ? `-${bracketed[1].trim()}` : typed
}

function separatorsOf(locale: string): Separators {
  const known = separatorsByLocale.get(locale)
  if (known) return known
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn', useGrouping: true }).formatToParts(
    -123456789.5,
  )
  const groups = parts.filter((part) => part.type === 'integer').map((part) => part.value.length)
  const decimal = parts.find((part) => part.type === 'decimal')?.value ?? '.'
  const fresh = pattern(parts.find((part) => part.type === 'group')?.value ?? ',', decimal, groups[1] === 2)
  separatorsByLocale.set(locale, fresh)
  return fresh
}

function pattern(group: string, decimal: string, byTwo: boolean): Separators {
  const mark = groupMark(group.normalize('NFKC'))
  const whole = byTwo ? `\\d{1,2}(?:${mark}\\d{2})*${mark}\\d{3}` : `\\d{1,3}(?:${mark}\\d{3})+`
  const point = quoted(decimal)
  return {
    localized: new RegExp(`^-?(?:(?:${whole}|\\d+)(?:${point}\\d*)?|${point}\\d+)$`),
    group: new RegExp(mark, 'g'),
    decimal,
  }
}

function groupMark(group: string): string {
  if (group === '\u2019' || group === "'") return "['\u2019]"
  return quoted(group)
}

function quoted(mark: string): string {
  return mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
