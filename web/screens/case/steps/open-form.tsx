import { type ReactNode, useState } from 'react'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useErrorText } from '../../../ui/use-error-text.ts'
import { caseMessages } from './case-messages.ts'
import styles from './next-steps.module.css'

/** A button that opens a form; it closes when what was entered has been saved, and keeps it where that failed. */
export function OpenForm({
  name,
  label,
  save,
  error,
  isPending,
  onSave,
  children,
}: {
  name: string
  /** Its full name, where several of them stand on a screen. */
  label?: string
  save: string
  error: Error | null
  isPending: boolean
  onSave: (done: () => void) => void
  children: ReactNode
}) {
  const t = useMessages(caseMessages)
  const errorText = useErrorText()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <div className={styles.steps}>
        <Button pressed={isOpen} {...(label === undefined ? {} : { label })} onPress={() => setIsOpen(!isOpen)}>
          {name}
        </Button>
      </div>
      {isOpen && (
        <form
          className={styles.form}
          aria-label={label ?? name}
          onSubmit={(event) => {
            event.preventDefault()
            onSave(() => setIsOpen(false))
          }}
        >
          {children}
          {error !== null && <Notice tone="danger" title={errorText(error)} />}
          <div className={styles.end}>
            <Button onPress={() => setIsOpen(false)}>{t('cancel')}</Button>
            <Button kind="primary" submit disabled={isPending}>
              {save}
            </Button>
          </div>
        </form>
      )}
    </>
  )
}
