import type { BoundingBox } from '../domain/position.ts'

/**
 * Web Mercator on the unit square: x grows eastwards from 180° W, y southwards from 85.05° N (EPSG:3857 scaled).
 * Maps draw in it, so a raster whose cells are aligned with it needs no resampling on the screen.
 */
export function mercatorX(longitude: number): number {
  return (longitude + 180) / 360
}

export function mercatorY(latitude: number): number {
  return 0.5 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / (2 * Math.PI)
}

export function longitudeOf(x: number): number {
  return x * 360 - 180
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI
}

/** Semi-major axis in metres and squared eccentricity of WGS 84; CGCS2000 differs by 0.1 mm at the pole. */
const semiMajor = 6378137
const eccentricity2 = 0.00669437999014

/** Ground metres in one unit of Mercator at a latitude. On the ellipsoid the two axes differ by up to 0.7 %. */
type MercatorScale = { east: number; north: number }

/** Radii of curvature N and M (Snyder 1987, Map Projections, eq. 4-20 and 4-18) times Mercator's derivative. */
export function mercatorScale(latitude: number): MercatorScale {
  const phi = (latitude * Math.PI) / 180
  const w2 = 1 - eccentricity2 * Math.sin(phi) ** 2
  const turn = 2 * Math.PI * Math.cos(phi)
  return {
    east: (turn * semiMajor) / Math.sqrt(w2),
    north: (turn * semiMajor * (1 - eccentricity2)) / w2 ** 1.5,
  }
}

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
