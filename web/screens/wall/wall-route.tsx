import { lazy } from 'react'
import { useTranslations } from 'use-intl'
import styles from '../../ui/page-notice.module.css'
import { SelfRepair } from './self-repair.tsx'

const WallScreen = lazy(async () => ({ default: (await import('./wall-screen.tsx')).WallScreen }))

/** The wall with its net: small, and in the first chunk, because it must work when the wall's own could not be had. */
export function WallRoute() {
  const t = useTranslations('wall.state')
  const notice = (
    <main className={styles.page}>
      <output>{t('broken')}</output>
    </main>
  )
  return (
    <SelfRepair notice={notice}>
      <WallScreen />
    </SelfRepair>
  )
}
