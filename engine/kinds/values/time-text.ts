/** Times of day as people type and read them: `17:00`, `5:00 pm`, `下午5点30分`. */

/** Canonical: `HH:MM`, and `:SS` only where there are seconds. Null when no such time exists. */
export function timeOf(hours: number, minutes: number, seconds: number): string | null {
  if (hours > 23 || minutes > 59 || seconds > 59) return null
  const clock = [hours, minutes, ...(seconds === 0 ? [] : [seconds])]
  return clock.map((part) => String(part).padStart(2, '0')).join(':')
}

/** The canonical form of `HH:MM[:SS]`. */
export function canonicalTime(time: string): string {
  return time.length === 8 && time.endsWith(':00') ? time.slice(0, 5) : time
}

/** The time that was typed, or null. */
export function readTime(text: string): string | null {
  const typed = text.normalize('NFKC').trim().toLowerCase()
  if (typed.length > 24) return null
  const match =
    /^(上午|下午|晚上|中午)?\s*(\d{1,2})(?:\s*[:时点]\s*(\d{1,2})?(?:\s*[:分]\s*(\d{1,2})?)?\s*秒?)?\s*(am|pm|a\.m\.|p\.m\.)?$/.exec(
      typed,
    )
  if (match === null) return null
  const named = match[1] ?? match[5]
  if (named === undefined && !/[:时点]/.test(typed)) return null
  const hours = hoursOf(Number(match[2]), named)
  return hours === null ? null : timeOf(hours, Number(match[3] ?? 0), Number(match[4] ?? 0))
}

function hoursOf(hours: number, named: string | undefined): number | null {
  if (named === undefined) return hours
  const isEnglish = named.startsWith('a') || named.startsWith('p')
  if (isEnglish && (hours < 1 || hours > 12)) return null
  const isMorning = named.startsWith('a') || named === '上午'
  if (isMorning) return hours === 12 ? 0 : hours
  return hours < 12 ? hours + 12 : hours
}
