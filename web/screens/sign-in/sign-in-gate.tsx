import type { Session } from '@minqing/data/domain/session'
import { useQuery } from '@tanstack/react-query'
import { Fragment, lazy, type ReactNode, Suspense, useState } from 'react'
import { useRoute } from 'wouter'
import { firstAccountQuery, identityOf, sessionQuery, shownSessionQuery, useSessionUpdates } from '../../api/session.ts'
import { useIsWaiting } from '../../api/sign-in-wait.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { PageNotice } from '../../ui/notice.tsx'

// Most visits need none of these.
const SignInPage = lazy(async () => ({ default: (await import('./sign-in-page.tsx')).SignInPage }))
const SignInDialog = lazy(async () => ({ default: (await import('./sign-in-page.tsx')).SignInDialog }))
const WallPairing = lazy(async () => ({ default: (await import('../wall/wall-pairing.tsx')).WallPairing }))
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
  if (isIncomplete && shown === null)
    return (
      <Suspense fallback={<PageNotice text={basic('loading')} />}>
        <SignInPage session={session} />
      </Suspense>
    )
  return (
    <>
      <Fragment key={shown === null ? '' : identityOf(shown)}>{children}</Fragment>
      <Suspense>{isIncomplete && shown !== null && <SignInDialog session={session} known={shown.login} />}</Suspense>
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
  return (
    <Suspense>
      {isSigningIn || session !== null ? (
        <SignInPage session={session} onBack={() => setIsSigningIn(false)} />
      ) : (
        <WallPairing onSignIn={() => setIsSigningIn(true)} />
      )}
    </Suspense>
  )
}
