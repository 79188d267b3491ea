import type { Session } from '@minqing/data/domain/session'
import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode, useEffect, useId, useRef } from 'react'
import { useRoute } from 'wouter'
import { identityOf, sessionQuery, shownSessionQuery, useSessionUpdates } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { PageNotice } from '../../ui/notice.tsx'
import { Preferences } from '../../ui/preferences.tsx'
import { messages } from './messages.ts'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in.module.css'

/**
 * Shows the screens to whoever has signed in, and the sign-in page to others. A session that ends leaves its screen as it
 * is, covered by the sign-in, and whoever continues it finds everything where it was; for anybody else the screens start
 * empty. Without an answer of the server the screens report that themselves.
 */
export function SignInGate({ children }: { children: ReactNode }) {
  useSessionUpdates()
  const basic = useMessages(basicMessages)
  // The wall receives nothing of a person: whoever is asking is asked for there only when the server wants to know.
  const [isWall] = useRoute('/wall')
  const { data: session, isPending } = useQuery({ ...sessionQuery(), enabled: !isWall })
  const shown = useQuery(shownSessionQuery()).data ?? null
  if (isPending && !isWall) return <PageNotice text={basic('loading')} />
  const isIncomplete = session === null || (session !== undefined && session.pending !== null)
  if (isIncomplete && shown === null) return <SignInPage session={session} />
  return (
    <>
      <Fragment key={shown === null ? '' : identityOf(shown)}>{children}</Fragment>
      {isIncomplete && shown !== null && <SignInDialog session={session} known={shown.login} />}
    </>
  )
}

function SignInPage({ session }: { session: Session | null }) {
  const t = useMessages(messages)
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
        <h1 className={styles.title}>{t('title')}</h1>
        <SignInForm session={session} />
      </main>
    </div>
  )
}

/** Over the screen of a session that has ended; nothing of it can be read through. */
function SignInDialog({ session, known }: { session: Session | null; known: string }) {
  const t = useMessages(messages)
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    // A modal dialog of the browser: the screen behind can neither be focused nor read out, and focus returns to it.
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`${styles.card} ${styles.dialog}`}
      aria-labelledby={titleId}
      onCancel={(event) => event.preventDefault()}
      // Browsers close it at the second Escape all the same.
      onClose={() => dialog.current?.showModal()}
    >
      <h1 id={titleId} className={styles.title}>
        {t('again')}
      </h1>
      <p>{t('ended')}</p>
      <SignInForm session={session} known={known} />
    </dialog>
  )
}
