import { homeOffset } from '@minqing/data/domain/local-time'
import { useQueryState } from 'nuqs'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { instantOf, minuteParser } from '../../view/minute.ts'
import styles from './case.module.css'

const messages = defineMessages({
  zh: {
    asOf: '按当时所知',
    hint: '只显示该时刻前已记录的办理步骤、状态与时限；不填为现在',
    now: '回到现在',
    failed: '该时刻还没有此案件',
  },
  en: {
    asOf: 'As known at',
    hint: 'Shows only steps, status and clocks recorded by then; empty means now',
    now: 'Back to now',
    failed: 'There was no such case then',
  },
})

/** The instant as of which a case is shown, in the address; null is now. */
export function useAsOf(): [string | null, (text: string) => void] {
  const [text, setText] = useQueryState('asOf', minuteParser)
  return [text === null ? null : instantOf(text), (given) => void setText(given === '' ? null : given)]
}

/** Chooses it. */
export function AsOf({
  asOf,
  error,
  onChoose,
}: {
  asOf: string | null
  error: Error | null
  onChoose: (text: string) => void
}) {
  const t = useMessages(messages)
  const value = asOf === null ? '' : new Date(Date.parse(asOf) + homeOffset).toISOString().slice(0, 16)
  return (
    <details className={styles.asOf} open={asOf !== null}>
      <summary>{t('asOf')}</summary>
      <div className={styles.asOfFields}>
        <TextField name={t('asOf')} hint={t('hint')} type="datetime-local" value={value} onText={onChoose} />
        {asOf !== null && <Button onPress={() => onChoose('')}>{t('now')}</Button>}
      </div>
      {asOf !== null && <Failure title={t('failed')} error={error} />}
    </details>
  )
}
