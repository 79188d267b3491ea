import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import { orientation, signedArea } from './plane.ts'

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
      const c = orientation(x1, y1, x2, y2, x3, y3)
      const d = orientation(x1, y1, x2, y2, x4, y4)
      if (c * d >= 0) continue
      if (orientation(x3, y3, x4, y4, x1, y1) * orientation(x3, y3, x4, y4, x2, y2) >= 0) continue
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

/**
 * A closed ring without the points at which its line turns straight back on itself: it encloses the same without them.
 * Exact, in whole units of the last decimal. The result may be too short to be a ring.
 */
export function withoutSpikes(ring: readonly Position[]): Position[] {
  const result: Position[] = []
  for (const point of ring.slice(0, -1)) {
    result.push(point)
    while (result.length >= 3 && turnsBack(result.at(-3), result.at(-2), result.at(-1))) {
      result.splice(-2, 1)
      if (same(result.at(-1), result.at(-2))) result.pop()
    }
  }
  // Where the ring is joined.
  while (result.length >= 3) {
    if (turnsBack(result.at(-2), result.at(-1), result[0])) result.pop()
    else if (turnsBack(result.at(-1), result[0], result[1])) result.shift()
    else if (same(result.at(-1), result[0])) result.pop()
    else break
  }
  return result[0] === undefined ? [] : [...result, [...result[0]]]
}

function turnsBack(before: Position | undefined, at: Position | undefined, after: Position | undefined): boolean {
  const [x1, y1] = units(before, at)
  const [x2, y2] = units(after, at)
  return x1 * y2 - x2 * y1 === 0 && x1 * x2 + y1 * y2 > 0
}

function units(to: Position | undefined, from: Position | undefined): [number, number] {
  return [Math.round(((to?.[0] ?? 0) - (from?.[0] ?? 0)) * 1e7), Math.round(((to?.[1] ?? 0) - (from?.[1] ?? 0)) * 1e7)]
}

function same(left: Position | undefined, right: Position | undefined): boolean {
  return left?.[0] === right?.[0] && left?.[1] === right?.[1]
}

/** Whether a ring encloses nothing: exact, in whole units of the last decimal. */
export function isFlat(ring: readonly Position[]): boolean {
  return signedArea(ring.map((position) => units(position, ring[0]))) === 0
}
