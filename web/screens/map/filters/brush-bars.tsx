import { memo } from 'react'
import { useLanguage } from '../../../i18n/language.ts'
import { useMedia } from '../../../ui/use-media.ts'
import { dateOf, daysOfMonth, monthOf, type Bin } from '../../../view/day.ts'
import type { DayRange } from './brush-range.ts'
import styles from './time-brush.module.css'

/** One bar a bin, strong where it lies in the range; drawn in days, stretched to whatever width there is. */
export const BrushBars = memo(function BrushBars(props: { bins: Bin[]; whole: DayRange; range: DayRange }) {
  const { bins, whole, range } = props
  // A first or last week that the data cuts short would look like a fall: bars show cases per day.
  const height = ({ from, to, count }: Bin) => count / (to - from)
  const highest = Math.max(...bins.map(height), 1 / 7)
  const days = whole.to - whole.from
  return (
    <svg className={styles.bars} viewBox={`0 0 ${days} 100`} preserveAspectRatio="none" aria-hidden="true">
      {bins.map((bin) => {
        const tall = (height(bin) / highest) * 100
        const middle = (bin.from + bin.to) / 2
        return (
          <rect
            key={bin.from}
            x={bin.from - whole.from}
            y={100 - tall}
            width={(bin.to - bin.from) * 0.82}
            height={tall}
            className={middle >= range.from && middle <= range.to ? styles.barInside : styles.bar}
          />
        )
      })}
    </svg>
  )
})

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
  const language = useLanguage()
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
