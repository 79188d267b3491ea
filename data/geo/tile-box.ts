import type { BoundingBox } from '../domain/position.ts'
import { latitudeOf, longitudeOf } from './mercator.ts'

/** A tile of the Web Mercator pyramid, y counted from the north. */
export type TileAddress = { z: number; x: number; y: number }

/**
 * [west, south, east, north] in degrees of a tile widened by `margin` (a share of its side) on every side, cut at the
 * date line: what must be looked at to draw it.
 */
export function tileBox({ z, x, y }: TileAddress, margin = 0): BoundingBox {
  const tiles = 2 ** z
  const lon = (column: number) => Math.max(-180, Math.min(180, longitudeOf(column / tiles)))
  const lat = (row: number) => latitudeOf(row / tiles)
  return [lon(x - margin), lat(y + 1 + margin), lon(x + 1 + margin), lat(y - margin)]
}

/** Degrees of longitude that one screen pixel covers when a tile is drawn 512 pixels wide. */
export function degreesPerPixel(z: number): number {
  return 360 / (512 * 2 ** z)
}
