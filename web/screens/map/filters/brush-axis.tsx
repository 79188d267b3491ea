import { useLocale } from 'use-intl'
import { dateOf, daysOfMonth, monthOf } from '../../../view/day.ts'
import type { DayRange } from './brush-range.ts'
import styles from './time-brush.module.css'

/** First days of months inside the range, every `every`-th, so that at most a dozen are named. */
function monthsOf({ from, to }: DayRange): { day: number; month: number; year: number }[] {
  const starts: { day: number; month: number; year: number }[] = []
  for (let day = daysOfMonth(monthOf(from)).to; day < to; day = daysOfMonth(monthOf(day)).to) {
    const date = dateOf(day)
    starts.push({ day, month: Number(date.slice(5, 7)), year: Number(date.slice(0, 4)) })
  }
  const every = Math.ceil(starts.length / 9)
  return starts.filter(({ month }) => (month - 1) % every === 0)
}

export function BrushAxis({ whole }: { whole: DayRange }) {
  const language = useLocale()
  const name = (month: number) =>
    language === 'zh'
      ? `${month}月`
      : new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 1))
  const days = whole.to - whole.from
  return (
    <div className={styles.axis} aria-hidden="true">
      {monthsOf(whole).map(({ day, month, year }, index) => (
        <span key={day} className={styles.tick} style={{ left: `${((day - whole.from) / days) * 100}%` }}>
          {month === 1 || index === 0
            ? language === 'zh'
              ? `${year}年${month}月`
              : `${name(month)} ${year}`
            : name(month)}
        </span>
      ))}
    </div>
  )
}
