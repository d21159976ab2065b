/** What a person chose for this device: language, theme, width of the menu. */
import { signal } from '@preact/signals-core'
import { type Language, languages } from '#base/text.ts'

export type Theme = 'light' | 'dark'

const page = typeof document === 'undefined' ? null : document.documentElement
export const locale = signal<Language>(languageOf(page?.lang ?? 'en'))
export const theme = signal<Theme>(page?.dataset['theme'] === 'dark' ? 'dark' : 'light')
export const menuCollapsed = signal(readChoice('formloom.menu') === 'rail')
/** Folded groups of the menu that are open. */
export const openedGroups = signal<ReadonlySet<string>>(
  new Set((readChoice('formloom.groups') ?? '').split(' ').filter(Boolean)),
)

export function chooseLocale(next: string): void {
  locale.value = languageOf(next)
  if (page) page.lang = locale.value
  keepChoice('formloom.locale', locale.value)
}

export function chooseTheme(next: Theme): void {
  theme.value = next
  if (page) page.dataset['theme'] = next
  keepChoice('formloom.theme', next)
}

export function toggleMenu(): void {
  menuCollapsed.value = !menuCollapsed.value
  keepChoice('formloom.menu', menuCollapsed.value ? 'rail' : 'wide')
}

/** Opens or closes a folded group of the menu. */
export function toggleGroup(id: string): void {
  const opened = new Set(openedGroups.value)
  if (!opened.delete(id)) opened.add(id)
  openedGroups.value = opened
  keepChoice('formloom.groups', [...opened].join(' '))
}

/** The nearest language that the screens speak. */
export function languageOf(wanted: string): Language {
  return languages.find((language) => language.split('-')[0] === wanted.split('-')[0]) ?? 'en'
}

/** A browser without storage still works: the choice lasts as long as the page. */
export function readChoice(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function keepChoice(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
    return true
  } catch {
    return false
  }
}
