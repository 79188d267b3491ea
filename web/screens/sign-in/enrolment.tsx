import { useState } from 'react'
import { useBeginEnrolment, useCompleteEnrolment } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { QrCode } from '../../ui/qr-code.tsx'
import { CodeField, PasswordField } from '../../ui/text-field.tsx'
import { messages } from './messages.ts'
import styles from './sign-in.module.css'
import { Step } from './step.tsx'

/** Enrols an authenticator app. `present` is the password where it was typed a moment ago. */
export function Enrolment({ present = '', onEnrolled }: { present?: string; onEnrolled?: () => void }) {
  const t = useMessages(messages)
  const [password, setPassword] = useState(present)
  const [code, setCode] = useState('')
  const beginning = useBeginEnrolment()
  const completing = useCompleteEnrolment()
  if (beginning.data === undefined)
    return (
      <Step
        error={beginning.error}
        action={t('enrol')}
        pending={beginning.isPending}
        onSubmit={() => beginning.mutate(password)}
      >
        <p>{t('enrolText')}</p>
        {(present === '' || beginning.isError) && (
          <PasswordField
            name={t('present')}
            value={password}
            onText={setPassword}
            autoComplete="current-password"
            required
          />
        )}
      </Step>
    )
  const { uri, secret } = beginning.data
  return (
    <Step
      error={completing.error}
      action={t('complete')}
      pending={completing.isPending}
      onSubmit={() =>
        completing.mutate(code, {
          onSuccess: () => {
            beginning.reset()
            onEnrolled?.()
          },
        })
      }
    >
      <div className={styles.qr}>
        <QrCode text={uri} name={t('scan')} />
      </div>
      <p>
        {t('secret')} <code className={styles.secret}>{secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <CodeField name={t('code')} value={code} onText={setCode} hint={t('codeHint')} pattern="\d{6}" required focused />
    </Step>
  )
}
