import styles from './legend.module.css'
import { useFormats } from './use-formats.ts'

type Mark = {
  outline: readonly (readonly number[])[]
  line: string
  fill: string
  glyph: readonly (readonly (readonly number[])[])[]
  ink: string
}

/** What the colours and shapes of a map layer mean: classes by their lower limits, or by name. */
export function LegendFigure({
  legend: { title, note, breaks, names, colours, marks, link },
}: {
  legend: {
    title: string
    note: string
    breaks: readonly number[]
    names?: readonly string[]
    colours: readonly string[]
    marks?: readonly Mark[]
    link?: { text: string; href: string }
  }
}) {
  const formats = useFormats()
  return (
    <figure className={styles.legend}>
      <figcaption className={styles.title}>
        {title}
        {link && <a href={link.href}>{link.text}</a>}
      </figcaption>
      <ol className={styles.classes}>
        {breaks.map((low, index) => {
          const mark = marks?.[index]
          return (
            <li key={low} className={styles.class}>
              {mark ? (
                <svg className={styles.mark} viewBox="0 0 26 26" strokeWidth="2" aria-hidden="true">
                  <polygon points={mark.outline.join(' ')} fill={mark.fill} stroke={mark.line} />
                  {mark.glyph.map((points) => (
                    <polyline key={points.join(' ')} points={points.join(' ')} fill="none" stroke={mark.ink} />
                  ))}
                </svg>
              ) : (
                <span className={styles.swatch} style={{ background: colours[index] }} />
              )}
              <span className={styles.limit}>{names?.[index] ?? formats.short(low)}</span>
            </li>
          )
        })}
      </ol>
      <p className={styles.note}>{note}</p>
    </figure>
  )
}
