import { memo } from 'react'
import type { Bin } from '../../../view/histogram.ts'
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
