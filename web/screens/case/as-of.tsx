import { useQueryState } from 'nuqs'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { AsOfField } from '../../ui/as-of-field.tsx'
import { Failure } from '../../ui/failure.tsx'
import { instantOf, minuteParser } from '../../view/minute.ts'
import styles from './case.module.css'

const messages = defineMessages({
  zh: {
    asOf: '按当时所知',
    hint: '只显示该时刻前已记录的办理步骤、状态与时限；不填为现在',
    failed: '该时刻还没有此案件',
  },
  en: {
    asOf: 'As known at',
    hint: 'Shows only steps, status and clocks recorded by then; empty means now',
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
  return (
    <details className={styles.asOf} open={asOf !== null}>
      <summary>{t('asOf')}</summary>
      <div className={styles.asOfFields}>
        <AsOfField asOf={asOf} hint={t('hint')} onChoose={onChoose} />
      </div>
      {asOf !== null && <Failure title={t('failed')} error={error} />}
    </details>
  )
}
