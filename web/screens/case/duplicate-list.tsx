import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import type { Duplicate } from '../../api/duplicates.ts'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { casePath } from '../../view/screen-path.ts'
import styles from './duplicate-list.module.css'

const messages = defineMessages({
  zh: { line: '{number} · {status} · {time} 上报', choose: '并入此件' },
  en: { line: '{number} · {status} · reported {time}', choose: 'Merge into this' },
})

/**
 * Cases that likely are the same, each with its reasons; it opens in a page of its own, so that nothing that is being
 * entered is lost.
 *
 * @param onChoose undefined where none can be chosen
 */
export function DuplicateList({
  duplicates,
  onChoose,
}: {
  duplicates: readonly Duplicate[]
  onChoose?: ((duplicate: Duplicate) => void) | undefined
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  return (
    <ul className={styles.list}>
      {duplicates.map((one) => {
        const { streetCode, number, title, status, reportedAt, reasons } = one
        return (
          <li key={number} className={styles.one}>
            <a href={casePath(streetCode, number, location.search)} target="_blank" rel="noreferrer">
              {title || number}
            </a>
            <p className={styles.quiet}>
              {t('line', {
                number,
                status: incidentStatusLabels[status][language],
                time: formats.shortDateTime(new Date(reportedAt)),
              })}
            </p>
            <p className={styles.quiet}>
              {reasons
                .filter(({ bits }) => bits > 0)
                .map(({ label }) => label[language])
                .join(language === 'zh' ? '；' : '; ')}
            </p>
            {onChoose !== undefined && <Button onPress={() => onChoose(one)}>{t('choose')}</Button>}
          </li>
        )
      })}
    </ul>
  )
}
