import type { Language } from '@minqing/data/domain/label'
import { type WallCommunity, type WallHotSpots, wallHotSpotDays, type WallPicture } from '@minqing/data/domain/wall'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { defineMessages, type TranslatorOf, useMessages } from '../../i18n/messages.ts'
import { useCollectionVersions } from '../../api/status.ts'
import type { Theme } from '../../theme/theme.ts'
import { MapCanvas } from '../../map/map-canvas.tsx'
import type { MapHandle, MapInputs, MapLegend, MapState } from '../../map/map-inputs.ts'
import { defaultBandwidth } from '../../view/bandwidth.ts'
import { labelGrids } from './label-grids.ts'
import { wallAreasQuery, wallCellsQuery, wallContactsQuery, wallHotSpotsQuery } from './wall-queries.ts'
import legendStyles from './wall-legend.module.css'
import styles from './wall.module.css'

const messages = defineMessages({
  zh: {
    label: '{name}地图：近30天案件热力',
    context_lost: '地图画面中断，正在恢复…',
    not_loaded: '服务器连接中断，地图尚未加载；连接恢复后自动加载，无需操作。',
    unsupported: '此屏幕的浏览器无法显示地图：WebGL 未启用。请在浏览器设置中打开硬件加速后刷新。左右两侧数据照常更新。',
    loading: '正在加载地图…',
    homes: '户',
    spots: '显著聚集处',
    spotsNote: '近{days}天居民反映：{names}',
    spotsPeriod: '近{days}天居民反映',
    further: '{names}等处',
    between: '、',
  },
  en: {
    label: 'Map of {name}: heat of the last 30 days',
    context_lost: 'Map display interrupted, restoring…',
    not_loaded: 'The server is away and the map is not loaded yet; it loads by itself when the server is back.',
    unsupported:
      'The browser of this screen cannot show the map because WebGL is disabled. Enable hardware acceleration and reload. The figures on both sides are still updated.',
    loading: 'Loading the map…',
    homes: ' homes',
    spots: 'Significant clusters',
    spotsNote: 'Reported by residents in {days} days: {names}',
    spotsPeriod: 'Reported by residents in {days} days',
    further: '{names} and others',
    between: ', ',
  },
})

/** Heat alone: a single case would show an address. */
const layers: MapInputs['layers'] = ['grids', 'buildings', 'hot-spots', 'labels']
const tiles = { base: '/api/wall/base/{z}/{x}/{y}', buildings: '/api/wall/buildings/{z}/{x}/{y}' }
/** Scale of labels that are read from six metres, at 1080 lines. */
const legibleScale = 1.5
/** Pitch of the camera in degrees over a community, so that buildings show their height. */
const communityPitch = 45

/** The map behind the panels: the area, or the community that the tour is at. */
export function WallMap(props: {
  picture: WallPicture
  community: WallCommunity | undefined
  padding: FreeArea
  theme: Theme
  language: Language
  onLegends: (legends: MapLegend[]) => void
}) {
  const { picture, community, padding } = props
  const t = useMessages(messages)
  const map = useRef<MapHandle>(null)
  const [mapState, setMapState] = useState<MapState>('loading')
  const area = picture.area
  const bandwidth = defaultBandwidth(area?.bbox)
  const density = useMemo<MapInputs['density']>(() => ({ mode: 'heat', bandwidth }), [bandwidth])
  const code = area?.code ?? ''
  const versions = useCollectionVersions('wall')
  const { data: outlines } = useQuery(wallAreasQuery(picture.street?.code ?? code))
  const current = community?.code ?? null
  const { data: contacts } = useQuery(wallContactsQuery(picture.contacts ? current : null))
  const areas = useMemo(
    () => outlines && labelGrids(outlines, current, contacts ?? [], t('homes')),
    [outlines, current, contacts, t],
  )
  const { data: cells } = useQuery(wallCellsQuery(code, Date.parse(picture.now)))
  const { data: hotSpots } = useQuery(wallHotSpotsQuery(code))
  const analysis = useMemo(() => hotSpots && outlinedSpots(hotSpots, t), [hotSpots, t])

  const place = community ?? area
  const [west, south, east, north] = place?.bbox ?? [0, 0, 0, 0]
  const tilted = community !== undefined
  useEffect(() => {
    // Without a free part of the screen (not measured yet) there is nothing to fit into.
    if (padding.left + padding.right === 0) return
    map.current?.fit([west, south, east, north], { animate: true, pitch: tilted ? communityPitch : 0, bearing: 0 })
  }, [west, south, east, north, tilted, padding])

  return (
    <section className={styles.map} aria-label={t('label', { name: place?.name ?? '' })}>
      <MapCanvas
        ref={map}
        theme={props.theme}
        language={props.language}
        versions={versions}
        areas={areas}
        facilities={undefined}
        columns={undefined}
        mask={undefined}
        cells={cells}
        analysis={analysis}
        tiles={tiles}
        density={density}
        layers={layers}
        area={community?.code ?? code}
        selected={null}
        padding={padding}
        initialCamera={null}
        scale={(legibleScale * window.innerHeight) / 1080}
        interactive
        onLegends={props.onLegends}
        onState={setMapState}
      />
      {mapState === 'shown' ? null : <output className={styles.trouble}>{t(mapState)}</output>}
    </section>
  )
}

