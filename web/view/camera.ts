import type { BoundingBox } from '@minqing/data/domain/position'
import { unionBbox } from '@minqing/data/geo/plane'
import { bboxOfGeometry } from '@minqing/data/geo/plane'
import type { Geometry } from 'geojson'

/** [west, south, east, north] of a geometry; null when it has no position. */
export function boundsOf(geometry: Geometry): BoundingBox | null {
  const bbox = bboxOfGeometry(geometry)
  return bbox[0] === Infinity ? null : bbox
}

/** The smallest box around boxes; null around none. */
export function unionOfBoxes(boxes: readonly BoundingBox[]): BoundingBox | null {
  if (boxes.length === 0) return null
  return unionBbox(boxes)
}

/** Degrees; pitch 0 looks straight down. */
export type Camera = { lon: number; lat: number; zoom: number; bearing: number; pitch: number }

/** Share of the world's width and height in web Mercator, from the north-west. */
function project(lon: number, lat: number): { x: number; y: number } {
  return { x: lon / 360 + 0.5, y: 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI) }
}

/** The camera that looks straight down on a box in so many pixels: where a map begins before it can be asked to fit. */
export function cameraOver([west, south, east, north]: BoundingBox, width: number, height: number): Camera {
  const from = project(west, north)
  const to = project(east, south)
  const size = (pixels: number, share: number) => pixels / (512 * Math.max(share, 1e-9))
  const zoom = Math.log2(Math.min(size(width, to.x - from.x), size(height, to.y - from.y)))
  const y = (from.y + to.y) / 2
  const lat = (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI
  return { lon: (west + east) / 2, lat, zoom: Math.max(0, Math.min(zoom, 18)), bearing: 0, pitch: 0 }
}
