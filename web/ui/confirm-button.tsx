import { useEffect, useRef, useState } from 'react'
import { useMessages } from '../i18n/messages.ts'
import { basicMessages } from './basic-messages.ts'
import { Button } from './button.tsx'
import styles from './confirm-button.module.css'

/** Asks again before it does what cannot be undone. Focus goes to the question, and back where it is called off. */
export function ConfirmButton({
  children,
  label,
  question,
  disabled,
  onConfirm,
}: {
  children: string
  /** Its full name, where several of them stand on a screen. */
  label: string
  question: string
  disabled: boolean
  onConfirm: () => void
}) {
  const basic = useMessages(basicMessages)
  const [isAsking, setIsAsking] = useState(false)
  const root = useRef<HTMLSpanElement>(null)
  const wasAsking = useRef(false)
  useEffect(() => {
    if (isAsking !== wasAsking.current) root.current?.querySelector('button')?.focus()
    wasAsking.current = isAsking
  }, [isAsking])
  return (
    <span className={styles.confirm} ref={root}>
      {isAsking ? (
        <span role="group" aria-label={question} className={styles.confirm}>
          <span>{question}</span>
          <Button
            disabled={disabled}
            onPress={() => {
              setIsAsking(false)
              onConfirm()
            }}
          >
            {basic('confirm')}
          </Button>
          <Button kind="bare" onPress={() => setIsAsking(false)}>
            {basic('cancel')}
          </Button>
        </span>
      ) : (
        <Button label={label} disabled={disabled} onPress={() => setIsAsking(true)}>
          {children}
        </Button>
      )}
    </span>
  )
}
