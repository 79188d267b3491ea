import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { LegendFigure } from '../../../ui/legend.tsx'
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
  const { legends } = useLegends()
  return (
    <div className={styles.row}>
      <ScaleBar />
      {legends.map((legend) => (
        <LegendFigure key={legend.layer} legend={legend} />
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
