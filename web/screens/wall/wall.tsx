import type { Language } from '@minqing/data/domain/label'
import { useMemo, useRef, useState, type PointerEvent } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import type { Theme } from '../../theme/theme.ts'
import type { MapLegend } from '../../map/map-inputs.ts'
import { CommunitiesPanel } from './communities-panel.tsx'
import { CommunityCard } from './community-card.tsx'
import { freshnessOf } from './freshness.ts'
import { GroundPanel } from './ground-panel.tsx'
import { HoursPanel } from './hours-panel.tsx'
import { LatestPanel } from './latest-panel.tsx'
import { LoopPanel } from './loop-panel.tsx'
import { PopulationPanel } from './population-panel.tsx'
import { Ticker } from './ticker.tsx'
import { TourBar } from './tour-bar.tsx'
import { TypesPanel } from './types-panel.tsx'
import { useFreeArea } from './use-free-area.ts'
import { useReleaseReload } from './use-release-reload.ts'
import { useReturns } from './use-returns.ts'
import { offsetOf, useServerClock } from './use-server-clock.ts'
import { useTour } from './use-tour.ts'
import { wallFormat } from './wall-format.ts'
import { WallHeader } from './wall-header.tsx'
import { WallLegend } from './wall-legend.tsx'
import { WallMap } from './wall-map.tsx'
import type { ReceivedPicture } from './wall-query.ts'
import styles from './wall.module.css'

const messages = defineMessages({ zh: { wholeArea: '全域' }, en: { wholeArea: 'Entire area' } })

/** The wall with a picture to show: map in the middle, facts on both sides, what moves below. */
export function Wall(props: { received: ReceivedPicture; touring: boolean; theme: Theme; language: Language }) {
  const { received, language } = props
  const { picture } = received
  const t = useMessages(messages)
  const format = useMemo(() => wallFormat(language), [language])
  const now = useServerClock(received)
  const freshness = freshnessOf({
    now,
    answeredAt: received.receivedAt + offsetOf(received),
    writtenAt: picture.asOf === null ? null : Date.parse(picture.asOf),
  })
  const names = [t('wholeArea'), ...picture.communities.map((community) => community.name)]
  const [tour, tell] = useTour(props.touring, names.length)
  const community = picture.communities[tour.stop - 1]
  const stage = useRef<HTMLDivElement>(null)
  const free = useRef<HTMLDivElement>(null)
  const padding = useFreeArea(stage, free)
  const [legends, setLegends] = useState<MapLegend[]>([])
  const returns = useReturns(freshness.kind === 'late')
  useReleaseReload(tour.mode !== 'held')

  const onPointerDown = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('nav') === null) tell({ kind: 'touched' })
  }

  return (
    <main
      className={`${styles.ground} ${styles.wall}`}
      style={{ colorScheme: props.theme }}
      onPointerDown={onPointerDown}
    >
      <WallHeader picture={picture} now={now} freshness={freshness} format={format} />
      <div className={styles.stage} ref={stage}>
        <WallMap
          key={returns}
          picture={picture}
          community={community}
          padding={padding}
          theme={props.theme}
          language={language}
          onLegends={setLegends}
        />
        <div className={styles.side}>
          <div className={styles.column}>
            <PopulationPanel population={picture.population} format={format} />
            <div className={styles.wideOnly}>
              <GroundPanel picture={picture} format={format} language={language} />
            </div>
          </div>
          <div className={styles.column}>
            <HoursPanel hours={picture.lastHours} format={format} />
            <TypesPanel byType={picture.byType} format={format} language={language} />
          </div>
        </div>
        <div className={styles.centre}>
          {community === undefined ? null : <CommunityCard community={community} format={format} language={language} />}
          <div className={styles.free} ref={free} />
          <div className={styles.foot}>
            <TourBar tour={tour} names={names} tell={tell} />
            {legends.map((legend) => (
              <WallLegend key={legend.layer} legend={legend} />
            ))}
          </div>
        </div>
        <div className={styles.side}>
          <div className={styles.column}>
            <LoopPanel picture={picture} format={format} language={language} />
            <div className={styles.wideOnly}>
              <CommunitiesPanel communities={picture.communities} current={community?.code ?? null} format={format} />
            </div>
          </div>
          <div className={styles.column}>
            <LatestPanel cases={picture.latest} now={now} format={format} language={language} />
          </div>
        </div>
      </div>
      <Ticker
        key={picture.steps[0]?.position}
        steps={picture.steps}
        moving={tour.mode !== 'stopped'}
        now={now}
        format={format}
        language={language}
      />
    </main>
  )
}
