import { boxOfPositions } from '@minqing/data/geo/box-of-positions'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { Geometry } from 'geojson'

function* positionsOf(geometry: Geometry): Generator<readonly number[]> {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) yield* positionsOf(part)
    return
  }
  // Coordinates nest to a depth that depends on the type; a position is what begins with a number.
  const pending: unknown[] = [geometry.coordinates]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!Array.isArray(next)) continue
    if (typeof next[0] === 'number') yield next as number[]
    else pending.push(...(next as unknown[]))
  }
}

/** [west, south, east, north] of a geometry; null when it has no position. */
export function boundsOf(geometry: Geometry): BoundingBox | null {
  const box = boxOfPositions(positionsOf(geometry))
  return box[0] === Infinity ? null : box
}
