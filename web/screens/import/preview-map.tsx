import type { ImportPreview } from '@minqing/data/domain/import'
import { type IncidentColumns, makeNumericColumns } from '@minqing/data/domain/incident-columns'
import type { BoundingBox } from '@minqing/data/domain/position'
import { risks } from '@minqing/data/domain/risk'
import { useQuery } from '@tanstack/react-query'
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson'
import { useMemo, useRef } from 'react'
import { areaFeaturesQuery } from '../../api/collections.ts'
import { statusQuery } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { MapCanvas } from '../../map/map-canvas.tsx'
import type { MapHandle, MapInputs } from '../../map/map-inputs.ts'
import { useTheme } from '../../theme/theme.ts'
import { messages } from './messages.ts'
import styles from './preview.module.css'

const layers: MapInputs['layers'] = ['grids', 'incidents', 'labels']
const noDensity: MapInputs['density'] = { mode: 'off', bandwidth: 60 }
const padding = { top: 12, right: 12, bottom: 12, left: 12 }

/** The rows on the map: points drawn as incidents, polygons as grids. */
export function PreviewMap({ preview, onRow }: { preview: ImportPreview; onRow: (row: string) => void }) {
  const t = useMessages(messages)
  const language = useLanguage()
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
    <figure className={styles.map} aria-label={t('map')}>
      <MapCanvas
        ref={map}
        theme={theme}
        language={language}
        versions={status?.versions}
        areas={areas}
        facilities={undefined}
        columns={columns}
        mask={mask}
        incidentsFrom={0}
        density={noDensity}
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
          <span data-mark="fine">{t('markAccepted')}</span>
          <span data-mark="faulty">{t('markRejected')}</span>
        </figcaption>
      )}
    </figure>
  )
}

const features = ({ places }: ImportPreview) => places.features as Feature<Point | Polygon | MultiPolygon>[]

/** Points as incident columns: those that would be rejected in red, the others in blue. */
function placesAsColumns(preview: ImportPreview): IncidentColumns {
  const points = features(preview).flatMap(({ geometry, properties }) =>
    geometry.type === 'Point'
      ? [{ at: geometry.coordinates, row: Number(properties?.row), faulty: properties?.faulty === true }]
      : [],
  )
  const { length } = points
  const unit = (index: 0 | 1) => Int32Array.from(points, ({ at }) => Math.round((at[index] ?? 0) * 1e7))
  return {
    ...makeNumericColumns(() => length),
    length,
    x: unit(0),
    y: unit(1),
    risk: Uint8Array.from(points, ({ faulty }) => risks.indexOf(faulty ? 'red' : 'blue')),
    grid: new Uint16Array(length),
    grids: [''],
    street: () => '',
    number: (row) => String(points[row]?.row ?? ''),
  }
}

/** Polygons as grids, with an invented code and the line number as name. */
function outlinesOf(preview: ImportPreview): FeatureCollection<Polygon | MultiPolygon> {
  const outlines = features(preview).flatMap((feature, index) =>
    feature.geometry.type === 'Point'
      ? []
      : [
          {
            type: 'Feature' as const,
            geometry: feature.geometry,
            properties: { code: String(index).padStart(15, '0'), name: String(feature.properties?.line ?? '') },
          },
        ],
  )
  return { type: 'FeatureCollection', features: outlines }
}

/** The bbox of all rows; null where none has a position. */
function placesBox(preview: ImportPreview): BoundingBox | null {
  const box: BoundingBox = [180, 90, -180, -90]
  const add = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return
    const [x, y] = coordinates as unknown[]
    if (typeof x !== 'number' || typeof y !== 'number') for (const inner of coordinates) add(inner)
    else {
      box[0] = Math.min(box[0], x)
      box[1] = Math.min(box[1], y)
      box[2] = Math.max(box[2], x)
      box[3] = Math.max(box[3], y)
    }
  }
  for (const { geometry } of features(preview)) add(geometry.coordinates)
  return box[0] <= box[2] ? box : null
}
