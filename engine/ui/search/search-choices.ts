/** What the search offers, as one row of choices: pages of the menu, records by form, the whole list of a form. */
import type { SearchAnswer, SearchHit } from '#contract/wire-search.ts'
import type { MenuLink, MenuSection } from '../shell/menu-items.ts'

export interface Choice {
  readonly id: string
  readonly to: string
  readonly search: { readonly view?: string; readonly q?: string }
  readonly what:
    | { readonly is: 'page'; readonly link: MenuLink }
    | { readonly is: 'record'; readonly hit: SearchHit }
    | { readonly is: 'all' }
}

export interface ChoiceGroup {
  /** Name of a form; '' for pages. */
  readonly form: string
  readonly choices: readonly Choice[]
}

export interface Offer {
  readonly text: string
  readonly sections: readonly MenuSection[]
  readonly answer: SearchAnswer | null
  /** The view that shows all records of a form, where there is one. */
  viewOf(form: string): string | undefined
}

const mostPages = 4

/** Pages whose name has every word that was typed; then what the server has found. */
export function choicesOf({ text, sections, answer, viewOf }: Offer): readonly ChoiceGroup[] {
  const pages = pagesOf(text, sections)
  const forms = (answer?.groups ?? []).map(({ form, records, more }) => ({
    form,
    choices: [
      ...records.map((hit) => ({
        id: `${form}-${hit.id}`,
        to: `/f/${form}/${hit.id}`,
        search: {},
        what: { is: 'record', hit } as const,
      })),
      ...(more || records.length > 1 ? [allOf(form, text, viewOf(form))] : []),
    ],
  }))
  return [...(pages.length > 0 ? [{ form: '', choices: pages }] : []), ...forms]
}

function allOf(form: string, text: string, view: string | undefined): Choice {
  return {
    id: `${form}-all`,
    to: `/f/${form}`,
    search: { q: text, ...(view === undefined ? {} : { view }) },
    what: { is: 'all' },
  }
}

function pagesOf(text: string, sections: readonly MenuSection[]): readonly Choice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const links = sections.flatMap((section) => section.links)
  return links
    .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
    .slice(0, mostPages)
    .map((link) => ({
      id: `page-${link.id}`,
      to: link.to,
      search: link.view ? { view: link.view } : {},
      what: { is: 'page', link },
    }))
}
