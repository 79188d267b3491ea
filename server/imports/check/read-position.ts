import type { Label } from '@minqing/data/domain/label'
import { readDegreePair } from '@minqing/data/formats/values/degrees'
import type { FieldName } from '@minqing/data/domain/field-name'
import { readWkt } from '@minqing/data/formats/geometry/wkt'
import { round7 } from '@minqing/data/domain/position'
import { isInChina, type ToLonLat } from '@minqing/data/geo/crs'
import { reasons } from './reasons.ts'
import type { RowView } from './row-view.ts'

/** Where a row says it is: stored degrees, and the source's own numbers. */
export type ReadPosition = { lon: number; lat: number; x: number; y: number }

/**
 * A row's point, converted, from its geometry or from two columns; null without one, or with a fault noted.
 *
 * Swapped axes are caught where only the swap lies in China, or where nothing else is possible. Elsewhere on earth no
 * coordinate can be distinguished from its mirror image.
 */
export function readPosition(view: RowView, convert: ToLonLat): ReadPosition | null {
  const raw = rawPosition(view)
  if (raw === null) return null
  const { x, y, field } = raw
  const shown = `${x}, ${y}`
  if (x === 0 && y === 0) return fail(view, field, shown, reasons.nullIsland)
  const [lon, lat] = convert(x, y)
  // Degrees through a projection land off the coast of Africa: no place of ours is so near a system's origin.
  const isDegrees = Math.abs(x) <= 180 && Math.abs(y) <= 180
  if (isDegrees && (Math.abs(lon - x) > 1 || Math.abs(lat - y) > 1)) return fail(view, field, shown, reasons.notMetres)
  const valid = lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90
  if (!valid || !isInChina(lon, lat)) {
    const [otherLon, otherLat] = convert(y, x)
    if (isInChina(otherLon, otherLat))
      return fail(view, field, shown, isDegrees ? reasons.swapped : reasons.swappedMetres)
  }
  if (valid) return { lon: round7(lon), lat: round7(lat), x, y }
  const degrees = Math.abs(x) <= 360 && Math.abs(y) <= 360
  return fail(view, field, shown, degrees ? reasons.outOfRange : reasons.outsideProjection)
}

/** Two numbers, and the field that they are read from. */
type RawPosition = { x: number; y: number; field: FieldName }

function rawPosition(view: RowView): RawPosition | null {
  const geometry = view.geometry('geometry')
  if (geometry === undefined) {
    if (!view.has('lon') && !view.has('lat')) return view.has('lonLat') ? pairPosition(view) : pairInAddress(view)
    const x = view.degrees('lon')
    const y = view.degrees('lat')
    if (x !== null && y !== null) return { x, y, field: 'lon' }
    for (const field of ['lon', 'lat'] as const) if (!view.has(field)) view.fault(field, '', reasons.missing)
    return null
  }
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown }
  const point =
    type === 'MultiPoint' && Array.isArray(coordinates) && coordinates.length === 1 ? coordinates[0] : coordinates
  // A geometry may have no coordinates at all.
  const written = JSON.stringify(point ?? null)
  if (type !== 'Point' && point === coordinates) return fail(view, 'geometry', String(type), reasons.notPoint)
  if (!Array.isArray(point) || point.length < 2) return fail(view, 'geometry', written, reasons.notPoint)
  const [x, y] = point as unknown[]
  if (typeof x !== 'number' || typeof y !== 'number') return fail(view, 'geometry', written, reasons.notNumber)
  return { x, y, field: 'geometry' }
}

/** Both in one cell, as map pickers copy them, or as well-known text. */
function pairPosition(view: RowView): RawPosition | null {
  const text = view.text('lonLat')
  const point = readWkt(text)
  const pair = point?.type === 'Point' ? (point.coordinates as [number, number]) : readDegreePair(text)
  return pair === null ? fail(view, 'lonLat', text, reasons.notPair) : { x: pair[0], y: pair[1], field: 'lonLat' }
}

/** Map services call the pair itself a location, as ledgers call an address. */
function pairInAddress(view: RowView): RawPosition | null {
  const pair = view.texts('address').find((text) => /^-?\d+\.\d+\s*[,，]\s*-?\d+\.\d+$/.test(text))
  const read = pair === undefined ? null : readDegreePair(pair)
  return read === null ? null : { x: read[0], y: read[1], field: 'address' }
}

function fail(view: RowView, field: FieldName, value: string, reason: Label): null {
  view.fault(field, value, reason)
  return null
}
