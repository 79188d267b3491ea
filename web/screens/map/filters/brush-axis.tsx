import { useLocale } from 'use-intl'
import { useMedia } from '../../../ui/use-media.ts'
import { dateOf, daysOfMonth, monthOf } from '../../../view/day.ts'
import type { DayRange } from './brush-range.ts'
import styles from './time-brush.module.css'

/** First days of months inside the range, every second, third … of them, so that about `most` are named. */
function monthsOf({ from, to }: DayRange, most: number): { day: number; month: number; year: number }[] {
  const starts: { day: number; month: number; year: number }[] = []
  for (let day = daysOfMonth(monthOf(from)).to; day < to; day = daysOfMonth(monthOf(day)).to) {
    const date = dateOf(day)
    starts.push({ day, month: Number(date.slice(5, 7)), year: Number(date.slice(0, 4)) })
  }
  const every = Math.ceil(starts.length / most)
  return starts.filter(({ month }) => (month - 1) % every === 0)
}

export function BrushAxis({ whole }: { whole: DayRange }) {
  const language = useLocale()
  const small = useMedia('(max-width: 599px)')
  const name = (month: number) =>
    language === 'zh'
      ? `${month}月`
      : new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 1))
  const days = whole.to - whole.from
  return (
    <div className={styles.axis} aria-hidden="true">
      {monthsOf(whole, small ? 4 : 9).map(({ day, month, year }, index) => (
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
