import { channelLabels } from '@minqing/data/domain/channel'
import {
  incidentStageLabels,
  incidentStatusLabels,
  isOpen,
  openStages,
  stageOf,
} from '@minqing/data/domain/incident-status'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { urgencyLabels } from '@minqing/data/domain/risk'
import { useQuery } from '@tanstack/react-query'
import { AnswerError } from '../../api/fetch.ts'
import { incidentId, incidentQuery } from '../../api/incident.ts'
import { useMay } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import { loopQuery } from '../../api/workflow.ts'
import type { Answer } from '../../contract/api.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Failure } from '../../ui/failure.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { RiskMark } from '../../ui/risk-mark.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { casePath } from '../../view/screen-path.ts'
import { AreaMap } from '../account/area-map.tsx'
import { NotAllowed } from '../account/not-allowed.tsx'
import { ScreenPage } from '../account/screen-page.tsx'
import { PanelSection } from '../map/panel-parts.tsx'
import styles from './case.module.css'
import { AsOf, useAsOf } from './as-of.tsx'
import { Clocks } from './clocks.tsx'
import { Documents } from './documents.tsx'
import { messages } from './messages.ts'
import { RouteLine } from './route-line.tsx'
import { ReceiptCode } from './receipt-code.tsx'
import { SimilarCases } from './similar-cases.tsx'
import { NextSteps } from './steps/next-steps.tsx'
import { Timeline } from './timeline.tsx'

type Incident = Answer<'/api/incidents/:street/:number'>

/** `/incident/<street>/<number>`: everything of one case on one page. */
export function CaseScreen({ street, number }: { street: string; number: string }) {
  return useMay('read', 'incident') ? <Case street={street} number={number} /> : <NotAllowed />
}

function Case({ street, number }: { street: string; number: string }) {
  const t = useMessages(messages)
  const mayChange = useMay('change', 'incident')
  const mayRegister = useMay('create', 'incident')
  const maySeeDocuments = useMay('read', 'document')
  const [asOf, setAsOf] = useAsOf()
  const incident = useQuery(incidentQuery(incidentId(street, number), asOf))
  const loop = useQuery({ ...loopQuery(street, number, asOf), enabled: mayChange })
  const status = useQuery(statusQuery())
  const one = incident.data
  const isMissing = incident.error instanceof AnswerError && incident.error.status === 404
  // The server's clock: that of a demo may stand.
  const now = asOf !== null ? Date.parse(asOf) : status.data === undefined ? undefined : Date.parse(status.data.now)
  return (
    <ScreenPage title={t('title')} wide>
      {incident.isPending && <Skeleton lines={8} />}
      {(asOf !== null || (mayChange && one !== undefined)) && (
        <AsOf asOf={asOf} error={isMissing ? incident.error : null} onChoose={setAsOf} />
      )}
      {isMissing && asOf !== null ? null : isMissing ? (
        <Notice tone="danger" title={t('notFoundTitle')}>
          {t('notFoundText', { number })}
        </Notice>
      ) : (
        one === undefined && (
          <Failure title={t('failed')} error={incident.error} onRetry={() => void incident.refetch()} />
        )
      )}
      {one !== undefined && (
        <>
          <Head incident={one} />
          <div className={styles.columns}>
            <div className={styles.aside}>
              <div className={styles.card}>
                {loop.data !== undefined && now !== undefined && <Clocks clocks={loop.data.clocks} now={now} />}
                <FactList incident={one} unit={loop.data?.unit} />
              </div>
              {mayChange && asOf === null && (
                <div className={styles.card}>
                  <NextSteps street={street} number={number} withClocks={false} />
                </div>
              )}
              {mayRegister && (
                <div className={styles.card}>
                  <ReceiptCode street={street} number={number} />
                </div>
              )}
            </div>
            <div className={styles.main}>
              {loop.data !== undefined && now !== undefined && (
                <div className={styles.card}>
                  <RouteLine type={one.type} loop={loop.data} isEnded={!isOpen(one.status)} now={now} />
                </div>
              )}
              <div className={styles.card}>
                <PanelSection title={t('timeline')}>
                  <Timeline steps={one.steps} log={loop.data?.log} />
                </PanelSection>
              </div>
              {maySeeDocuments && (
                <div className={styles.card}>
                  <Documents street={street} number={number} />
                </div>
              )}
            </div>
            {mayChange && (
              <div className={`${styles.card} ${styles.like}`}>
                <SimilarCases street={street} number={number} />
              </div>
            )}
          </div>
        </>
      )}
    </ScreenPage>
  )
}

/** What it is about, and in which of the four stages it stands. */
function Head({ incident: one }: { incident: Incident }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const stage = stageOf[one.status]
  const stages = [...openStages, 'finished'] as const
  const reached = stages.findIndex((name) => name === stage)
  return (
    <header className={styles.head}>
      <div className={styles.badges}>
        <span className={styles.number}>{one.number}</span>
        <RiskMark risk={one.risk} named />
        <span className={styles.badge}>{incidentStatusLabels[one.status][language]}</span>
        <span className={styles.badge}>{incidentTypeLabels[one.type][language]}</span>
      </div>
      <h2 className={styles.name}>{one.title || one.number}</h2>
      <ol className={styles.stages} aria-label={t('stage')}>
        {stages.map((name, index) => (
          <li
            key={name}
            data-state={index < reached ? 'passed' : index === reached ? 'current' : 'open'}
            aria-current={index === reached ? 'step' : undefined}
          >
            {incidentStageLabels[name][language]}
          </li>
        ))}
      </ol>
      {one.text !== '' && <p className={styles.text}>{one.text}</p>}
    </header>
  )
}

function FactList({ incident: one, unit }: { incident: Incident; unit: string | undefined }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const time = (instant: string | null) => (instant === null ? '' : formats.dateTime(new Date(instant)))
  const area = one.gridCode ?? one.communityCode
  const facts = [
    { name: t('unit'), value: unit || (one.steps.findLast((step) => step.unit !== '')?.unit ?? '') },
    { name: t('channel'), value: channelLabels[one.channel][language] },
    { name: t('urgency'), value: urgencyLabels[one.urgency][language] },
    { name: t('address'), value: one.address },
    { name: t('happened'), value: time(one.happenedAt) },
    { name: t('reported'), value: time(one.reportedAt) },
    { name: t('closed'), value: time(one.closedAt) },
  ].filter(({ value }) => value !== '')
  return (
    <PanelSection
      title={t('facts')}
      aside={<a href={casePath(one.streetCode, one.number, location.search)}>{t('onMap')}</a>}
    >
      <dl className={styles.facts}>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {area !== null && <AreaMap areas={[area]} mark={one.position} />}
    </PanelSection>
  )
}
