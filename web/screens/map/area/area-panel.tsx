import { levelOf } from '@minqing/data/domain/area-code'
import { useQuery } from '@tanstack/react-query'
import { areaQuery } from '../../../api/collections.ts'
import { AnswerError } from '../../../api/fetch.ts'
import { useMay } from '../../../api/session.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice, Skeleton } from '../../../ui/notice.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import hidden from '../../../ui/hidden.module.css'
import { allStreetsCode } from '../../../view/parameters.ts'
import { useFreshness, usePlace } from '../map-page.ts'
import { LoadError, PanelHead, ScrollArea } from '../panel-parts.tsx'
import { AreaChildren } from './area-children.tsx'
import styles from './area-panel.module.css'
import { AreaPeople, BuildingsAndFacilities, Contacts, populationOf, sumHouseholds } from './area-profile.tsx'
import { IncidentMonths, IncidentTypes } from './incident-charts.tsx'
import { KeyFigures } from './key-figures.tsx'
import { messages } from './messages.ts'

/** The current area: contacts, incidents, areas below, population, buildings and facilities. */
export function AreaPanel() {
  const t = useMessages(messages)
  const formats = useFormats()
  const { area, areas, street, feature, open } = usePlace()
  const { status, asOf, loadingStatus } = useFreshness()
  const isWhole = area === allStreetsCode
  const mayCount = useMay('count', 'area')
  const mayCall = useMay('read', 'contact')
  const query = useQuery({ ...areaQuery(area ?? ''), enabled: area !== undefined && !isWhole && mayCount })

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
        <KeyFigures households={sumHouseholds(areas?.streets)} />
        <IncidentTypes />
        <IncidentMonths />
        <AreaChildren area={area} />
      </ScrollArea>
    )
  }
  return (
    <ScrollArea label={profile?.area.name ?? t('panel')}>
      <PanelHead
        title={profile?.area.name ?? feature(area)?.properties.name ?? street?.name ?? ''}
        note={`${t('code', { level: levelOf(area) })} ${area}`}
      />
      <KeyFigures households={profile === undefined ? null : populationOf(profile).households} />
      {mayCall && profile && <Contacts profile={profile} />}
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
        mayCount && query.isPending && <Waiting />
      )}
      {status?.asOf && (
        <p className={styles.asOf}>{t('asOf', { time: formats.dateTime(new Date(asOf ?? status.asOf)) })}</p>
      )}
    </ScrollArea>
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
