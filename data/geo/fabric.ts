import Flatbush from 'flatbush'
import type { Geometry, Position } from 'geojson'
import { isInside } from './inner-point.ts'

/** Ground metres of a degree of latitude: good to half a percent, which is plenty for “within twelve metres”. */
const metresPerDegree = 111_320

/** Streets and buildings of a place, for asking whether a position lies on or beside one of them. */
export class Fabric {
  readonly #edges: Float64Array
  readonly #rings: Position[][]
  readonly #edgeIndex: Flatbush | null
  readonly #ringIndex: Flatbush | null

  constructor(geometries: Iterable<Geometry>) {
    const lines: Position[][] = []
    this.#rings = []
    for (const geometry of geometries) {
      if (geometry.type === 'LineString') lines.push(geometry.coordinates)
      else if (geometry.type === 'MultiLineString') lines.push(...geometry.coordinates)
      // Courtyards count as inside: where a case happened is not known to the metre.
      else if (geometry.type === 'Polygon') this.#rings.push(...geometry.coordinates.slice(0, 1))
      else if (geometry.type === 'MultiPolygon')
        this.#rings.push(...geometry.coordinates.flatMap((rings) => rings.slice(0, 1)))
    }
    const edges: number[] = []
    for (const line of [...lines, ...this.#rings])
      for (let i = 1; i < line.length; i++)
        edges.push(line[i - 1]?.[0] ?? 0, line[i - 1]?.[1] ?? 0, line[i]?.[0] ?? 0, line[i]?.[1] ?? 0)
    this.#edges = Float64Array.from(edges)
    this.#edgeIndex = indexOf(edges.length / 4, (i) => [
      edges[i * 4] ?? 0,
      edges[i * 4 + 1] ?? 0,
      edges[i * 4 + 2] ?? 0,
      edges[i * 4 + 3] ?? 0,
    ])
    this.#ringIndex = indexOf(this.#rings.length, (i) => {
      const ring = this.#rings[i] ?? []
      const lons = ring.map(([lon = 0]) => lon)
      const lats = ring.map(([, lat = 0]) => lat)
      return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
    })
  }

  get isEmpty(): boolean {
    return this.#edgeIndex === null
  }

  /** Whether a position lies in a building, or no farther than so many metres from one or from a street. */
  touches(lon: number, lat: number, metres: number): boolean {
    const north = metres / metresPerDegree
    const east = north / Math.cos(lat * (Math.PI / 180))
    for (const ring of this.#ringIndex?.search(lon, lat, lon, lat) ?? [])
      if (isInside([lon, lat], this.#rings[ring] ?? [])) return true
    for (const edge of this.#edgeIndex?.search(lon - east, lat - north, lon + east, lat + north) ?? [])
      if (this.#distance(edge, lon, lat) <= metres) return true
    return false
  }

  #distance(edge: number, lon: number, lat: number): number {
    const x = metresPerDegree * Math.cos(lat * (Math.PI / 180))
    const at = (i: number) => this.#edges[edge * 4 + i] ?? 0
    const [x1, y1] = [(at(0) - lon) * x, (at(1) - lat) * metresPerDegree]
    const [dx, dy] = [(at(2) - at(0)) * x, (at(3) - at(1)) * metresPerDegree]
    const length = dx * dx + dy * dy
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(x1 * dx + y1 * dy) / length))
    return Math.hypot(x1 + along * dx, y1 + along * dy)
  }
}

function indexOf(count: number, boxOf: (i: number) => [number, number, number, number]): Flatbush | null {
  if (count === 0) return null
  const index = new Flatbush(count)
  for (let i = 0; i < count; i++) {
    const [x1, y1, x2, y2] = boxOf(i)
    index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2))
  }
  index.finish()
  return index
}
