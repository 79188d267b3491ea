import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import styles from './sign-in.module.css'

/** A form of some fields: why it was refused, in the words of the server, and the button that sends it. */
export function Step({
  children,
  error,
  fault,
  action,
  pending,
  onSubmit,
  beside,
}: {
  children: ReactNode
  error: Error | null
  /** What the page itself finds wrong. */
  fault?: string | undefined
  action: string
  pending: boolean
  onSubmit: () => void
  /** Other buttons. */
  beside?: ReactNode
}) {
  const errorText = useErrorText()
  const reason = fault ?? (error === null || pending ? undefined : errorText(error))
  return (
    <form
      className={styles.step}
      onSubmit={(event) => {
        event.preventDefault()
        if (!pending) onSubmit()
      }}
    >
      {children}
      <p className={styles.error} role="alert">
        {reason}
      </p>
      <div className={styles.actions}>
        {beside}
        <Button kind="primary" submit disabled={pending}>
          {action}
        </Button>
      </div>
    </form>
  )
}
