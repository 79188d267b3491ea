import { useTranslations } from 'use-intl'
import { Link, useLocation } from 'wouter'
import styles from './notice.module.css'

export function NotFound() {
  const t = useTranslations('shell')
  const [path] = useLocation()
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{t('notFoundTitle')}</h1>
      <p className={styles.quiet}>{t('notFoundText', { path })}</p>
      <Link href="/">{t('home')}</Link>
    </main>
  )
}
