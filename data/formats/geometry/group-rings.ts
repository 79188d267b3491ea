import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import { bboxOf, ringContains, signedArea } from '../../geo/plane.ts'

/**
 * Rings in any order to polygons, wound as RFC 7946 has them (outer rings counter-clockwise, holes clockwise): which one is a hole, and of which. A ring inside an even number of others is an outer
 * one, inside an odd number a hole of the smallest of them. Winding is not looked at, because half of the writers get
 * it wrong; nor is nesting, because an island in a lake is a polygon of its own.
 *
 * Rings that cross each other are left to the check of the boundary. Null when rings lie within rings so often that
 * sorting them out would take minutes, which no real boundary does.
 */
export function groupRings(rings: readonly Position[][]): Position[][][] | null {
  if (rings.length === 1) return rings.map((ring) => [wound(ring, true)])
  let work = 0
  const areas = rings.map((ring) => Math.abs(signedArea(ring)))
  const index = new Flatbush(rings.length)
  for (const ring of rings) {
    index.add(...bboxOf(ring))
  }
  index.finish()
  const parents = rings.map((ring, i) => {
    const around = index.search(...bboxOf(ring)).filter((j) => {
      const other = rings[j] ?? []
      if (j === i || !((areas[j] ?? 0) > (areas[i] ?? 0)) || work > mostWork) return false
      work += other.length
      return isWithin(other, ring)
    })
    around.sort((left, right) => (areas[left] ?? 0) - (areas[right] ?? 0))
    return around
  })
  if (work > mostWork) return null
  const polygons = new Map<number, Position[][]>()
  rings.forEach((ring, i) => {
    if ((parents[i]?.length ?? 0) % 2 === 0) polygons.set(i, [wound(ring, true)])
  })
  rings.forEach((ring, i) => {
    const [nearest] = parents[i] ?? []
    if (nearest === undefined || (parents[i]?.length ?? 0) % 2 === 0) return
    const around = polygons.get(nearest)
    if (around === undefined) polygons.set(i, [wound(ring, true)])
    else around.push(wound(ring, false))
  })
  return [...polygons.values()]
}

function wound(ring: readonly Position[], counterClockwise: boolean): Position[] {
  return signedArea(ring) > 0 === counterClockwise ? [...ring] : ring.toReversed()
}

/** Corners of outer rings looked at: a few seconds. */
const mostWork = 50_000_000

/** Whether most of a few points of one ring lie within the other: single points may lie on its line. */
function isWithin(outer: readonly Position[], inner: readonly Position[]): boolean {
  const step = Math.max(1, Math.floor(inner.length / 5))
  let inside = 0
  let tried = 0
  for (let i = 0; i + 1 < inner.length; i += step) {
    // Middles of edges rather than corners: neighbours share corners.
    const [x1 = 0, y1 = 0] = inner[i] ?? []
    const [x2 = 0, y2 = 0] = inner[i + 1] ?? []
    tried++
    if (ringContains(outer, [(x1 + x2) / 2, (y1 + y2) / 2])) inside++
  }
  return inside * 2 > tried
}
