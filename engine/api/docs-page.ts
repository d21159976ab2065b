/** The reference of the API as a page for people: made from the contracts, plain, without scripts. */
import { catalogue } from '#base/problems.ts'
import { type Locale, resolveText } from '#base/text.ts'
import { problemsOf } from '#contract/problems-of.ts'
import type { RouteContract } from '#contract/route.ts'
import { routeContracts } from '#contract/routes.ts'
import { escaped } from './problem-page.ts'

export function docsPage(locale: Locale): string {
  const title = resolveText({ en: 'The API of this workspace', 'zh-CN': '本工作区的 API' }, locale)
  const intro = resolveText(
    { en: 'The same for programs, with the fields of every form:', 'zh-CN': '供程序使用的版本，含每个表单的字段：' },
    locale,
  )
  return (
    `<!doctype html><html lang="${escaped(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>` +
    `<body><main><h1>${title}</h1><p>${intro} <a href="/api/openapi.json">openapi.json</a></p>${routeContracts.map((contract) => section(contract, locale)).join('')}</main></body></html>`
  )
}

function section(contract: RouteContract, locale: Locale): string {
  const problems = problemsOf(contract).map(
    (code) =>
      `<li><a href="/problems/${code}"><code>${code}</code></a> · ${catalogue[code].status} · ${escaped(resolveText(catalogue[code].title, locale))}</li>`,
  )
  const headers = [...(contract.conditional ? ['If-Match'] : []), ...(contract.idempotent ? ['Idempotency-Key'] : [])]
  return (
    `<section id="${contract.id}"><h2><code>${contract.method} ${escaped(contract.url.replace(/:([a-z]+)/g, '{$1}'))}</code></h2><p>${escaped(contract.summary)} · <code>${contract.auth}</code>` +
    `${headers.map((header) => ` · <code>${header}</code>`).join('')}</p>${schema(contract.query)}${schema(contract.body)}<ul>${problems.join('')}</ul></section>`
  )
}

function schema(value: unknown): string {
  return value === undefined ? '' : `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`
}
