import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useTheme } from '../../../theme/theme.ts'
import type { MapHit, MapInputs } from '../../../map/map-inputs.ts'
import { wholeArea } from '../../../view/whole.ts'
import { useCounts, useIncidents, useLegend, usePlace, useViewState } from '../map-page.ts'
import { HoverCard } from './hover-card.tsx'
import styles from './map-stage.module.css'
import { useArrival } from './use-arrival.ts'

// MapLibre and deck.gl are most of the page's bytes: the shell is painted before they are asked for.
const MapCanvas = lazy(async () => ({ default: (await import('../../../map/map-canvas.tsx')).MapCanvas }))

/** The map with what the page tells it, and what it tells back turned into changes of the view. */
export function MapStage({ padding }: { padding: MapInputs['padding'] }) {
  const { view } = useViewState()
  const { area, areas, facilities, open, select, map } = usePlace()
  const { columns, bandwidth, aggregate } = useIncidents()
  const { tally } = useCounts()
  const { setLegend } = useLegend()
  const t = useTranslations('map')
  const language = useLocale()
  const [theme] = useTheme()
  const [hover, setHover] = useState<MapHit | null>(null)
  const [trouble, setTrouble] = useState<'none' | 'context_lost' | 'unsupported'>('none')
  const { begun, firstCamera, onReady, onCamera } = useArrival(padding)

  const density = useMemo(() => ({ mode: view.density, bandwidth }), [view.density, bandwidth])

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
    <div className={styles.stage} role="region" aria-label={t('mapLabel')}>
      <Suspense fallback={<output className={styles.waiting}>{t('mapLoading')}</output>}>
        {begun && (
          <MapCanvas
            ref={map}
            theme={theme}
            language={language}
            areas={areas}
            facilities={facilities}
            columns={columns}
            cells={aggregate?.cells}
            mask={tally?.mask}
            density={density}
            layers={view.layers}
            area={area === wholeArea ? null : (area ?? null)}
            selected={view.selected}
            padding={padding}
            initialCamera={firstCamera}
            scale={1}
            interactive
            onReady={onReady}
            onCamera={onCamera}
            onHover={setHover}
            onSelect={onSelect}
            onLegend={setLegend}
            onTrouble={setTrouble}
          />
        )}
      </Suspense>
      {hover && <HoverCard hit={hover} />}
      {trouble !== 'none' && (
        <output className={styles.trouble}>{t(trouble === 'unsupported' ? 'mapUnsupported' : 'mapLost')}</output>
      )}
    </div>
  )
}
