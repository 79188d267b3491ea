import { levelOf } from '@minqing/data/domain/area-code'
import { useQuery } from '@tanstack/react-query'
import { areaQuery } from '../../../api/areas.ts'
import { AnswerError } from '../../../api/problem.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Rate } from '../../../ui/rate.tsx'
import { ScrollArea } from '../../../ui/scroll-area.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import hidden from '../../../ui/hidden.module.css'
import { householdsOf, wholeArea } from '../../../view/whole.ts'
import { useCounts, useFreshness, usePlace, useViewState } from '../map-page.ts'
import { LoadError, PanelHead, PanelSection } from '../panel-parts.tsx'
import { AreaChildren } from './area-children.tsx'
import styles from './area-panel.module.css'
import { AreaPeople, BuildingsAndFacilities, Contacts } from './area-profile.tsx'
import { IncidentMonths, IncidentTypes } from './incident-charts.tsx'
import { messages } from './messages.ts'

/** The current area: contacts, incidents, areas below, population, buildings and facilities. */
export function AreaPanel() {
  const t = useMessages(messages)
  const formats = useFormats()
  const { area, areas, street, open } = usePlace()
  const { status, loadingStatus } = useFreshness()
  const isWhole = area === wholeArea
  const query = useQuery({ ...areaQuery(area ?? ''), enabled: area !== undefined && !isWhole })

  if (area === undefined) {
    return loadingStatus.pending ? (
      <Waiting />
    ) : (
      status && (
        <div className={styles.alone}>
          <Notice title={t('noStreetsTitle')}>{t('noStreetsText')}</Notice>
        </div>
      )
    )
  }
  const unknown = query.error instanceof AnswerError && query.error.status === 404
  if (unknown && street !== undefined) {
    return (
      <div className={styles.alone}>
        <Notice
          tone="danger"
          title={t('unknownTitle', { code: area })}
          action={<Button onPress={() => open(street.code)}>{t('toStreet')}</Button>}
        >
          {t('unknownText')}
        </Notice>
      </div>
    )
  }
  // Placeholder data may be those of the previous area.
  const profile = query.data?.area.code === area ? query.data : undefined
  if (isWhole) {
    return (
      <ScrollArea label={street?.name ?? t('panel')}>
        <PanelHead title={street?.name ?? ''} note={t('streetCount', { count: status?.streets.length ?? 0 })} />
        <KeyFigures households={householdsOf(areas?.streets)} />
        <IncidentTypes />
        <IncidentMonths />
        <AreaChildren area={area} />
      </ScrollArea>
    )
  }
  return (
    <ScrollArea label={profile?.area.name ?? t('panel')}>
      <PanelHead
        title={profile?.area.name ?? street?.name ?? ''}
        note={`${t('code', { level: levelOf(area) })} ${area}`}
      />
      <KeyFigures households={profile?.population.households ?? profile?.area.households ?? null} />
      {profile && <Contacts profile={profile} />}
      <LoadError what={t('profile')} loading={{ failed: query.error, retry: () => void query.refetch() }} />
      <IncidentTypes />
      <IncidentMonths />
      <AreaChildren area={area} />
      {profile ? (
        <>
          <AreaPeople profile={profile} />
          <BuildingsAndFacilities profile={profile} />
        </>
      ) : (
        query.isPending && <Waiting />
      )}
      {status?.asOf && <p className={styles.asOf}>{t('asOf', { time: formats.dateTime(new Date(status.asOf)) })}</p>}
    </ScrollArea>
  )
}

/** Incidents of the filter in the area: all, open and overdue. Each number opens its list. */
function KeyFigures({ households }: { households: number | null }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const { tally } = useCounts()
  const { change } = useViewState()
  if (tally === undefined) {
    return (
      <PanelSection title={t('figures')}>
        <Skeleton lines={2} />
      </PanelSection>
    )
  }
  const figures = [
    { list: 'all', name: t('incidents'), count: tally.total },
    { list: 'open', name: t('open'), count: tally.open },
    { list: 'overdue', name: t('overdue'), count: tally.overdue },
  ] as const
  return (
    <PanelSection title={t('figures')} aside={t('inFilter')}>
      <div className={styles.figures} data-long={formats.count(tally.total).length > 7 || undefined}>
        {figures.map(({ list, name, count }) => (
          <button
            key={list}
            type="button"
            className={styles.figure}
            data-late={(list === 'overdue' && count > 0) || undefined}
            title={t('openList', { what: name, count: formats.count(count) })}
            onClick={() => change({ list, selected: null })}
          >
            <span className={styles.name}>{name}</span>
            <span className={styles.count}>{formats.count(count)}</span>
          </button>
        ))}
      </div>
      <dl className={styles.rates}>
        <div>
          <dt>{t('overdueShare')}</dt>
          <dd>
            <Rate
              part={tally.overdue}
              total={tally.open}
              format={formats.percent}
              explain={(part, total) => t('shareHint', { part, total })}
            />
          </dd>
        </div>
        <div>
          <dt>{t('per1000')}</dt>
          <dd>
            <Rate
              part={tally.total}
              total={households}
              format={(share) => formats.decimal(share * 1000)}
              explain={(incidents, total) => t('per1000Hint', { incidents, households: total })}
            />
          </dd>
        </div>
      </dl>
    </PanelSection>
  )
}

function Waiting() {
  const t = useMessages(messages)
  return (
    <div className={styles.alone}>
      <output className={hidden.hidden}>{t('loading')}</output>
      <Skeleton lines={8} />
    </div>
  )
}
