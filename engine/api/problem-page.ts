/** The documentation of one problem as a page for people; plain, without scripts. */
import { catalogue, type ProblemCode } from '#base/problems.ts'
import { type Locale, resolveText } from '#base/text.ts'

export function problemPage(code: ProblemCode, locale: Locale): string {
  const { status, title, advice } = catalogue[code]
  const heading = escaped(resolveText(title, locale))
  return (
    `<!doctype html><html lang="${escaped(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title></head>` +
    `<body><main><h1>${heading}</h1><p>${escaped(resolveText(advice, locale))}</p><p><code>${escaped(code)}</code> · ${status}</p></main></body></html>`
  )
}

/** Text as text in HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
