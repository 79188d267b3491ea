import type { Language } from '@minqing/data/domain/label'
import type { WallCommunity, WallPicture } from '@minqing/data/domain/wall'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { areaFeaturesQuery } from '../../api/collections.ts'
import { useCollectionVersions } from '../../api/status.ts'
import type { Theme } from '../../theme/theme.ts'
import type { MapLegend, MapEvents, MapHandle, MapInputs } from '../../map/map-inputs.ts'
import { defaultBandwidth } from '../../view/bandwidth.ts'
import { publicAreas } from './public-areas.ts'
import type { FreeArea } from './use-free-area.ts'
import { windowStart, wallColumnsQuery } from './wall-columns.ts'
import styles from './wall.module.css'

const messages = defineMessages({
  zh: {
    label: '{name}地图：近30天案件热力',
    lost: '地图画面中断，正在恢复…',
    unsupported: '此屏幕的浏览器无法显示地图：WebGL 未启用。请在浏览器设置中打开硬件加速后刷新。左右两侧数据照常更新。',
    loading: '正在加载地图…',
  },
  en: {
    label: 'Map of {name}: heat of the last 30 days',
    lost: 'Map display interrupted, restoring…',
    unsupported:
      'The browser of this screen cannot show the map because WebGL is disabled. Enable hardware acceleration and reload. The figures on both sides are still updated.',
    loading: 'Loading the map…',
  },
})

const MapCanvas = lazy(async () => ({ default: (await import('../../map/map-canvas.tsx')).MapCanvas }))

/** Heat alone: a point would be somebody's door. */
const layers: MapInputs['layers'] = ['grids', 'buildings', 'labels']
/** What a label on a desk must grow by to be read from six metres, at 1080 lines. */
const legibleScale = 1.5
/** Degrees that the camera leans over a community, so that its houses stand up. */
const leaning = 45

/** The map behind the panels: the whole ground, or the community that the tour has come to. */
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
  const [trouble, setTrouble] = useState<Parameters<NonNullable<MapEvents['onTrouble']>>[0]>('none')
  const area = picture.area
  const density = useMemo<MapInputs['density']>(
    () => ({ mode: 'heat', bandwidth: defaultBandwidth(area?.bbox) }),
    // A picture a minute: the same box is the same density.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [area?.bbox.join()],
  )
  const code = area?.code ?? ''
  const versions = useCollectionVersions()
  const { data: features } = useQuery(areaFeaturesQuery(picture.street?.code))
  const areas = useMemo(() => (features === undefined ? undefined : publicAreas(features)), [features])
  const from = windowStart(Date.parse(picture.now))
  const { data: columns } = useQuery(wallColumnsQuery(code, picture.incidentsVersion, from))
  const mask = useMemo(() => (columns === undefined ? undefined : new Uint8Array(columns.length).fill(1)), [columns])

  const place = community ?? area
  const [west, south, east, north] = place?.bbox ?? [0, 0, 0, 0]
  const tilted = community !== undefined
  useEffect(() => {
    // Without a free part of the screen (not measured yet) there is nothing to fit into.
    if (padding.left + padding.right === 0) return
    map.current?.fit([west, south, east, north], { animate: true, pitch: tilted ? leaning : 0, bearing: 0 })
  }, [west, south, east, north, tilted, padding])

  return (
    <section className={styles.map} aria-label={t('label', { name: place?.name ?? '' })}>
      <Suspense fallback={<output className={styles.trouble}>{t('loading')}</output>}>
        <MapCanvas
          ref={map}
          theme={props.theme}
          language={props.language}
          versions={versions}
          areas={areas}
          facilities={undefined}
          columns={columns}
          mask={mask}
          density={density}
          layers={layers}
          area={community?.code ?? code}
          selected={null}
          padding={padding}
          initialCamera={null}
          scale={(legibleScale * window.innerHeight) / 1080}
          interactive
          onLegends={props.onLegends}
          onTrouble={setTrouble}
        />
      </Suspense>
      {trouble === 'none' ? null : (
        <output className={styles.trouble}>{t(trouble === 'unsupported' ? 'unsupported' : 'lost')}</output>
      )}
    </section>
  )
}
