import styles from './legend.module.css'
import { useFormats } from './use-formats.ts'

/** What the colours of a map layer mean: classes by their lower limits, or by name. */
export function LegendFigure({
  legend: { title, note, breaks, names, colours },
}: {
  legend: {
    title: string
    note: string
    breaks: readonly number[]
    names?: readonly string[]
    colours: readonly string[]
  }
}) {
  const formats = useFormats()
  return (
    <figure className={styles.legend}>
      <figcaption className={styles.title}>{title}</figcaption>
      <ol className={styles.classes}>
        {breaks.map((low, index) => (
          <li key={low} className={styles.class}>
            <span className={styles.swatch} style={{ background: colours[index] }} />
            <span className={styles.limit}>{names?.[index] ?? formats.short(low)}</span>
          </li>
        ))}
      </ol>
      <p className={styles.note}>{note}</p>
    </figure>
  )
}
