import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import type { ImportPreview } from '@minqing/data/domain/import'
import type { BoundingBox } from '@minqing/data/domain/position'
import { risks } from '@minqing/data/domain/risk'
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson'

const features = ({ places }: ImportPreview) => places.features as Feature<Point | Polygon | MultiPolygon>[]

/** Points as the map takes cases: what would be rejected as the gravest, the others as the least. */
export function placesAsColumns(preview: ImportPreview): IncidentColumns {
  const points = features(preview).flatMap(({ geometry, properties }) =>
    geometry.type === 'Point'
      ? [{ at: geometry.coordinates, row: Number(properties?.row), faulty: properties?.faulty === true }]
      : [],
  )
  const { length } = points
  const unit = (index: 0 | 1) => Int32Array.from(points, ({ at }) => Math.round((at[index] ?? 0) * 1e7))
  return {
    length,
    x: unit(0),
    y: unit(1),
    reported: new Uint32Array(length),
    due: new Uint32Array(length),
    type: new Uint8Array(length),
    channel: new Uint8Array(length),
    status: new Uint8Array(length),
    risk: Uint8Array.from(points, ({ faulty }) => risks.indexOf(faulty ? 'red' : 'blue')),
    grid: new Uint16Array(length),
    grids: [''],
    street: () => '',
    number: (row) => String(points[row]?.row ?? ''),
  }
}

/** Outlines as the map takes grids: with a code of their own, named by their line. */
export function outlinesOf(preview: ImportPreview): FeatureCollection<Polygon | MultiPolygon> {
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

/** [west, south, east, north] of everything; null where nothing has a place. */
export function placesBox(preview: ImportPreview): BoundingBox | null {
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
