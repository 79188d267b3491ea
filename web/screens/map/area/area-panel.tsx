import { levelOf } from '@minqing/data/domain/area-code'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { areaQuery } from '../../../api/areas.ts'
import { AnswerError } from '../../../api/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ScrollArea } from '../../../ui/scroll-area.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { LoadError } from '../load-error.tsx'
import { householdsOf, wholeArea } from '../../../view/whole.ts'
import { useFreshness, usePlace } from '../map-page.ts'
import { PanelHead } from '../panel-head.tsx'
import { AreaChildren } from './area-children.tsx'
import { AreaPeople } from './area-people.tsx'
import styles from './area-panel.module.css'
import { BuildingUses } from './building-uses.tsx'
import { CaseMonths } from './case-months.tsx'
import { CaseTypes } from './case-types.tsx'
import { Contacts } from './contacts.tsx'
import { KeyFigures } from './key-figures.tsx'

/** The area looked into: who answers for it, what happens there, who lives there, what it consists of. */
export function AreaPanel() {
  const t = useTranslations('area')
  const map = useTranslations('map')
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
          <Notice title={map('noStreetsTitle')}>{map('noStreetsText')}</Notice>
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
  // What is kept from the area before would be another area's figures.
  const profile = query.data?.area.code === area ? query.data : undefined
  if (isWhole) {
    return (
      <ScrollArea label={street?.name ?? map('panel')}>
        <PanelHead title={street?.name ?? ''} note={map('streetCount', { count: status?.streets.length ?? 0 })} />
        <KeyFigures households={householdsOf(areas?.streets)} />
        <CaseTypes />
        <CaseMonths />
        <AreaChildren area={area} />
      </ScrollArea>
    )
  }
  return (
    <ScrollArea label={profile?.area.name ?? map('panel')}>
      <PanelHead
        title={profile?.area.name ?? street?.name ?? ''}
        note={`${t('code', { level: levelOf(area) })} ${area}`}
      />
      <KeyFigures households={profile?.population.households ?? profile?.area.households ?? null} />
      {profile && <Contacts profile={profile} />}
      <LoadError what={map('theProfile')} loading={{ failed: query.error, retry: () => void query.refetch() }} />
      <CaseTypes />
      <CaseMonths />
      <AreaChildren area={area} />
      {profile ? (
        <>
          <AreaPeople profile={profile} />
          <BuildingUses profile={profile} />
        </>
      ) : (
        query.isPending && <Waiting />
      )}
      {status?.asOf && <p className={styles.asOf}>{map('asOf', { time: formats.moment(new Date(status.asOf)) })}</p>}
    </ScrollArea>
  )
}

function Waiting() {
  const t = useTranslations('shell')
  return (
    <div className={styles.alone}>
      <output className={styles.hidden}>{t('loading')}</output>
      <Skeleton lines={8} />
    </div>
  )
}
