import {
  cellArea,
  cellToBoundary,
  cellToLatLng,
  gridDisk,
  latLngToCell,
  POLYGON_TO_CELLS_FLAGS,
  polygonToCellsExperimental,
  UNITS,
} from 'h3-js'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { polygonsOf } from '../geo/plane.ts'
import { type Neighbours, neighboursFromLists } from './neighbours.ts'

/**
 * Cells of H3, a raster of hexagons over the earth whose cells have the same numbers everywhere: units for results that
 * are joined with data of others. Within a city their areas are equal to about 1 %; `regular-units.ts` has hexagons of
 * any size, and of exactly one.
 */
export type H3Units = {
  /** From 0 to 15; 8, 9, 10 and 11 have sides of about 530, 200, 76 and 29 m. */
  readonly resolution: number
  /** H3 indexes, ascending. */
  readonly cells: readonly string[]
}

/**
 * The cells that overlap a study area, and those that have a point, so that no point is without a unit. Cells without a
 * point belong to it as much as others.
 *
 * @param geometries WGS84, as all positions here
 * @throws RangeError for a resolution that does not exist
 */
export function coverWithH3(
  resolution: number,
  geometries: readonly (Polygon | MultiPolygon)[],
  points: Iterable<Position> = [],
): H3Units {
  if (!(Number.isInteger(resolution) && resolution >= 0 && resolution <= 15))
    throw new RangeError(`resolutions of H3 are 0 to 15, not ${resolution}`)
  const overlapping = POLYGON_TO_CELLS_FLAGS.containmentOverlapping
  const found = new Set<string>()
  for (const polygon of geometries.flatMap(polygonsOf))
    for (const cell of polygonToCellsExperimental(polygon, resolution, overlapping, true)) found.add(cell)
  for (const point of points) found.add(cellAt(point, resolution))
  return { resolution, cells: [...found].sort() }
}

/** The unit of each point; -1 where there is none. */
export function h3UnitsOfPoints({ resolution, cells }: H3Units, points: readonly Position[]): Int32Array {
  const numbers = new Map(cells.map((cell, unit) => [cell, unit]))
  return Int32Array.from(points, (point) => numbers.get(cellAt(point, resolution)) ?? -1)
}

/** Cells that share a side: six, and five at the twelve pentagons, which lie in oceans. */
export function h3Neighbours({ cells }: H3Units): Neighbours {
  const numbers = new Map(cells.map((cell, unit) => [cell, unit]))
  return neighboursFromLists(cells.map((cell) => gridDisk(cell, 1).flatMap((other) => numbers.get(other) ?? [])))
}

export function h3Center({ cells }: H3Units, unit: number): Position {
  const [lat, lon] = cellToLatLng(cells[unit] ?? '')
  return [lon, lat]
}

/** A closed ring, counter-clockwise. */
export function h3Outline({ cells }: H3Units, unit: number): Position[] {
  return cellToBoundary(cells[unit] ?? '', true)
}

/** Square metres of a cell. */
export function h3Area({ cells }: H3Units, unit: number): number {
  return cellArea(cells[unit] ?? '', UNITS.m2)
}

function cellAt([lon = 0, lat = 0]: Position, resolution: number): string {
  return latLngToCell(lat, lon, resolution)
}
