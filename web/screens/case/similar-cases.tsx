import { outcomeLabels } from '@minqing/data/domain/incident-workflow/outcome'
import { useQuery } from '@tanstack/react-query'
import { similarQuery } from '../../api/workflow.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/notice.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { incidentPath } from '../../view/screen-path.ts'
import { PanelSection } from '../map/panel-parts.tsx'
import styles from './case.module.css'
import { messages } from './messages.ts'

/** Closed cases that are like this one: how each ended, and after how long. */
export function SimilarCases({ street, number }: { street: string; number: string }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { data, error, isPending, refetch } = useQuery(similarQuery(street, number))
  return (
    <PanelSection title={t('similar')}>
      {isPending && <Skeleton lines={3} />}
      <Failure title={t('similarFailed')} error={error} onRetry={() => void refetch()} />
      {data?.length === 0 && <p className={styles.quiet}>{t('noSimilar')}</p>}
      {data !== undefined && data.length > 0 && (
        <>
          <p className={styles.quiet}>{t('similarNote')}</p>
          <ul className={styles.similar}>
            {data.map((one) => (
              <li key={one.number}>
                <a href={incidentPath(one.streetCode, one.number, location.search)}>{one.title || one.number}</a>
                <span>
                  {[
                    one.outcome === null ? '' : outcomeLabels[one.outcome][language],
                    one.days === null ? '' : t('similarDays', { days: one.days }),
                  ]
                    .filter((text) => text !== '')
                    .join(' · ')}
                </span>
                {one.ending !== '' && <span>{one.ending}</span>}
                <span className={styles.quiet}>
                  {[formats.day(new Date(one.reportedAt)), ...one.reasons.map((reason) => reason[language])].join(
                    ' · ',
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </PanelSection>
  )
}
