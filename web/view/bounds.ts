import type { BoundingBox } from '@minqing/data/domain/position'
import { bboxOfGeometry } from '@minqing/data/geo/plane'
import type { Geometry } from 'geojson'

/** [west, south, east, north] of a geometry; null when it has no position. */
export function boundsOf(geometry: Geometry): BoundingBox | null {
  const bbox = bboxOfGeometry(geometry)
  return bbox[0] === Infinity ? null : bbox
}
