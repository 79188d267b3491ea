import type { ToLonLat } from '@minqing/data/geo/crs'
import { readPosition } from '../check/read-position.ts'
import type { RowView } from '../check/row-view.ts'

/** Where a row lies that has a fault elsewhere, as GeoJSON in WGS84; null where its place itself cannot be read. */
export function faultyPlace(view: RowView, convert: ToLonLat): unknown {
  const before = view.faults
  view.faults = []
  const position = readPosition(view, convert)
  const found = view.faults.length === 0 ? position : null
  view.faults = before
  return found === null ? null : { type: 'Point', coordinates: [found.lon, found.lat] }
}
