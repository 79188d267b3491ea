import type { IncidentStep } from '@minqing/data/domain/incident'
import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import { useLocale, useTranslations } from 'use-intl'
import { useFormats } from '../../../ui/use-formats.ts'
import styles from './case-steps.module.css'

/** The loop as it was walked, first step first. */
export function CaseSteps({ steps }: { steps: IncidentStep[] }) {
  const t = useTranslations('cases')
  const language = useLocale()
  const formats = useFormats()
  if (steps.length === 0) return <p>{t('noSteps')}</p>
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li key={step.sequence} className={styles.step}>
          <div className={styles.line}>
            <strong>{incidentStatusLabels[step.toStatus][language]}</strong>
            <time className={styles.time} dateTime={step.at}>
              {formats.shortMoment(new Date(step.at))}
            </time>
          </div>
          {step.unit !== '' && <p className={styles.unit}>{step.unit}</p>}
          {step.opinion !== '' && <p>{step.opinion}</p>}
        </li>
      ))}
    </ol>
  )
}
