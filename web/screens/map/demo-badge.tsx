import { useTranslations } from 'use-intl'
import styles from './demo-badge.module.css'
import { usePlace } from './map-page.ts'

/** Says plainly that nothing on the page is real, as long as that is so. */
export function DemoBadge() {
  const t = useTranslations('map')
  const { street } = usePlace()
  if (!street?.demo) return null
  return (
    <span className={styles.badge} title={t('demoHint')}>
      {t('demo')}
    </span>
  )
}
