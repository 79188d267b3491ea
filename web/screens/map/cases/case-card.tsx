import { channelLabels } from '@minqing/data/domain/channel'
import { incidentStatusLabels, stageOf } from '@minqing/data/domain/incident-status'
import { categoryOf, eventCategoryLabels, incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { urgencyLabels } from '@minqing/data/domain/risk'
import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import { incidentQuery } from '../../../api/incident.ts'
import { Button } from '../../../ui/button.tsx'
import { RiskMark } from '../../../ui/risk-mark.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { usePlace } from '../map-page.ts'
import { PanelSection } from '../panel-section.tsx'
import { Card } from './card.tsx'
import styles from './card.module.css'
import { CaseSteps } from './case-steps.tsx'
import { Facts } from './facts.tsx'
import { useOverdue } from './use-overdue.ts'

/** One case: what it is about, where, by when, and each step it has taken. */
export function CaseCard({ id }: { id: string }) {
  const t = useTranslations('cases')
  const language = useLocale()
  const formats = useFormats()
  const overdueBy = useOverdue()
  const { feature, fit } = usePlace()
  const query = useQuery(incidentQuery(id))
  const one = query.data
  const number = id.slice(10)
  const moment = (instant: string | null) => instant && formats.moment(new Date(instant))
  const late = one?.dueAt && stageOf[one.status] !== 'finished' ? overdueBy(Date.parse(one.dueAt) / 1000) : null
  return (
    <Card
      title={one?.title ?? number}
      note={one === undefined ? null : number}
      what={t('theCase')}
      number={number}
      query={query}
    >
      {one && (
        <>
          <div className={styles.badges}>
            <RiskMark risk={one.risk} named />
            <span className={styles.badge}>{incidentStatusLabels[one.status][language]}</span>
            {late !== null && (
              <span className={styles.badge} data-late>
                {t('overdueBy', { span: late })}
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
              {
                name: t('grid'),
                value: one.gridCode === null ? t('noGrid') : (feature(one.gridCode)?.properties.name ?? one.gridCode),
              },
              { name: t('involved'), value: one.involvedCount > 0 ? formats.count(one.involvedCount) : null },
              { name: t('happened'), value: moment(one.happenedAt) },
              { name: t('reported'), value: moment(one.reportedAt) },
              { name: t('due'), value: moment(one.dueAt) },
              { name: t('closed'), value: moment(one.closedAt) },
            ]}
          />
          {one.position === null ? (
            <p className={styles.quiet}>{t('noPosition')}</p>
          ) : (
            <div className={styles.actions}>
              <Button
                onPress={() => {
                  const { lon, lat } = one.position!
                  fit([lon, lat, lon, lat])
                }}
              >
                {t('showOnMap')}
              </Button>
            </div>
          )}
          <PanelSection title={t('steps')}>
            <CaseSteps steps={one.steps} />
          </PanelSection>
        </>
      )}
    </Card>
  )
}
