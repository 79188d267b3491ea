import { lazy } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import styles from '../../ui/page-notice.module.css'
import { SelfRepair } from './self-repair.tsx'

const messages = defineMessages({
  zh: { broken: '大屏显示失败，30 秒后自动重新加载，无需操作。' },
  en: { broken: 'The wall could not be displayed; it reloads automatically in 30 seconds.' },
})

const WallScreen = lazy(async () => ({ default: (await import('./wall-screen.tsx')).WallScreen }))

/** The wall with its net: small, and in the first chunk, because it must work when the wall's own could not be had. */
export function WallRoute() {
  const t = useMessages(messages)
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
