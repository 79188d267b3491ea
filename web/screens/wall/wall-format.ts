import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Language } from '@minqing/data/domain/label'

const locales = { zh: 'zh-CN', en: 'en-GB' } as const satisfies Record<Language, string>

/** How the wall writes numbers and moments: always in the zone of the place, whatever the machine is set to. */
export type WallFormat = {
  number: (value: number) => string
  /** `14:05:32` */
  clock: (moment: number) => string
  /** `14:05` */
  time: (moment: number | string) => string
  /** `11月21日 星期六` */
  date: (moment: number) => string
  /** `11-21 14:05` when the day is another one than `now`'s, else `14:05`. */
  moment: (moment: number | string, now: number) => string
  /** `96.1%`; “—” for none of none. */
  share: (share: { count: number; of: number }) => string
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
    number: (value) => number.format(value),
    clock: (moment) => clock.format(moment),
    time: (moment) => time.format(new Date(moment)),
    date: (moment) => {
      const parts = [date.format(moment), weekday.format(moment)]
      return (language === 'zh' ? parts : parts.toReversed()).join(' ')
    },
    moment: (moment, now) => {
      const at = new Date(moment)
      return day.format(at) === day.format(now) ? time.format(at) : `${day.format(at)} ${time.format(at)}`
    },
    share: ({ count, of }) => (of === 0 ? '—' : percent.format(count / of)),
    change: (current, previous) => {
      if (previous === 0) return '—'
      const change = Math.round((100 * (current - previous)) / previous)
      return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${Math.abs(change)}%`
    },
  }
}
