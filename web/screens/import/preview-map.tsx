import type { ImportPreview } from '@minqing/data/domain/import'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { useLocale } from 'use-intl'
import { areaFeaturesQuery } from '../../api/collections.ts'
import { statusQuery } from '../../api/status.ts'
import { useTheme } from '../../theme/theme.ts'
import { MapCanvas } from '../../map/map-canvas.tsx'
import type { MapHandle, MapInputs } from '../../map/map-inputs.ts'
import { outlinesOf, placesAsColumns, placesBox } from './preview-places.ts'
import styles from './preview.module.css'
import { useWords } from './words/use-words.ts'

const layers: MapInputs['layers'] = { grids: true, buildings: false, incidents: true, facilities: false, labels: true }
const nothingDense: MapInputs['density'] = { mode: 'off', radius: 60 }
const padding = { top: 12, right: 12, bottom: 12, left: 12 }

/** The rows on the ground that is there already: points as the map shows cases, outlines as it shows grids. */
export function PreviewMap({ preview, onRow }: { preview: ImportPreview; onRow: (row: string) => void }) {
  const words = useWords()
  const language = useLocale()
  const [theme] = useTheme()
  const map = useRef<MapHandle>(null)
  const { data: status } = useQuery(statusQuery())
  const { data: known } = useQuery(areaFeaturesQuery(status?.streets[0]?.code))
  const columns = useMemo(() => placesAsColumns(preview), [preview])
  const mask = useMemo(() => new Uint8Array(columns.length).fill(1), [columns])
  const outlines = useMemo(() => outlinesOf(preview), [preview])
  const areas = useMemo(() => {
    const none = { type: 'FeatureCollection' as const, features: [] }
    if (outlines.features.length === 0) return known
    return { streets: known?.streets ?? none, communities: known?.communities ?? none, grids: outlines }
  }, [known, outlines])
  const box = placesBox(preview)
  return (
    <figure className={styles.map} aria-label={words.mapOf}>
      <MapCanvas
        ref={map}
        theme={theme}
        language={language}
        areas={areas}
        facilities={undefined}
        columns={columns}
        mask={mask}
        incidentsFrom={0}
        density={nothingDense}
        layers={layers}
        area={null}
        selected={null}
        padding={padding}
        initialCamera={null}
        scale={1}
        interactive
        onSelect={(hit) => hit?.kind === 'incident' && onRow(hit.id.slice(hit.id.indexOf('-') + 1))}
        onReady={() => box !== null && map.current?.fit(box, { animate: false, maxZoom: 16 })}
      />
      {columns.length > 0 && (
        <figcaption className={styles.legend}>
          <span data-mark="fine">{words.markFine}</span>
          <span data-mark="faulty">{words.markFaulty}</span>
        </figcaption>
      )}
    </figure>
  )
}
