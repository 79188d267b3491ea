import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useWithheld } from '../../../api/session.ts'
import { useCollectionVersions } from '../../../api/status.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { useTheme } from '../../../theme/theme.ts'
import { MapCanvas } from '../../../map/map-canvas.tsx'
import type { AnalysisOverlay, DueOverlay, MapHit, MapInputs, MapState } from '../../../map/map-inputs.ts'
import { boundsOf, cameraOver, type Camera } from '../../../view/camera.ts'
import { useCamera } from '../../../view/use-view.ts'
import { allStreetsCode } from '../../../view/parameters.ts'
import { useCounts, useFreshness, useIncidents, useLegends, usePlace, useViewState } from '../map-page.ts'
import { HoverCard } from './hover-card.tsx'
import styles from './map-stage.module.css'

const messages = defineMessages({
  zh: {
    label: '地图。方向键移动，加减键缩放。各社区和网格也列在面板中。',
    loading: '正在加载地图…',
    unsupported:
      '这台设备的浏览器不能显示三维地图（WebGL 2 不可用）。面板、筛选和导出照常可用；请换用较新的浏览器或开启硬件加速。',
    context_lost: '地图画面中断，正在恢复…',
    not_loaded: '服务器连接中断，地图尚未加载；连接恢复后自动加载。',
  },
  en: {
    label: 'Map. Arrow keys move it, plus and minus zoom. Communities and grids are also listed in the panel.',
    loading: 'Loading the map…',
    unsupported:
      'This browser cannot show the 3D map (WebGL 2 is not available). Panels, filters and exports still work. Use a newer browser or turn on hardware acceleration.',
    context_lost: 'The map was interrupted and is being restored…',
    not_loaded: 'The server is away and the map is not loaded yet; it loads by itself when the server is back.',
  },
})

// Only for those who switch the layers on.
const DueCases = lazy(async () => ({ default: (await import('./due-cases.tsx')).DueCases }))

const CurrentHotSpots = lazy(async () => ({
  default: (await import('./current-hot-spots.tsx')).CurrentHotSpots,
}))

/** The map with the state of the page as its inputs, and its events turned into changes of the view. */
export function MapStage({ padding }: { padding: MapInputs['padding'] }) {
  const { view } = useViewState()
  const { area, areas, facilities, open, select, map } = usePlace()
  const { columns, bandwidth, aggregate } = useIncidents()
  const { tally } = useCounts()
  const versions = useCollectionVersions('status')
  const withheld = useWithheld()
  const { setLegends } = useLegends()
  const t = useMessages(messages)
  const language = useLanguage()
  const [theme] = useTheme()
  const [hotSpots, setHotSpots] = useState<AnalysisOverlay | undefined>(undefined)
  const [due, setDue] = useState<DueOverlay | undefined>(undefined)
  const [hover, setHover] = useState<MapHit | null>(null)
  const [mapState, setMapState] = useState<MapState>('loading')
  const { begun, firstCamera, onReady, onCamera } = useInitialCamera(padding)

  const density = useMemo(
    () => ({ mode: view.density, bandwidth, fades: view.fade === 'on' }),
    [view.density, view.fade, bandwidth],
  )

  const onSelect = useCallback(
    (hit: MapHit | null) => {
      setHover(null)
      if (hit === null) select(null)
      else if (hit.kind === 'area') open(hit.id)
      else select({ kind: hit.kind, id: hit.id })
    },
    [open, select],
  )

  return (
    <div className={styles.stage} role="region" aria-label={t('label')}>
      {begun && (
        <MapCanvas
          ref={map}
          theme={theme}
          language={language}
          versions={versions}
          areas={areas}
          facilities={facilities}
          columns={columns}
          cells={aggregate?.cells}
          mask={tally?.mask}
          density={density}
          analysis={hotSpots}
          due={due}
          layers={view.layers}
          withheld={withheld}
          area={area === allStreetsCode ? null : (area ?? null)}
          selected={view.selected}
          padding={padding}
          initialCamera={firstCamera}
          scale={1}
          interactive
          onReady={onReady}
          onCamera={onCamera}
          onHover={setHover}
          onSelect={onSelect}
          onLegends={setLegends}
          onState={setMapState}
        />
      )}
      {/* Both are of now. */}
      {view.asOf === null && view.layers?.includes('hot-spots') === true && !withheld.includes('analysis') && (
        <Suspense>
          <CurrentHotSpots onOverlay={setHotSpots} />
        </Suspense>
      )}
      {view.asOf === null && view.layers?.includes('due') === true && (
        <Suspense>
          <DueCases onOverlay={setDue} />
        </Suspense>
      )}
      {hover && <HoverCard hit={hover} />}
      {mapState !== 'shown' && (
        <output className={mapState === 'loading' ? styles.waiting : styles.trouble}>{t(mapState)}</output>
      )}
    </div>
  )
}

/**
 * Takes the map to where the page looks: it begins over the street, goes to an area when that is opened, and stays
 * where a link with a camera put it until then. `begun`: the map may be made.
 */
function useInitialCamera(padding: MapInputs['padding']): {
  begun: boolean
  firstCamera: Camera | null
  onReady: () => void
  onCamera: (at: Camera) => void
} {
  const { view } = useViewState()
  const [camera, setCamera] = useCamera()
  const { street, feature, areas, map, loadingAreas } = usePlace()
  const { status, loadingStatus } = useFreshness()
  const [ready, setReady] = useState(false)
  const [begun, setBegun] = useState(false)
  const [firstCamera, setFirstCamera] = useState(camera)
  const arrived = useRef<string | undefined>(camera === null ? undefined : 'camera of the link')

  const isStreet = view.area === null || view.area === allStreetsCode
  const geometry = view.area === null ? undefined : feature(view.area)?.geometry
  const box = useMemo(() => (geometry === undefined ? null : boundsOf(geometry)), [geometry])
  const bounds = isStreet ? street?.bbox : box
  const target = bounds ? (view.area ?? street?.code) : undefined

  // Begun where it will stay: no flight from far away, no tiles of places nobody asked for.
  const known = status !== undefined && (isStreet || (areas !== undefined && street !== undefined))
  const failed = loadingStatus.failed !== null || loadingAreas.failed !== null || status?.streets.length === 0
  if ((known || failed) && !begun) {
    setBegun(true)
    const over = bounds ?? street?.bbox
    if (firstCamera === null && over !== undefined) {
      const width = window.innerWidth - padding.left - padding.right
      setFirstCamera(cameraOver(over, width, window.innerHeight * 0.6))
    }
  }

  useEffect(() => {
    if (!ready || !bounds || target === arrived.current) return
    const before = arrived.current
    arrived.current = target
    if (before !== 'camera of the link') map.current?.fit(bounds, { animate: before !== undefined })
  }, [ready, target, bounds, map])

  const onReady = useCallback(() => setReady(true), [])
  const onCamera = useCallback(
    (at: Camera) => {
      // The camera before the first target is nobody's choice and stays out of the address.
      if (arrived.current !== undefined) setCamera(at)
    },
    [setCamera],
  )
  return { begun, firstCamera, onReady, onCamera }
}
