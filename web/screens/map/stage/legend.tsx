import { useTranslations } from 'use-intl'
import { useFormats } from '../../../ui/use-formats.ts'
import { useLegend } from '../map-page.ts'
import styles from './legend.module.css'
import { ScaleBar } from './scale-bar.tsx'

/** The colours of the density in figures, and how long a hundred metres are. */
export function Legend() {
  const t = useTranslations('layers')
  const formats = useFormats()
  const { legend } = useLegend()
  return (
    <div className={styles.row}>
      <ScaleBar />
      {legend !== null && legend.breaks.length > 0 && (
        <figure className={styles.legend}>
          <figcaption className={styles.title}>{t('legend')}</figcaption>
          <ol className={styles.classes}>
            {legend.breaks.map((low, index) => (
              <li key={low} className={styles.class}>
                <span className={styles.swatch} style={{ background: legend.colours[index] }} />
                <span className={styles.limit}>{formats.short(low)}</span>
              </li>
            ))}
          </ol>
          <p className={styles.note}>
            {t('legendCases', { count: formats.count(legend.cases), metres: formats.count(legend.radius) })}
          </p>
        </figure>
      )}
    </div>
  )
}
