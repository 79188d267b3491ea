import type { ReactNode } from 'react'
import { useMay } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Icon } from '../../ui/icon.tsx'
import { Preferences } from '../../ui/preferences.tsx'
import { mapPath } from '../../view/screen-path.ts'
import { AccountMenu } from './account-menu.tsx'
import styles from './screen-page.module.css'

/** The frame of a screen without a map: the way back to the start, title, preferences and account. */
export function ScreenPage({
  title,
  wide = false,
  fills = false,
  isHome = false,
  children,
}: {
  title: string
  /** For tables; text is read in narrow lines. */
  wide?: boolean
  /** The whole window, which it divides itself. */
  fills?: boolean
  /** It is the start itself. */
  isHome?: boolean
  children: ReactNode
}) {
  const basic = useMessages(basicMessages)
  const hasMap = useMay('read', 'incident')
  return (
    <div className={styles.page} data-fills={fills || undefined}>
      <header className={styles.bar}>
        {!isHome && (
          <a className={styles.back} href={mapPath(location.search)}>
            <Icon name="back" />
            {basic(hasMap ? 'toMap' : 'toHome')}
          </a>
        )}
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.tools}>
          <Preferences small={false} />
          <AccountMenu small={false} />
        </div>
      </header>
      <main className={styles.main} data-wide={wide || undefined} data-fills={fills || undefined}>
        {children}
      </main>
    </div>
  )
}