/** Hot spots that the legend names. */
const mostNamed = 3

/** The hot spots with their borders as the map draws them, named in the legend. */
function outlinedSpots({ spots }: WallHotSpots, t: TranslatorOf<typeof messages>): NonNullable<MapInputs['analysis']> {
  const features = spots.map((spot, index) => ({
    type: 'Feature' as const,
    geometry: { type: 'MultiLineString' as const, coordinates: spot.border },
    properties: { code: String(index + 1), class: spot.class },
  }))
  const named = [...new Set(spots.map(({ name }) => name))].filter((name) => name !== '')
  const names = named.slice(0, mostNamed).join(t('between'))
  const note = { days: String(wallHotSpotDays), names: named.length > mostNamed ? t('further', { names }) : names }
  return {
    features: { type: 'FeatureCollection', features },
    show: 'outline',
    breaks: [],
    title: t('spots'),
    note: named.length === 0 ? t('spotsPeriod', note) : t('spotsNote', note),
    selected: null,
  }
}

const legendMessages = defineMessages({
  zh: { density: '近30天案件密度', unit: '件/公顷' },
  en: { density: 'Cases of the last 30 days', unit: 'per hectare' },
})

/** What the colours of the heat mean, in numbers, or the lines around the hot spots. */
export function WallLegend(props: { legend: MapLegend }) {
  const { breaks, colours, names, note } = props.legend
  const t = useMessages(legendMessages)
  return (
    <figure className={legendStyles.legend}>
      <figcaption>
        {names === undefined ? t('density') : props.legend.title} <span>{names === undefined ? t('unit') : null}</span>
      </figcaption>
      <ol data-names={names !== undefined || undefined}>
        {colours.map((colour, index) => (
          <li key={colour}>
            <i style={{ background: colour }} />
            {names?.[index] ?? limitText(breaks[index] ?? 0)}
          </li>
        ))}
      </ol>
      <p>{note}</p>
    </figure>
  )
}

/** Two significant digits: a colour distinguishes no more. */
function limitText(limit: number): string {
  return `≥${limit >= 100 ? Math.round(limit) : Number(limit.toPrecision(2))}`
}

export type FreeArea = { top: number; right: number; bottom: number; left: number }

const none: FreeArea = { top: 0, right: 0, bottom: 0, left: 0 }

/** How far the part of `stage` that nothing covers is from each of its edges, in CSS pixels. */
export function useFreeArea(stage: RefObject<HTMLElement | null>, free: RefObject<HTMLElement | null>): FreeArea {
  const [area, setArea] = useState(none)
  useLayoutEffect(() => {
    const outer = stage.current
    const inner = free.current
    if (outer === null || inner === null) return
    const measure = () => {
      const around = outer.getBoundingClientRect()
      const box = inner.getBoundingClientRect()
      const next = {
        top: Math.round(box.top - around.top),
        right: Math.round(around.right - box.right),
        bottom: Math.round(around.bottom - box.bottom),
        left: Math.round(box.left - around.left),
      }
      setArea((last) => (sameArea(last, next) ? last : next))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(outer)
    observer.observe(inner)
    return () => observer.disconnect()
  }, [stage, free])
  return area
}

function sameArea(a: FreeArea, b: FreeArea): boolean {
  return a.top === b.top && a.right === b.right && a.bottom === b.bottom && a.left === b.left
}

/**
 * How often the server has come back after it was lost. A map that asked for its worker or its tiles meanwhile does not
 * ask again by itself: this number as its key makes a new one.
 */
export function useReturns(lost: boolean): number {
  const [state, setState] = useState({ lost, returns: 0 })
  // Adjusted while rendering, as React advises for what follows from a changed input.
  if (state.lost !== lost) setState({ lost, returns: state.returns + (lost ? 0 : 1) })
  return state.returns
}
