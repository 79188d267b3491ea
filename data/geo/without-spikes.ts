import type { Position } from 'geojson'

/**
 * A closed ring without the points at which its line turns straight back on itself: it encloses the same without them.
 * Exact, in whole units of the last decimal kept. The result may be too short to be a ring.
 */
export function withoutSpikes(ring: readonly Position[]): Position[] {
  const kept: Position[] = []
  for (const point of ring.slice(0, -1)) {
    kept.push(point)
    while (kept.length >= 3 && turnsBack(kept.at(-3), kept.at(-2), kept.at(-1))) {
      kept.splice(-2, 1)
      if (same(kept.at(-1), kept.at(-2))) kept.pop()
    }
  }
  // Where the ring is joined.
  while (kept.length >= 3) {
    if (turnsBack(kept.at(-2), kept.at(-1), kept[0])) kept.pop()
    else if (turnsBack(kept.at(-1), kept[0], kept[1])) kept.shift()
    else if (same(kept.at(-1), kept[0])) kept.pop()
    else break
  }
  return kept[0] === undefined ? [] : [...kept, [...kept[0]]]
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
