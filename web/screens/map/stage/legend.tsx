import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { useFormats } from '../../../ui/use-formats.ts'
import { useCamera } from '../../../view/use-view.ts'
import { useLegends } from '../map-page.ts'
import styles from './legend.module.css'
import { metresPerPixel, roundLength } from './scale-length.ts'

const messages = defineMessages({
  zh: { metres: '{count} 米', kilometres: '{count} 公里' },
  en: { metres: '{count} m', kilometres: '{count} km' },
})

/** What the colours on the map mean, and a scale bar. */
export function Legend() {
  const formats = useFormats()
  const { legends } = useLegends()
  return (
    <div className={styles.row}>
      <ScaleBar />
      {legends.map((legend) => (
        <figure key={legend.layer} className={styles.legend}>
          <figcaption className={styles.title}>{legend.title}</figcaption>
          <ol className={styles.classes}>
            {legend.breaks.map((low, index) => (
              <li key={low} className={styles.class}>
                <span className={styles.swatch} style={{ background: legend.colours[index] }} />
                <span className={styles.limit}>{formats.short(low)}</span>
              </li>
            ))}
          </ol>
          <p className={styles.note}>{legend.note}</p>
        </figure>
      ))}
    </div>
  )
}

function ScaleBar() {
  const t = useMessages(messages)
  const formats = useFormats()
  const [camera] = useCamera()
  if (camera === null) return null
  const perPixel = metresPerPixel(camera.lat, camera.zoom)
  const length = roundLength(perPixel, 96)
  return (
    <div className={styles.scale} style={{ inlineSize: length / perPixel }}>
      {length >= 1000
        ? t('kilometres', { count: formats.count(length / 1000) })
        : t('metres', { count: formats.count(length) })}
    </div>
  )
}
