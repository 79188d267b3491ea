import { dayLength } from '../local-time.ts'
import type { CalendarYear, SpecialDay } from './calendar.ts'

type Holiday = { name: string; free: readonly [from: string, until: string]; worked: readonly string[] }

const free = (name: string, from: string, until: string, ...worked: string[]): Holiday => ({
  name,
  free: [from, until],
  worked,
})

/** Free days, and weekend days that are worked for them, of the State Council's notices. */
const notices: readonly { year: number; holidays: readonly Holiday[] }[] = [
  {
    year: 2025,
    holidays: [
      free('元旦', '2025-01-01', '2025-01-01'),
      free('春节', '2025-01-28', '2025-02-04', '2025-01-26', '2025-02-08'),
      free('清明节', '2025-04-04', '2025-04-06'),
      free('劳动节', '2025-05-01', '2025-05-05', '2025-04-27'),
      free('端午节', '2025-05-31', '2025-06-02'),
      free('国庆节、中秋节', '2025-10-01', '2025-10-08', '2025-09-28', '2025-10-11'),
    ],
  },
  {
    year: 2026,
    holidays: [
      free('元旦', '2026-01-01', '2026-01-03', '2026-01-04'),
      free('春节', '2026-02-15', '2026-02-23', '2026-02-14', '2026-02-28'),
      free('清明节', '2026-04-04', '2026-04-06'),
      free('劳动节', '2026-05-01', '2026-05-05', '2026-05-09'),
      free('端午节', '2026-06-19', '2026-06-21'),
      free('中秋节', '2026-09-25', '2026-09-27'),
      free('国庆节', '2026-10-01', '2026-10-07', '2026-09-20', '2026-10-10'),
    ],
  },
]

/** National holidays as far as they are announced; a year that a centre has set itself goes before them. */
export const nationalYears: readonly CalendarYear[] = notices.map(({ year, holidays }) => ({
  year,
  days: holidays
    .flatMap(({ name, free: [from, until], worked }): SpecialDay[] => [
      ...daysBetween(from, until).map((date) => ({ date, kind: 'holiday' as const, name })),
      ...worked.map((date) => ({ date, kind: 'workday' as const, name })),
    ])
    .toSorted((a, b) => a.date.localeCompare(b.date)),
}))

/** From the first to the last of two days, `YYYY-MM-DD`. */
export function daysBetween(from: string, until: string): string[] {
  const first = Date.parse(`${from}T00:00:00Z`)
  const days = (Date.parse(`${until}T00:00:00Z`) - first) / dayLength + 1
  return Array.from({ length: days }, (_, day) => new Date(first + day * dayLength).toISOString().slice(0, 10))
}
