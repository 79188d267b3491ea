import Flatbush from 'flatbush'
import type { MultiPolygon, Polygon } from 'geojson'
import { polygonsOf } from './plane.ts'

export type LocatedArea = { code: string; geometry: Polygon | MultiPolygon }

/**
 * Which area a point lies in: a box index over the areas, then ray casting over the edges of the point's latitude.
 *
 * A point inside several areas belongs to the first one given; a point on the border of two belongs to exactly one of
 * them (half-open rule), and one on an outer border to the area it touches.
 */
export class AreaLocator {
  readonly #areas: { code: string; edges: EdgeBands }[] = []
  readonly #boxes: Flatbush | null

  constructor(areas: Iterable<LocatedArea>) {
    for (const { code, geometry } of areas) this.#areas.push({ code, edges: new EdgeBands(geometry) })
    this.#boxes = this.#areas.length === 0 ? null : new Flatbush(this.#areas.length)
    for (const { edges } of this.#areas) this.#boxes?.add(edges.west, edges.south, edges.east, edges.north)
    this.#boxes?.finish()
  }

  /** Code of the area at a position in degrees, or null outside all of them. */
  locate(lon: number, lat: number): string | null {
    const hits = this.#boxes?.search(lon, lat, lon, lat) ?? []
    if (hits.length > 1) hits.sort((left, right) => left - right)
    for (const hit of hits) if (this.#areas[hit]?.edges.contains(lon, lat)) return this.#areas[hit].code
    for (const hit of hits) if (this.#areas[hit]?.edges.touches(lon, lat)) return this.#areas[hit].code
    return null
  }
}

/** A polygon's edges sorted into bands of latitude, so that a query looks at a few of thousands. */
class EdgeBands {
  west = Infinity
  south = Infinity
  east = -Infinity
  north = -Infinity
  readonly #bands: Float64Array[]

  constructor(geometry: Polygon | MultiPolygon) {
    const rings = polygonsOf(geometry).flat()
    const edges: number[] = []
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) {
        const [x1 = 0, y1 = 0] = ring[i - 1] ?? []
        const [x2 = 0, y2 = 0] = ring[i] ?? []
        edges.push(x1, y1, x2, y2)
        this.west = Math.min(this.west, x1)
        this.east = Math.max(this.east, x1)
        this.south = Math.min(this.south, y1)
        this.north = Math.max(this.north, y1)
      }
    const bands: number[][] = Array.from({ length: Math.max(1, Math.ceil(edges.length / 32)) }, () => [])
    for (let i = 0; i < edges.length; i += 4) {
      const edge = edges.slice(i, i + 4)
      const [, y1 = 0, , y2 = 0] = edge
      const last = this.#band(Math.max(y1, y2), bands.length)
      for (let band = this.#band(Math.min(y1, y2), bands.length); band <= last; band++) bands[band]?.push(...edge)
    }
    this.#bands = bands.map((band) => Float64Array.from(band))
  }

  #band(lat: number, count: number): number {
    const height = this.north - this.south
    if (height === 0) return 0
    return Math.min(count - 1, Math.max(0, Math.floor(((lat - this.south) / height) * count)))
  }

  contains(x: number, y: number): boolean {
    const edges = this.#bands[this.#band(y, this.#bands.length)] ?? new Float64Array()
    let inside = false
    for (let i = 0; i < edges.length; i += 4) {
      const x1 = edges[i] as number
      const y1 = edges[i + 1] as number
      const x2 = edges[i + 2] as number
      const y2 = edges[i + 3] as number
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
    return inside
  }

  touches(x: number, y: number): boolean {
    const edges = this.#bands[this.#band(y, this.#bands.length)] ?? new Float64Array()
    for (let i = 0; i < edges.length; i += 4) {
      const dx = (edges[i + 2] as number) - (edges[i] as number)
      const dy = (edges[i + 3] as number) - (edges[i + 1] as number)
      const px = x - (edges[i] as number)
      const py = y - (edges[i + 1] as number)
      const along = px * dx + py * dy
      const length = dx * dx + dy * dy
      // Within a millimetre of the line, between its ends.
      if (along >= 0 && along <= length && (px * dy - py * dx) ** 2 <= 1e-16 * length) return true
    }
    return false
  }
}
