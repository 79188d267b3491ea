import type { ReactNode } from 'react'
import styles from './bar-list.module.css'

/** Width of a bar as a share of the longest. */
function barWidth(count: number, counts: readonly { count: number }[]) {
  const longest = Math.max(1, ...counts.map((one) => one.count))
  return { inlineSize: `${(count / longest) * 100}%` }
}

/**
 * Horizontal bars, one per category, in the given order, with the value and an optional second value behind them. Sizes
 * and colours are custom properties, listed in the style sheet.
 */
export function Bars({
  bars,
  className = '',
}: {
  bars: { key: string; label: string; count: number; value: ReactNode; aside?: ReactNode }[]
  className?: string
}) {
  return (
    <ul className={`${styles.bars} ${className}`}>
      {bars.map(({ key, label, count, value, aside }) => (
        <li key={key} className={styles.static}>
          <span className={styles.label}>{label}</span>
          <span className={styles.track} aria-hidden="true">
            <span className={styles.bar} style={barWidth(count, bars)} />
          </span>
          <span className={styles.value}>{value}</span>
          {aside !== undefined && <span className={styles.aside}>{aside}</span>}
        </li>
      ))}
    </ul>
  )
}

export type Bar = { key: string; label: string; count: number; selected: boolean }

/**
 * Horizontal bars that filter, in the given order. A bar toggles its category, its number opens the list behind it. With
 * a selection the other bars are drawn paler.
 */
export function BarList({
  bars,
  toggleLabel,
  openLabel,
  format,
  onToggle,
  onOpen,
}: {
  bars: Bar[]
  toggleLabel: (bar: Bar) => string
  openLabel: (bar: Bar) => string
  format: (count: number) => string
  onToggle: (key: string) => void
  onOpen: (key: string) => void
}) {
  const anySelected = bars.some(({ selected }) => selected)
  return (
    <ul className={styles.list} data-selective={anySelected || undefined}>
      {bars.map((bar) => (
        <li key={bar.key} className={styles.row}>
          <button
            type="button"
            className={styles.toggle}
            aria-pressed={bar.selected}
            aria-label={toggleLabel(bar)}
            onClick={() => onToggle(bar.key)}
          >
            <span className={styles.label}>{bar.label}</span>
            <span className={styles.track}>
              <span className={styles.bar} style={barWidth(bar.count, bars)} />
            </span>
          </button>
          <button type="button" className={styles.count} aria-label={openLabel(bar)} onClick={() => onOpen(bar.key)}>
            {format(bar.count)}
          </button>
        </li>
      ))}
    </ul>
  )
}
