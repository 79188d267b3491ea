import { homeOffset } from '@minqing/data/domain/local-time'
import { useState } from 'react'
import { defineMessages, useMessages } from '../i18n/messages.ts'
import { Button } from './button.tsx'
import { TextField } from './text-field.tsx'

const messages = defineMessages({
  zh: { asOf: '按当时所知', show: '显示', now: '回到现在' },
  en: { asOf: 'As known at', show: 'Show', now: 'Back to now' },
})

/**
 * Chooses the minute of local time as of whose knowledge a screen is shown.
 *
 * @param asOf the instant, ISO 8601; null is now
 * @param onChoose given the minute, `YYYY-MM-DDTHH:mm`; empty is now
 */
export function AsOfField({
  asOf,
  hint,
  onChoose,
}: {
  asOf: string | null
  hint: string
  onChoose: (minute: string) => void
}) {
  const t = useMessages(messages)
  const chosen = asOf === null ? '' : new Date(Date.parse(asOf) + homeOffset).toISOString().slice(0, 16)
  const [draft, setDraft] = useState<string>()
  const commit = () => {
    setDraft(undefined)
    // Nothing is known of what is to come.
    if (draft !== undefined && draft < minuteNow() && (draft === '' || draft >= '1980')) onChoose(draft)
  }
  return (
    <>
      <TextField
        name={t('asOf')}
        hint={hint}
        type="datetime-local"
        max={minuteNow()}
        value={draft ?? chosen}
        onText={setDraft}
        onKeyDown={({ key }) => {
          if (key === 'Enter') commit()
        }}
      />
      {draft !== undefined && draft !== chosen && <Button onPress={commit}>{t('show')}</Button>}
      {asOf !== null && <Button onPress={() => onChoose('')}>{t('now')}</Button>}
    </>
  )
}

/** The current minute of local time in China, as the input has it. */
function minuteNow(): string {
  return new Date(Date.now() + homeOffset).toISOString().slice(0, 16)
}
