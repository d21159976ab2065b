/** The weeks of a month as ISO dates, Monday first. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const start = new Date(first)
  start.setUTCDate(1 - ((first.getUTCDay() + 6) % 7))
  const weeks: string[][] = []
  for (let day = start; weeks.length < 6; day = nextDay(day)) {
    const last = weeks[weeks.length - 1]
    if (last && last.length < 7) last.push(iso(day))
    else if (weeks.length > 0 && !iso(day).startsWith(month)) break
    else weeks.push([iso(day)])
  }
  const end = weeks[weeks.length - 1]
  while (end && end.length < 7) end.push(iso(nextDay(new Date(`${end[end.length - 1]}T00:00:00Z`))))
  return weeks
}

/** `2026-11` and 1 → `2026-12`. */
export function shiftMonth(month: string, by: number): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + by)
  return iso(date).slice(0, 7)
}

function nextDay(day: Date): Date {
  return new Date(day.getTime() + 86_400_000)
}

function iso(day: Date): string {
  return day.toISOString().slice(0, 10)
}
