import { homeOffset } from '@minqing/data/domain/local-time'
import { defineMessages, useMessages } from '../i18n/messages.ts'
import { Button } from './button.tsx'
import { TextField } from './text-field.tsx'

const messages = defineMessages({
  zh: { asOf: '按当时所知', now: '回到现在' },
  en: { asOf: 'As known at', now: 'Back to now' },
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
  const value = asOf === null ? '' : new Date(Date.parse(asOf) + homeOffset).toISOString().slice(0, 16)
  return (
    <>
      <TextField name={t('asOf')} hint={hint} type="datetime-local" value={value} onText={onChoose} />
      {asOf !== null && <Button onPress={() => onChoose('')}>{t('now')}</Button>}
    </>
  )
}
