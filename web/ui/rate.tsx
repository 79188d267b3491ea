import { useTranslations } from 'use-intl'
import { useFormats } from './use-formats.ts'
import styles from './rate.module.css'

/** A rate with its numerator and denominator on hover and focus; “—” where there is nothing to divide by. */
export function Rate({
  part,
  whole,
  said,
  explained,
}: {
  part: number
  whole: number
  said: (share: number) => string
  explained: (part: string, whole: string) => string
}) {
  const t = useTranslations('area')
  const formats = useFormats()
  const hint = whole === 0 ? t('noBase') : explained(formats.count(part), formats.count(whole))
  return (
    <span className={styles.rate} title={hint}>
      {whole === 0 ? '—' : said(part / whole)}
      <span className={styles.hidden}>{hint}</span>
    </span>
  )
}
