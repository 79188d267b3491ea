import { rememberedPasswords, shortestPassword } from '@minqing/data/domain/password'
import { useState } from 'react'
import { useChangePassword } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { PasswordField } from '../../ui/text-field.tsx'
import { messages } from './messages.ts'
import { Step } from './step.tsx'

/** Changes the own password. `present` is known where it was typed a moment ago: then it is not asked for again. */
export function PasswordForm({ present = '', onChanged }: { present?: string; onChanged: (password: string) => void }) {
  const t = useMessages(messages)
  const [typed, setTyped] = useState(present)
  const [next, setNext] = useState('')
  const [repeated, setRepeated] = useState('')
  const [differ, setDiffer] = useState(false)
  const changing = useChangePassword()
  const isAsked = present === '' || changing.isError
  const submit = () => {
    setDiffer(next !== repeated)
    if (next !== repeated) return
    changing.mutate({ password: typed, newPassword: next }, { onSuccess: () => onChanged(next) })
  }
  return (
    <Step
      error={changing.error}
      fault={differ ? t('differ') : undefined}
      action={changing.isPending ? t('changing') : t('change')}
      pending={changing.isPending}
      onSubmit={submit}
    >
      {isAsked && (
        <PasswordField name={t('present')} value={typed} onText={setTyped} autoComplete="current-password" required />
      )}
      <PasswordField
        name={t('newPassword')}
        value={next}
        onText={setNext}
        autoComplete="new-password"
        hint={t('rules', { shortest: shortestPassword, remembered: rememberedPasswords })}
        required
        focused={present !== ''}
      />
      <PasswordField name={t('repeated')} value={repeated} onText={setRepeated} autoComplete="new-password" required />
    </Step>
  )
}
