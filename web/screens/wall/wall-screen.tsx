import type { Language } from '@minqing/data/domain/label'
import { useQuery } from '@tanstack/react-query'
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs'
import { useMemo, useRef, useState, type PointerEvent, type ReactNode } from 'react'
import { AnswerError } from '../../api/fetch.ts'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import type { MapLegend } from '../../map/map-inputs.ts'
import { useDarkByDefault, type Theme } from '../../theme/theme.ts'
import { NotAllowed } from '../account/not-allowed.tsx'
import { CommunityCard } from './community-card.tsx'
import { freshnessOf, offsetOf, useServerClock } from './freshness.ts'
import type { WallView } from './panels/panel.tsx'
import { type Placement, wallPanels } from './panels/registry.ts'
import { useReleaseReload } from './release.ts'
import { Ticker } from './ticker.tsx'
import { TourBar } from './tour-bar.tsx'
import { useTour } from './tour.ts'
import { wallFormat } from './wall-format.ts'
import { WallHeader } from './wall-header.tsx'
import { useFreeArea, useReturns, WallLegend, WallMap } from './wall-map.tsx'
import { type ReceivedPicture, wallQuery, type WallPlace } from './wall-queries.ts'
import styles from './wall.module.css'

const messages = defineMessages({
  zh: {
    wholeArea: '全域',
    connecting: '正在连接服务器…',
    unreachable: '无法连接服务器。请检查网络和服务器电源；本屏每 5 秒自动重试，恢复后无需操作。',
    empty: '数据库中还没有街道。请先导入网格与案件，或运行演示数据；导入后本屏会自动显示。',
    unknownArea: '没有编码为 {area} 的街道或社区。请检查本屏网址中的 area 参数。',
  },
  en: {
    wholeArea: 'Entire area',
    connecting: 'Connecting to the server…',
    unreachable:
      'The server cannot be reached. Check the network and the server; this screen retries every 5 seconds and needs no action once the server is back.',
    empty:
      'The database has no sub-districts yet. Import grids and cases or load the demo data; this screen then updates by itself.',
    unknownArea:
      'There is no sub-district or community with code {area}. Check the area parameter in the URL of this screen.',
  },
})

const tourParser = parseAsStringLiteral(['on', 'off']).withDefault('on')

/** `/wall?area=…&tour=on|off&theme=…&lang=…`: the command room's screen. Dark, whatever the machine prefers. */
export function WallScreen() {
  const [area] = useQueryState('area', parseAsString)
  const [tour] = useQueryState('tour', tourParser)
  const shownTheme = useDarkByDefault()
  const language = useLanguage()
  const t = useMessages(messages)
  const { data, error } = useQuery(wallQuery(area))

  // Also where somebody else has signed in meanwhile: nothing of the former is shown.
  if (error instanceof AnswerError && error.problem.code === 'forbidden') return <NotAllowed />
  if (data === undefined) {
    const unknownArea = area !== null && error instanceof AnswerError && error.status < 500
    return (
      <WallNotice theme={shownTheme}>
        {error === null ? t('connecting') : unknownArea ? t('unknownArea', { area }) : t('unreachable')}
      </WallNotice>
    )
  }
  if (data.picture.street === null) return <WallNotice theme={shownTheme}>{t('empty')}</WallNotice>
  // Another place starts its tour again.
  return (
    <Wall
      key={data.picture.area?.code}
      place={{ area }}
      received={data}
      touring={tour === 'on'}
      theme={shownTheme}
      language={language}
    />
  )
}

/** The wall with a picture to show: map in the middle, panels on both sides, the latest steps below. */
function Wall(props: {
  place: WallPlace
  received: ReceivedPicture
  touring: boolean
  theme: Theme
  language: Language
}) {
  const { place, received, language } = props
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
  const [tour, dispatch] = useTour(props.touring, names.length)
  const community = picture.communities[tour.stop - 1]
  const stage = useRef<HTMLDivElement>(null)
  const free = useRef<HTMLDivElement>(null)
  const padding = useFreeArea(stage, free)
  const [legends, setLegends] = useState<MapLegend[]>([])
  const returns = useReturns(freshness.kind === 'late')
  useReleaseReload(tour.mode !== 'held')

  const view: WallView = { place, community: community?.code ?? null, now, format, language }

  const onPointerDown = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('nav') === null) dispatch({ kind: 'touched' })
  }

  return (
    <main
      className={`${styles.screen} ${styles.wall}`}
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
        <Side columns={[1, 2]} wall={view} />
        <div className={styles.centre}>
          {community === undefined ? null : <CommunityCard community={community} format={format} language={language} />}
          <div className={styles.free} ref={free} />
          <div className={styles.foot}>
            <TourBar tour={tour} names={names} dispatch={dispatch} />
            <div className={styles.legends}>
              {legends.map((legend) => (
                <WallLegend key={legend.layer} legend={legend} />
              ))}
            </div>
          </div>
        </div>
        <Side columns={[3, 4]} wall={view} />
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

/** The panels on one side of the map, a column below or beside the other. */
function Side({ columns, wall }: { columns: readonly Placement['column'][]; wall: WallView }) {
  return (
    <div className={styles.side}>
      {columns.map((column) => (
        <div key={column} className={styles.column}>
          {wallPanels
            .filter((placement) => placement.column === column)
            .map(({ panel: { id, Panel }, onlyWide }) =>
              onlyWide === true ? (
                <div key={id} className={styles.wideOnly}>
                  <Panel wall={wall} />
                </div>
              ) : (
                <Panel key={id} wall={wall} />
              ),
            )}
        </div>
      ))}
    </div>
  )
}

/** One sentence in the middle of the wall: what is the matter, and what happens next. */
function WallNotice(props: { theme: Theme; children: ReactNode }) {
  return (
    <main className={`${styles.screen} ${styles.notice}`} style={{ colorScheme: props.theme }}>
      <output>{props.children}</output>
    </main>
  )
}
