import type { ReactNode } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Preferences } from '../../ui/preferences.tsx'
import styles from './sign-in.module.css'

/** The page of what comes before any screen. */
export function SignInCard({ title, children }: { title: string; children: ReactNode }) {
  const basic = useMessages(basicMessages)
  return (
    <div className={styles.page}>
      <header className={styles.tools}>
        <Preferences small={false} />
      </header>
      <main className={styles.card}>
        <p className={styles.product}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          {basic('product')}
        </p>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </main>
    </div>
  )
}
