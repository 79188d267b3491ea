import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import { Edges, type Contacts } from './edges.ts'
import { bboxOf, ringContains, signedArea } from './plane.ts'

/** Polygons that are valid, whether they had to be taken apart for it; or why they are not, and where. */
export type Validity =
  | { polygons: Position[][][]; changed: boolean }
  | { fault: 'crossing' | 'overlap' | 'hole_outside' | 'too_intricate'; at: Position | undefined }

type Fault = Extract<Validity, { fault: string }>

/** Corners of rings around rings that are looked at: a second. */
const mostWork = 20_000_000

/**
 * Polygons as OGC 06-103r4 (§6.1.11.1, §6.1.15.1) wants them: rings that do not touch themselves, the interior of each
 * polygon connected, polygons that share nothing but points. What only touches is put right exactly, without a new
 * position: a ring through one point twice becomes two, borders that two rings share disappear. Crossings and overlaps
 * are for the caller to resolve.
 *
 * @param polygons outer rings counter-clockwise, holes clockwise, closed, in degrees with seven decimals
 */
export function validPolygons(polygons: readonly Position[][][]): Validity {
  const edges = new Edges(polygons.flat())
  const meeting = edges.meet()
  if (meeting === null) return { fault: 'too_intricate', at: undefined }
  if ('crossing' in meeting) return { fault: meeting.many ? 'too_intricate' : 'crossing', at: meeting.crossing }
  const outside = holeOutside(polygons)
  if (outside !== null) return outside
  const touches = meeting.shared || meeting.within.size > 0
  const rings = touches ? ringsOf(edges, meeting) : null
  if (rings !== null && 'fault' in rings) return rings
  const found = arrange(rings === null ? polygons.flat() : rings.loops)
  if ('fault' in found) return found
  const changed = rings !== null && (rings.dissolved || !alike(polygons, found.polygons))
  // Points where rings may touch have been made corners of both: only where that was needed.
  return changed ? { polygons: found.polygons, changed } : { polygons: [...polygons], changed }
}

function alike(before: readonly Position[][][], after: readonly Position[][][]): boolean {
  const sizes = (polygons: readonly Position[][][]) =>
    polygons
      .map((rings) => rings.length)
      .toSorted((a, b) => a - b)
      .join()
  return sizes(before) === sizes(after)
}

/** A hole of which no part lies in its own polygon. */
function holeOutside(polygons: readonly Position[][][]): Fault | null {
  let work = 0
  for (const [outer = [], ...holes] of polygons) {
    const corners = holes.length === 0 ? null : new Set(outer.map(String))
    for (const hole of holes) {
      const isInside = hole.some((point) => {
        work += outer.length
        return work <= mostWork && (corners?.has(String(point)) === true || ringContains(outer, point))
      })
      if (work > mostWork) return { fault: 'too_intricate', at: hole[0] }
      if (!isInside) return { fault: 'hole_outside', at: hole[0] }
    }
  }
  return null
}

/** The simple rings that bound the same area, each with the area on its left. */
function ringsOf(edges: Edges, contacts: Contacts): { loops: Position[][]; dissolved: boolean } | Fault {
  const pieces = piecesOf(edges, contacts)
  if ('fault' in pieces) return pieces
  const { next, dissolved } = pieces
  const overlapping = overlapAt(edges, next)
  if (overlapping !== null) return { fault: 'overlap', at: overlapping }
  const loops: Position[][] = []
  for (const [start, ends] of next) {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      const path = walk(edges, next, start, end)
      if (path === null) return { fault: 'overlap', at: edges.positions[start] }
      for (const loop of simpleLoops(path)) loops.push(loop.map((vertex) => [...(edges.positions[vertex] ?? [])]))
    }
  }
  return { loops, dissolved }
}

/**
 * The edges cut at every vertex on them, as the vertices that follow each vertex. Pieces that lead there and back bound
 * nothing and are left out; one that leads the same way twice bounds two areas that overlap.
 */
function piecesOf(edges: Edges, { within }: Contacts): { next: Map<number, number[]>; dissolved: boolean } | Fault {
  const pieces = new Set<number>()
  const { count, from, to, positions } = edges
  const total = positions.length
  let dissolved = false
  for (let edge = 0; edge < count; edge++) {
    const vertices = [from[edge] ?? 0, ...alongEdge(edges, edge, within.get(edge) ?? []), to[edge] ?? 0]
    for (let at = 1; at < vertices.length; at++) {
      const [start = 0, end = 0] = [vertices[at - 1], vertices[at]]
      if (pieces.delete(end * total + start)) dissolved = true
      else if (pieces.has(start * total + end)) return { fault: 'overlap', at: positions[start] }
      else pieces.add(start * total + end)
    }
  }
  const next = new Map<number, number[]>()
  for (const piece of pieces) {
    const start = Math.floor(piece / total)
    const ends = next.get(start)
    if (ends === undefined) next.set(start, [piece % total])
    else ends.push(piece % total)
  }
  return { next, dissolved }
}

/**
 * A vertex around which areas overlap: going around it, pieces that leave and pieces that arrive take turns where they
 * do not. Null where there is none.
 */
