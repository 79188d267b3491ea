import type { Position } from 'geojson'
import { signedArea } from './plane.ts'

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
