import Flatbush from 'flatbush'
import type { Position } from 'geojson'

/**
 * Where two edges of a polygon's rings properly cross, or null. Touching at a vertex is allowed: rings of real
 * boundaries do, and no reading of them differs.
 *
 * Coordinates have seven decimals, so their differences are exact integers of 1e-7° and the signs below are exact for
 * polygons up to nine degrees across.
 */
export function firstCrossing(rings: readonly Position[][]): Position | null {
  const edges: number[] = []
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++)
      for (const value of [ring[i - 1]?.[0], ring[i - 1]?.[1], ring[i]?.[0], ring[i]?.[1]])
        edges.push(Math.round((value ?? 0) * 1e7))
  const count = edges.length / 4
  const index = count > 24 ? indexEdges(edges, count) : null
  for (let i = 0; i < count; i++) {
    const [x1, y1, x2, y2] = edges.slice(i * 4, i * 4 + 4) as [number, number, number, number]
    const near = index?.search(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2), (j) => j > i)
    for (let k = 0; k < (near?.length ?? count - i - 1); k++) {
      const j = (near?.[k] ?? i + 1 + k) * 4
      const [x3, y3, x4, y4] = edges.slice(j, j + 4) as [number, number, number, number]
      const c = side(x1, y1, x2, y2, x3, y3)
      const d = side(x1, y1, x2, y2, x4, y4)
      if (c * d >= 0) continue
      if (side(x3, y3, x4, y4, x1, y1) * side(x3, y3, x4, y4, x2, y2) >= 0) continue
      const along = Math.abs(c) / (Math.abs(c) + Math.abs(d))
      return [Math.round(x3 + along * (x4 - x3)) / 1e7, Math.round(y3 + along * (y4 - y3)) / 1e7]
    }
  }
  return null
}

function indexEdges(edges: readonly number[], count: number): Flatbush {
  const index = new Flatbush(count)
  for (let i = 0; i < count; i++) {
    const [x1, y1, x2, y2] = edges.slice(i * 4, i * 4 + 4) as [number, number, number, number]
    index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2))
  }
  index.finish()
  return index
}

/** Twice the area of a triangle: which side of the line the third point lies on. */
function side(x1: number, y1: number, x2: number, y2: number, x3: number, y3: number): number {
  return (x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)
}
