import { homeTimeZone } from '@minqing/data/domain/instant'
import { categoryOf, incidentTypeLabels, type IncidentType } from '@minqing/data/domain/incident-type'
import type { Language } from '@minqing/data/domain/label'

const locales = { zh: 'zh-CN', en: 'en-GB' } as const satisfies Record<Language, string>

/** How the wall writes numbers and times: always in the zone of the place, whatever the machine is set to. */
export type WallFormat = {
  /** “—” for what is not known. */
  number: (value: number | null) => string
  /** `14:05:32` */
  clock: (instant: number) => string
  /** `14:05` */
  time: (instant: number | string) => string
  /** `11月21日 星期六` */
  date: (instant: number) => string
  /** `11-21 14:05` when the day is another one than `now`'s, else `14:05`. */
  localTime: (instant: number | string, now: number) => string
  /** `96.1%`; “—” where the denominator is 0 or unknown. */
  share: (share: { count: number; of: number | null }) => string
  /** `+12%`, `−8%`, `±0%`; “—” when there was nothing before. */
  change: (current: number, previous: number) => string
}

export function wallFormat(language: Language): WallFormat {
  const locale = locales[language]
  const timeZone = homeTimeZone
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(locale, { timeZone, month: '2-digit', day: '2-digit' })
  const date = new Intl.DateTimeFormat(locale, { timeZone, month: 'long', day: 'numeric' })
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long' })
  return {
    number: (value) => (value === null ? '—' : number.format(value)),
    clock: (instant) => clock.format(instant),
    time: (instant) => time.format(new Date(instant)),
    date: (instant) => {
      const parts = [date.format(instant), weekday.format(instant)]
      return (language === 'zh' ? parts : parts.toReversed()).join(' ')
    },
    localTime: (instant, now) => {
      const at = new Date(instant)
      return day.format(at) === day.format(now) ? time.format(at) : `${day.format(at)} ${time.format(at)}`
    },
    share: ({ count, of }) => (of === 0 || of === null ? '—' : percent.format(count / of)),
    change: (current, previous) => {
      if (previous === 0) return '—'
      const change = Math.round((100 * (current - previous)) / previous)
      return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${Math.abs(change)}%`
    },
  }
}

/** A type as it reads away from its column heading: “邻里” alone would not say that it is a dispute. */
export function typeName(type: IncidentType, language: Language): string {
  const label = incidentTypeLabels[type][language]
  if (language !== 'zh' || categoryOf(type) !== 'E01' || /(纠纷|争议)$/.test(label)) return label
  return `${label}纠纷`
}

/** Community and grid; a grid's own name often begins with its community's. */
export function placeName(place: { communityName: string | null; gridName: string | null }, outside: string): string {
  const { communityName, gridName } = place
  if (gridName === null) return communityName ?? outside
  return communityName === null || gridName.startsWith(communityName) ? gridName : `${communityName} ${gridName}`
}
