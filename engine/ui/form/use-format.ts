/** Dates and numbers as the person's language writes them. */
import { useMemo } from 'react'
import type { Language } from '#base/text.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { locale } from '../shell/preferences.ts'

export interface Formats {
  readonly locale: Language
  readonly zone: string
  /** A point in time, short: `today 10:12`, `27 Oct 10:12`, with the year only when it is another one. */
  moment(iso: string): string
  /** The exact point in time, for a tooltip. */
  exact(iso: string): string
  number(value: number | string): string
}

export function useFormat(): Formats {
  const language = useSignal(locale)
  const { app } = useWorkspace()
  const zone = app.user.zone ?? app.workspace.zone
  return useMemo(() => makeFormats(language, zone), [language, zone])
}

export function makeFormats(language: Language, zone: string): Formats {
  const region = language === 'en' ? 'en-GB' : language
  const day = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(region, { timeZone: zone, ...options })
  const full = day({ dateStyle: 'medium', timeStyle: 'medium' })
  const time = day({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const short = day({ day: 'numeric', month: 'short' })
  const long = day({ day: 'numeric', month: 'short', year: 'numeric' })
  const key = day({ year: 'numeric', month: '2-digit', day: '2-digit' })
  const words = new Intl.RelativeTimeFormat(region, { numeric: 'auto' })
  return {
    locale: language,
    zone,
    exact: (iso) => full.format(new Date(iso)),
    number: (value) => new Intl.NumberFormat(region).format(Number(value)),
    moment(iso) {
      const at = new Date(iso)
      const now = new Date()
      if (key.format(at) === key.format(now)) return `${words.format(0, 'day')} ${time.format(at)}`
      if (key.format(at) === key.format(new Date(now.getTime() - 86_400_000)))
        return `${words.format(-1, 'day')} ${time.format(at)}`
      return at.getUTCFullYear() === now.getUTCFullYear() ? `${short.format(at)} ${time.format(at)}` : long.format(at)
    },
  }
}
