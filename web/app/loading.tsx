import { useTranslations } from 'use-intl'
import styles from './notice.module.css'

/** What stands while a screen's own code is on its way. */
export function Loading() {
  const t = useTranslations('shell')
  return (
    <main className={styles.page}>
      <output className={styles.quiet}>{t('loading')}</output>
    </main>
  )
}
