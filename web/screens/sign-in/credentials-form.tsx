import { lazy, Suspense, useRef, useState } from 'react'
import { useSignIn } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { PasswordField, TextField } from '../../ui/text-field.tsx'
import { messages } from './messages.ts'
import { Step } from './step.tsx'

// Of the sign-in page alone.
const ProviderLink = lazy(async () => ({ default: (await import('./provider-link.tsx')).ProviderLink }))

/** Account and password. `known` is the account of a session that has ended; `onPassword` is given what was right. */
export function CredentialsForm({ known, onPassword }: { known: string; onPassword: (password: string) => void }) {
  const t = useMessages(messages)
  const [login, setLogin] = useState(known)
  const [password, setPassword] = useState('')
  const form = useRef<HTMLDivElement>(null)
  const signIn = useSignIn()
  return (
    <>
      <Step
        error={signIn.error}
        action={signIn.isPending ? t('signingIn') : t('signIn')}
        pending={signIn.isPending}
        onSubmit={() =>
          signIn.mutate(
            { login, password },
            {
              onSuccess: () => onPassword(password),
              onError: () => {
                setPassword('')
                form.current?.querySelector<HTMLInputElement>('input[type=password]')?.focus()
              },
            },
          )
        }
      >
        <div ref={form} style={{ display: 'contents' }}>
          <TextField
            name={t('login')}
            value={login}
            onText={setLogin}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            required
            focused={known === ''}
          />
          <PasswordField
            name={t('password')}
            value={password}
            onText={setPassword}
            autoComplete="current-password"
            required
            focused={known !== ''}
          />
        </div>
      </Step>
      <Suspense>
        <ProviderLink beside={known !== ''} />
      </Suspense>
    </>
  )
}
