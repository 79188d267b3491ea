import type { Position } from 'geojson'
import { round7, type BoundingBox } from '../domain/position.ts'
import { type Coordinates, type ToLonLat } from './crs.ts'
import { bboxOf } from './plane.ts'

export type PlacedLines = { geometry: { type: string; coordinates: unknown }; extent: BoundingBox; center: Coordinates }

/**
 * Reads a point, line or lines from outside: converted, rounded to seven decimals, without repeated positions.
 * Null where they are none, or lie nowhere on the earth. `center` is the middle position of the longest part.
 */
export function readLines(input: unknown, convert: ToLonLat): PlacedLines | null {
  if (typeof input !== 'object' || input === null || !('type' in input) || !('coordinates' in input)) return null
  const { type, coordinates } = input
  const rough: unknown = type === 'Point' ? [[coordinates]] : type === 'LineString' ? [coordinates] : coordinates
  if (!Array.isArray(rough)) return null
  const lines: Position[][] = []
  for (const part of rough as unknown[]) {
    const line = readLine(part, convert)
    if (line === null) return null
    if (line.length > (type === 'Point' ? 0 : 1)) lines.push(line)
  }
  const longest = lines.toSorted((left, right) => right.length - left.length)[0]
  const [lon, lat] = longest?.[Math.floor(longest.length / 2)] ?? []
  if (longest === undefined || lon === undefined || lat === undefined) return null
  const geometry =
    type === 'Point'
      ? { type, coordinates: longest[0] }
      : lines.length === 1
        ? { type: 'LineString', coordinates: longest }
        : { type: 'MultiLineString', coordinates: lines }
  return { geometry, extent: bboxOf(lines.flat()), center: [lon, lat] }
}

function readLine(input: unknown, convert: ToLonLat): Position[] | null {
  if (!Array.isArray(input)) return null
  const line: Position[] = []
  for (const position of input as unknown[]) {
    const [x, y] = Array.isArray(position) ? (position as unknown[]) : []
    if (typeof x !== 'number' || typeof y !== 'number') return null
    const [lon, lat] = convert(x, y).map(round7)
    if (lon === undefined || lat === undefined || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return null
    const last = line.at(-1)
    if (last?.[0] === lon && last[1] === lat) continue
    line.push([lon, lat])
  }
  return line
}
