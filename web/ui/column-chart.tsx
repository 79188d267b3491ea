import styles from './column-chart.module.css'

export type Column = { key: string; label: string; name: string; count: number; selected: boolean }

/** Columns over time; each is a button that selects its period. A column is at least 24 px wide: a dozen fit a panel. */
export function ColumnChart({ columns, onSelect }: { columns: Column[]; onSelect: (key: string) => void }) {
  const highest = Math.max(1, ...columns.map(({ count }) => count))
  const anySelected = columns.some(({ selected }) => selected)
  return (
    <ul className={styles.chart} data-selective={anySelected || undefined}>
      {columns.map((column) => (
        <li key={column.key} className={styles.column}>
          <button
            type="button"
            className={styles.button}
            aria-pressed={column.selected}
            aria-label={column.name}
            title={column.name}
            onClick={() => onSelect(column.key)}
          >
            <span className={styles.bar} style={{ blockSize: `${(column.count / highest) * 100}%` }} />
          </button>
          <span className={styles.label} aria-hidden="true">
            {column.label}
          </span>
        </li>
      ))}
    </ul>
  )
}
