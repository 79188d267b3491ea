import styles from './bar-list.module.css'

export type Bar = { key: string; label: string; count: number; selected: boolean }

/**
 * Horizontal bars, one a category, longest first as given. A bar toggles its category, its number opens the list behind
 * it. With a selection the rest recedes.
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
  const longest = Math.max(1, ...bars.map(({ count }) => count))
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
              <span className={styles.bar} style={{ inlineSize: `${(bar.count / longest) * 100}%` }} />
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
