import type { Session } from '@minqing/data/domain/session'
import { useEffect, useId, useRef } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { messages } from './messages.ts'
import { SignInCard } from './sign-in-card.tsx'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in.module.css'

/** Signing in, in place of the screens. */
export function SignInPage({ session, onBack }: { session: Session | null; onBack?: () => void }) {
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
export function SignInDialog({ session, known }: { session: Session | null; known: string }) {
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
