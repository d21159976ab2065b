/** In which language to answer: that of the user, else the best of what the client asks for. */
import { type Language, languages } from '#base/text.ts'

/** Of an `Accept-Language` header (RFC 9110 §12.5.4): `zh;q=0.9, en;q=0.8` → `zh-CN`. */
export function acceptedLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters
        .map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1])
        .find((found) => found !== undefined)
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }
    })
  const best = wishes
    .filter((wish) => wish.quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .flatMap((wish) => languageOf(wish.tag) ?? [])
  return best[0] ?? languages[0]
}

function languageOf(tag: string): Language | undefined {
  return (
    languages.find((language) => language.toLowerCase() === tag) ??
    languages.find((language) => language.split('-')[0] === tag.split('-')[0])
  )
}