function overlapAt({ x, y, positions }: Edges, next: ReadonlyMap<number, number[]>): Position | null {
  const arriving = new Map<number, number[]>()
  for (const [vertex, ends] of next) if (ends.length > 1) arriving.set(vertex, [])
  for (const [start, ends] of next) for (const end of ends) arriving.get(end)?.push(start)
  for (const [vertex, starts] of arriving) {
    const direction = (leaves: boolean) => (other: number) => ({
      leaves,
      x: (x[other] ?? 0) - (x[vertex] ?? 0),
      y: (y[other] ?? 0) - (y[vertex] ?? 0),
    })
    const around = [...starts.map(direction(false)), ...(next.get(vertex) ?? []).map(direction(true))]
    const isLower = (one: { x: number; y: number }) => one.y < 0 || (one.y === 0 && one.x < 0)
    around.sort((a, b) => Number(isLower(a)) - Number(isLower(b)) || b.x * a.y - a.x * b.y)
    if (around.some(({ leaves }, index) => leaves === around[(index + 1) % around.length]?.leaves))
      return positions[vertex] ?? null
  }
  return null
}

/** The vertices on an edge in their order, each once. */
function alongEdge({ x, y, from }: Edges, edge: number, vertices: readonly number[]): number[] {
  const start = from[edge] ?? 0
  const far = (vertex: number) =>
    Math.abs((x[vertex] ?? 0) - (x[start] ?? 0)) + Math.abs((y[vertex] ?? 0) - (y[start] ?? 0))
  return [...new Set(vertices)].toSorted((a, b) => far(a) - far(b))
}

/** The way around one part of the area from a piece back to its start; null where it does not come back. */
function walk(edges: Edges, next: Map<number, number[]>, start: number, second: number): number[] | null {
  const path = [start]
  let [before, at] = [start, second]
  while (at !== start || path.length < 2) {
    path.push(at)
    const ends = next.get(at)
    const end = ends === undefined ? undefined : takeNext(edges, before, at, ends)
    if (end === undefined) return null
    ;[before, at] = [at, end]
  }
  return path
}

/** The piece that goes on along the same area: the first clockwise from where we came, the area lying on the left. */
function takeNext({ x, y }: Edges, before: number, at: number, ends: number[]): number | undefined {
  if (ends.length < 2) return ends.pop()
  const away = (vertex: number) => [(x[vertex] ?? 0) - (x[at] ?? 0), (y[vertex] ?? 0) - (y[at] ?? 0)] as const
  const back = away(before)
  const cross = (a: readonly [number, number], b: readonly [number, number]) => a[0] * b[1] - a[1] * b[0]
  /** In which part of the turn a direction comes: less than half, half, more. */
  const part = (direction: readonly [number, number]) => Math.sign(cross(back, direction))
  let best = 0
  for (let index = 1; index < ends.length; index++) {
    const [one, other] = [away(ends[best] ?? 0), away(ends[index] ?? 0)]
    const order = part(one) - part(other)
    if (order > 0 || (order === 0 && cross(one, other) > 0)) best = index
  }
  const [taken] = ends.splice(best, 1)
  return taken
}

/** A way that passes through vertices more than once, as loops that do not. */
function simpleLoops(path: readonly number[]): number[][] {
  const loops: number[][] = []
  const open: number[] = []
  const places = new Map<number, number>()
  for (const vertex of [...path, path[0] ?? 0]) {
    const place = places.get(vertex)
    if (place !== undefined) {
      const loop = open.splice(place)
      for (const passed of loop) places.delete(passed)
      if (loop.length >= 3) loops.push([...loop, vertex])
    }
    places.set(vertex, open.push(vertex) - 1)
  }
  return loops
}

/** Outer rings with their holes; a fault where a ring lies within another that leaves no room for it. */
function arrange(rings: readonly Position[][]): { polygons: Position[][][] } | Fault {
  const areas = rings.map(signedArea)
  const index = new Flatbush(Math.max(1, rings.length))
  for (const ring of rings) index.add(...bboxOf(ring))
  if (rings.length === 0) index.add(0, 0, 0, 0)
  index.finish()
  let work = 0
  const polygons = new Map<number, Position[][]>()
  const order = [...rings.keys()].toSorted((a, b) => Math.abs(areas[b] ?? 0) - Math.abs(areas[a] ?? 0))
  for (const number of order) {
    const ring = rings[number] ?? []
    const inside = middleOf(ring)
    const box = bboxOf(ring)
    let nearest: number | null = null
    for (const other of index.search(...box)) {
      if (other === number || !(Math.abs(areas[other] ?? 0) > Math.abs(areas[number] ?? 0))) continue
      work += rings[other]?.length ?? 0
      if (work > mostWork) return { fault: 'too_intricate', at: ring[0] }
      const isSmaller = nearest === null || Math.abs(areas[other] ?? 0) < Math.abs(areas[nearest] ?? 0)
      if (isSmaller && ringContains(rings[other] ?? [], inside)) nearest = other
    }
    const isOuter = (areas[number] ?? 0) > 0
    // An outer ring lies in none or in a hole, a hole in an outer ring.
    if (isOuter && (nearest === null || (areas[nearest] ?? 0) < 0)) polygons.set(number, [ring])
    else if (!isOuter && nearest !== null && (areas[nearest] ?? 0) > 0) polygons.get(nearest)?.push(ring)
    else return { fault: nearest === null ? 'hole_outside' : 'overlap', at: ring[0] }
  }
  // In the order in which they were given.
  return { polygons: rings.flatMap((_, number) => arranged(polygons.get(number))) }
}

function arranged(polygon: Position[][] | undefined): Position[][][] {
  return polygon === undefined ? [] : [polygon]
}

/** A point of a ring that is no corner of another: the middle of its first edge. */
function middleOf(ring: readonly Position[]): Position {
  const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = ring
  return [(x1 + x2) / 2, (y1 + y2) / 2]
}
