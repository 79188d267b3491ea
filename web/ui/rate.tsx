import { defineMessages, useMessages } from '../i18n/messages.ts'
import hidden from './hidden.module.css'
import styles from './rate.module.css'
import { unknown, useFormats } from './use-formats.ts'

const messages = defineMessages({
  zh: { noDenominator: '分母为零，无法计算' },
  en: { noDenominator: 'Cannot be calculated: the denominator is zero' },
})

/** A rate with its numerator and denominator on hover and for screen readers; “—” without a denominator. */
export function Rate({
  part,
  total,
  format,
  explain,
}: {
  part: number
  total: number | null
  format: (share: number) => string
  explain: (part: string, total: string) => string
}) {
  const t = useMessages(messages)
  const formats = useFormats()
  const isKnown = total !== null && total !== 0
  const hint = isKnown ? explain(formats.count(part), formats.count(total)) : t('noDenominator')
  return (
    <span className={styles.rate} title={hint}>
      {isKnown ? format(part / total) : unknown}
      <span className={hidden.hidden}>{hint}</span>
    </span>
  )
}
