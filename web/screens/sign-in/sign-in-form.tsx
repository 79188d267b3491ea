import { pendingLabels, type Session } from '@minqing/data/domain/session'
import { lazy, Suspense, useState } from 'react'
import { useGiveCode, useSignOut } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { CodeField } from '../../ui/text-field.tsx'
import { CredentialsForm } from './credentials-form.tsx'
import { messages } from './messages.ts'
import { PasswordForm } from './password-form.tsx'
import { Step } from './step.tsx'

// With the library that draws QR codes.
const Enrolment = lazy(async () => ({ default: (await import('./enrolment.tsx')).Enrolment }))

/**
 * What is to be done next to sign in, as the session says: nothing has begun without one. `typed`: the password, where it
 * was typed a moment ago.
 */
export function SignInForm({
  session,
  known = '',
  typed = '',
}: {
  session: Session | null
  known?: string
  typed?: string
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  // Until the sign-in is complete, so that nobody types it twice in a minute.
  const [password, setPassword] = useState(typed)
  const signOut = useSignOut()
  const pending = session?.pending ?? null
  if (pending === null) return <CredentialsForm known={known} onPassword={setPassword} />
  return (
    <>
      <p>
        {session?.name} · {pendingLabels[pending][language]}
      </p>
      {pending === 'second_factor' ? (
        <CodeForm />
      ) : pending === 'password' ? (
        <PasswordForm present={password} onChanged={setPassword} />
      ) : (
        <Suspense>
          <Enrolment present={password} />
        </Suspense>
      )}
      <div>
        <Button kind="bare" onPress={() => signOut.mutate()}>
          {t('otherAccount')}
        </Button>
      </div>
    </>
  )
}

function CodeForm() {
  const t = useMessages(messages)
  const [code, setCode] = useState('')
  const giving = useGiveCode()
  return (
    <Step
      error={giving.error}
      action={t('confirm')}
      pending={giving.isPending}
      onSubmit={() => giving.mutate(code, { onError: () => setCode('') })}
    >
      <CodeField name={t('code')} value={code} onText={setCode} hint={t('codeHint')} pattern="\d{6}" required focused />
    </Step>
  )
}
