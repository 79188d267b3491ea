import { useState } from 'react'
import type { Registered } from '../../api/intake.ts'
import { useMay } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { NotAllowed } from '../account/not-allowed.tsx'
import { ScreenPage } from '../account/screen-page.tsx'
import { type Entered, IntakeForm } from './intake-form.tsx'
import { messages } from './messages.ts'
import { Papers } from './papers.tsx'

/** `/intake`: registers visits, one after the other. */
export function IntakeScreen() {
  const t = useMessages(messages)
  const mayRegister = useMay('create', 'incident')
  const [made, setMade] = useState<{ made: Registered; entered: Entered }>()
  if (!mayRegister) return <NotAllowed />
  return (
    <ScreenPage title={t('title')}>
      {made === undefined ? (
        <IntakeForm onRegistered={(registered, entered) => setMade({ made: registered, entered })} />
      ) : (
        <Papers {...made} onNext={() => setMade(undefined)} />
      )}
    </ScreenPage>
  )
}
