import type { Session } from '@minqing/data/domain/session'
import { useQuery } from '@tanstack/react-query'
import { Fragment, lazy, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useRoute } from 'wouter'
import { firstAccountQuery, identityOf, sessionQuery, shownSessionQuery, useSessionUpdates } from '../../api/session.ts'
import { useIsWaiting } from '../../api/sign-in-wait.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { PageNotice } from '../../ui/notice.tsx'
import { messages } from './messages.ts'
import { SignInCard } from './sign-in-card.tsx'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in.module.css'

// With the library that draws QR codes.
const WallPairing = lazy(async () => ({ default: (await import('../wall/wall-pairing.tsx')).WallPairing }))
// Seen once in the life of a system.
const FirstAccount = lazy(async () => ({ default: (await import('./first-account.tsx')).FirstAccount }))

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
  const isFirst = useQuery(firstAccountQuery()).data === true
  const [isLink] = useRoute('/first-account')
  if (isLink || (isFirst && session === null))
    return (
      <Suspense>
        <FirstAccount session={session ?? null} />
      </Suspense>
    )
  if (isPending && !isWall) return <PageNotice text={basic('loading')} />
  const isIncomplete = session === null || (session !== undefined && session.pending !== null)
  if (isWall) return <WallGate session={isIncomplete ? session : undefined}>{children}</WallGate>
  if (isIncomplete && shown === null) return <SignInPage session={session} />
  return (
    <>
      <Fragment key={shown === null ? '' : identityOf(shown)}>{children}</Fragment>
      {isIncomplete && shown !== null && <SignInDialog session={session} known={shown.login} />}
    </>
  )
}

/**
 * The wall to whoever may see it, and to a screen that has been paired; else the code to pair it with. `session` is what
 * signing in has come to, and undefined where it is complete or nobody was asked for.
 */
function WallGate({ session, children }: { session: Session | null | undefined; children: ReactNode }) {
  const isRefused = useIsWaiting()
  const [isSigningIn, setIsSigningIn] = useState(false)
  if (!isRefused || session === undefined) return children
  if (isSigningIn || session !== null) return <SignInPage session={session} onBack={() => setIsSigningIn(false)} />
  return (
    <Suspense>
      <WallPairing onSignIn={() => setIsSigningIn(true)} />
    </Suspense>
  )
}

function SignInPage({ session, onBack }: { session: Session | null; onBack?: () => void }) {
  const t = useMessages(messages)
  return (
    <SignInCard title={t('title')}>
      <SignInForm session={session} />
      {onBack !== undefined && session === null && (
        <div>
          <Button kind="bare" onPress={onBack}>
            {t('pairInstead')}
          </Button>
        </div>
      )}
    </SignInCard>
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
