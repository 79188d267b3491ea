import { channelLabels } from '@minqing/data/domain/channel'
import type { IncidentStep } from '@minqing/data/domain/incident'
import { plainFieldNames, plainFieldOf } from '@minqing/data/domain/incident-fields'
import { incidentStatusLabels, isOpen } from '@minqing/data/domain/incident-status'
import { categoryOf, eventCategoryLabels, incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { urgencyLabels } from '@minqing/data/domain/risk'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { incidentQuery } from '../../../api/incident.ts'
import { useMay } from '../../../api/session.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { RiskMark } from '../../../ui/risk-mark.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { incidentPath } from '../../../view/screen-path.ts'
import { useFreshness, usePlace } from '../map-page.ts'
import { PanelSection } from '../panel-parts.tsx'
import { Card, Facts, usePositioned } from './card.tsx'
import styles from './incident-card.module.css'
import { messages } from './messages.ts'
import { useOverdue } from './incident-rows.tsx'

// Its code is loaded with the first case that is opened.
const NextSteps = lazy(async () => ({ default: (await import('../../case/steps/next-steps.tsx')).NextSteps }))

/** One incident: what it is about, where, its due time, and the steps of its workflow. */
export function IncidentCard({ id }: { id: string }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const overdueBy = useOverdue()
  const { feature, fit } = usePlace()
  const { asOf } = useFreshness()
  const query = useQuery(incidentQuery(id, asOf))
  const mayChange = useMay('change', 'incident')
  const one = query.data
  const number = id.slice(10)
  const time = (instant: string | null) => instant && formats.dateTime(new Date(instant))
  const happened = ({ happenedAt, happenedUntil }: NonNullable<typeof one>) => {
    if (happenedUntil === null) return time(happenedAt)
    const until = new Date(happenedUntil)
    // The year is said once.
    const isOtherYear = formats.year(until) !== formats.year(new Date(happenedAt))
    return t('between', {
      from: formats.dateTime(new Date(happenedAt)),
      until: isOtherYear ? formats.dateTime(until) : formats.shortDateTime(until),
    })
  }
  const positioned = usePositioned()
  const late = one?.dueAt && isOpen(one.status) ? overdueBy(Date.parse(one.dueAt) / 1000) : null
  return (
    <Card
      title={one?.title || number}
      note={one === undefined ? null : number}
      what={t('incident')}
      number={number}
      query={query}
      absent={asOf === null ? undefined : t('notYet')}
    >
      {one && (
        <>
          <div className={styles.badges}>
            <RiskMark risk={one.risk} named />
            <span className={styles.badge}>{incidentStatusLabels[one.status][language]}</span>
            {late !== null && (
              <span className={styles.badge} data-late>
                {t('overdueBy', { duration: late })}
              </span>
            )}
          </div>
          {one.text !== '' && <p className={styles.text}>{one.text}</p>}
          <Facts
            facts={[
              {
                name: t('type'),
                value: [eventCategoryLabels[categoryOf(one.type)][language], incidentTypeLabels[one.type][language]]
                  .filter((label, index, all) => all.indexOf(label) === index)
                  .join(' · '),
              },
              { name: t('sourceType'), value: one.sourceType },
              { name: t('channel'), value: channelLabels[one.channel][language] },
              { name: t('urgency'), value: urgencyLabels[one.urgency][language] },
              { name: t('address'), value: one.address },
              { name: t('positioned'), value: positioned(one) },
              {
                name: t('grid'),
                value: one.gridCode === null ? t('noGrid') : (feature(one.gridCode)?.properties.name ?? one.gridCode),
              },
              ...plainFieldNames.map((name) => {
                const value = one[name]
                const known = typeof value === 'number' ? value > 0 : value !== ''
                return {
                  name: plainFieldOf(name).label[language],
                  value: known ? (typeof value === 'number' ? formats.count(value) : value) : null,
                }
              }),
              { name: t('happened'), value: happened(one) },
              { name: t('reported'), value: time(one.reportedAt) },
              { name: t('due'), value: time(one.dueAt) },
              { name: t('closed'), value: time(one.closedAt) },
            ]}
          />
          {one.position === null && <p className={styles.quiet}>{t('noPosition')}</p>}
          <div className={styles.actions}>
            {one.position !== null && (
              <Button
                onPress={() => {
                  const { lon, lat } = one.position!
                  fit([lon, lat, lon, lat])
                }}
              >
                {t('showOnMap')}
              </Button>
            )}
            <a className={styles.open} href={incidentPath(id.slice(0, 9), number, location.search)}>
              {t('openCase')}
            </a>
          </div>
          {mayChange && asOf === null && (
            <Suspense>
              <NextSteps key={id} street={id.slice(0, 9)} number={number} />
            </Suspense>
          )}
          <PanelSection title={t('steps')}>
            <Steps steps={one.steps} />
          </PanelSection>
        </>
      )}
    </Card>
  )
}

/** The steps of the workflow, oldest first. */
function Steps({ steps }: { steps: IncidentStep[] }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  if (steps.length === 0) return <p>{t('noSteps')}</p>
  return (
    <ol>
      {steps.map((step) => (
        <li key={step.sequence} className={styles.step}>
          <div className={styles.line}>
            <strong>{incidentStatusLabels[step.toStatus][language]}</strong>
            <time className={styles.time} dateTime={step.at}>
              {formats.shortDateTime(new Date(step.at))}
            </time>
          </div>
          {step.unit !== '' && <p className={styles.unit}>{step.unit}</p>}
          {step.opinion !== '' && <p>{step.opinion}</p>}
        </li>
      ))}
    </ol>
  )
}
