import { useTranslations } from 'use-intl'
import { useFormats } from '../../../ui/use-formats.ts'
import { useCamera } from '../../../view/use-view.ts'
import styles from './scale-bar.module.css'
import { metresPerPixel, roundLength } from './scale-of.ts'

export function ScaleBar() {
  const t = useTranslations('layers')
  const formats = useFormats()
  const [at] = useCamera()
  if (at === null) return null
  const perPixel = metresPerPixel(at.lat, at.zoom)
  const length = roundLength(perPixel, 96)
  const said =
    length >= 1000
      ? t('kilometres', { count: formats.count(length / 1000) })
      : t('metres', { count: formats.count(length) })
  return (
    <div className={styles.scale} style={{ inlineSize: length / perPixel }}>
      {said}
    </div>
  )
}
