import type Flatbush from 'flatbush'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { polygonsArea, ringArea } from './ellipsoid-area.ts'
import { EdgeIndex, type PackedAreas } from './packed-areas.ts'
import { orientation, ringContains, signedArea, unitsPerDegree } from './plane.ts'
import { EdgeList, traceRings, type TracedRing } from './trace-rings.ts'

export type TilingFault = { kind: 'overlap' | 'gap'; names: string[]; areaM2: number; geometry: Polygon | MultiPolygon }
/** How areas that should tile the ground do not: shares of their area together, and each place, largest first. */
export type Tiling = {
  overlapShare: number
  gapShare: number
  faults: TilingFault[]
  /** False where so much lies on each other that not all of it is listed, and gaps may not have been looked for. */
  isComplete: boolean
}

/** Square metres below which an overlap or a gap is the rounding of two drawings of one line. */
const smallest = 5
/** Units within which a corner of one area lies on the edge of another: rounding alone moves it by 0.7. */
const onEdge = 1.5
/** Units beside the middle of a piece at which is asked what lies there: beyond what rounding moves it by. */
const beside = 1

/**
 * What is compared at most: so much in any case, and so much for each corner. Areas that fit have some tens to compare at
 * each of their edges; thousands over each other would be compared with each other all, and something else is wrong with
 * the file then.
 */
const mostCompared = { always: 20_000_000, eachCorner: 200 }
/** What a piece of an overlap counts as, among what is compared: it is stored until the end. */
const storedPiece = 20
/** Pairs of areas whose overlaps are listed. */
const mostPairs = 5_000

/**
 * Where areas lie on each other, and what ground they enclose together without covering it. Areas that lie apart are no
 * gap: the file may be of two communities.
 *
 * Nothing is united: every edge is cut where others meet it, and each piece is asked what lies to its right and left
 * (by an R-tree over all edges). Pieces with nothing on their right are the border of all areas together, whose rings
 * around nothing are the gaps; pieces with another area on their left are borders of an overlap. Time and memory grow
 * with the corners, and with what lies on each other.
 *
 * @param onProgress called at regular intervals, for whoever waits to know that there is work
 */
export function checkTiling(areas: PackedAreas, onProgress: () => void = () => {}): Tiling {
  const pieces = new Pieces(areas)
  const isGathered = pieces.gather(onProgress)
  const isComplete = isGathered && pieces.pairsLeftOut === 0
  const faults = [...pieces.overlaps(), ...(isGathered ? pieces.gaps() : [])].toSorted(
    (left, right) => right.areaM2 - left.areaM2,
  )
  const total = areas.areasM2.reduce((sum, area) => sum + area, 0)
  const share = (kind: TilingFault['kind']) =>
    total === 0 ? 0 : faults.reduce((sum, fault) => sum + (fault.kind === kind ? fault.areaM2 : 0), 0) / total
  return { overlapShare: share('overlap'), gapShare: share('gap'), faults, isComplete }
}

/** A corner at which an edge is cut, by how far along it lies. */
type Cut = { along: number; x: number; y: number }

class Pieces {
  readonly #areas: PackedAreas
  readonly #edges: EdgeIndex
  readonly #boxes: Flatbush
  /** Of all areas together; tagged with their area. */
  readonly #border = new EdgeList()
  readonly #overlaps = new Map<number, EdgeList>()
  /** Of the areas around a point, whether it is inside: parities by area, valid where stamped. */
  readonly #parity: Uint8Array
  readonly #stamp: Uint32Array
  readonly #most: number
  #asked = 0
  #compared = 0
  /** Pieces of overlaps beyond the pairs that are listed. */
  pairsLeftOut = 0

  constructor(areas: PackedAreas) {
    this.#areas = areas
    this.#most = mostCompared.always + mostCompared.eachCorner * areas.length
    this.#edges = new EdgeIndex(areas)
    this.#boxes = areas.boxIndex()
    this.#parity = new Uint8Array(areas.areas)
    this.#stamp = new Uint32Array(areas.areas)
  }

  /** Cuts every edge and sorts its pieces. False where there was too much to compare. */
  gather(onProgress: () => void): boolean {
    for (let area = 0; area < this.#areas.areas; area++) {
      if (area % 100 === 0) onProgress()
      const corners = this.#areas.corners[area]!
      let first = 0
      for (const end of this.#areas.ends[area]!) {
        for (let corner = first; corner < end; corner++) {
          const next = corner === end - 1 ? first : corner + 1
          this.#sortEdge(
            area,
            corners[2 * corner]!,
            corners[2 * corner + 1]!,
            corners[2 * next]!,
            corners[2 * next + 1]!,
          )
          if (this.#compared > this.#most) return false
        }
        first = end
      }
    }
    return true
  }

  overlaps(): TilingFault[] {
    const { names, areas: count } = this.#areas
    return [...this.#overlaps].flatMap(([pair, edges]) => {
      const [first, second] = [Math.floor(pair / count), pair % count]
      const shape = shapeOf(traceRings(edges).map(toDegrees))
      if (shape === null || shape.areaM2 < smallest) return []
      return [{ kind: 'overlap' as const, names: [names[first] ?? '', names[second] ?? ''], ...shape }]
    })
  }

  /** Rings around nothing that are no hole of one area alone. */
  gaps(): TilingFault[] {
    return traceRings(this.#border).flatMap((traced): TilingFault[] => {
      if (traced.tags.size === 1 || signedArea(traced.corners) >= 0) return []
      const ring = toDegrees(traced).toReversed()
      const areaM2 = ringArea(ring)
      return areaM2 < smallest
        ? []
        : [{ kind: 'gap', names: [], areaM2, geometry: { type: 'Polygon', coordinates: [ring] } }]
    })
  }

  #sortEdge(own: number, x1: number, y1: number, x2: number, y2: number): void {
    let [fromX, fromY] = [x1, y1]
    for (const { x, y } of this.#cutsOf(own, x1, y1, x2, y2)) {
      if (this.#compared > this.#most) return
      if (x === fromX && y === fromY) continue
      this.#sortPiece(own, fromX, fromY, x, y)
      ;[fromX, fromY] = [x, y]
    }
    if (fromX !== x2 || fromY !== y2) this.#sortPiece(own, fromX, fromY, x2, y2)
  }

  /** Where edges of other areas meet an edge: their corners on it, and crossings of both. */
  #cutsOf(own: number, x1: number, y1: number, x2: number, y2: number): Cut[] {
    const length = Math.hypot(x2 - x1, y2 - y1)
    const cuts: Cut[] = []
    const add = (x: number, y: number) => {
      const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
      if (along <= 0 || along >= length || (x === x1 && y === y1) || (x === x2 && y === y2)) return
      cuts.push({ along, x, y })
    }
    const [west, east] = [Math.min(x1, x2) - 2, Math.max(x1, x2) + 2]
    const [south, north] = [Math.min(y1, y2) - 2, Math.max(y1, y2) + 2]
    this.#edges.search(west, south, east, north, (other, x3, y3, x4, y4) => {
      this.#compared++
      if (other === own || this.#compared > this.#most) return
      const start = offset(x1, y1, x2, y2, x3, y3)
      const end = offset(x1, y1, x2, y2, x4, y4)
      if (Math.abs(start) <= onEdge) add(x3, y3)
      if (Math.abs(start) <= onEdge || Math.abs(end) <= onEdge || start > 0 === end > 0) return
      const [ours, theirs] = [offset(x3, y3, x4, y4, x1, y1), offset(x3, y3, x4, y4, x2, y2)]
      if (Math.abs(ours) <= onEdge || Math.abs(theirs) <= onEdge || ours > 0 === theirs > 0) return
      // The same corner from either edge.
      const [x, y] = own < other ? crossing(x1, y1, x2, y2, x3, y3, x4, y4) : crossing(x3, y3, x4, y4, x1, y1, x2, y2)
      add(x, y)
    })
    return cuts.length < 2 ? cuts : cuts.sort((left, right) => left.along - right.along)
  }

  #sortPiece(own: number, x1: number, y1: number, x2: number, y2: number): void {
    const length = Math.hypot(x2 - x1, y2 - y1)
    const [middleX, middleY] = [(x1 + x2) / 2, (y1 + y2) / 2]
    const [leftX, leftY] = [(beside * (y1 - y2)) / length, (beside * (x2 - x1)) / length]
    for (const other of this.#around(middleX + leftX, middleY + leftY)) {
      if (other === own) continue
      const pair = Math.min(own, other) * this.#areas.areas + Math.max(own, other)
      let edges = this.#overlaps.get(pair)
      if (edges === undefined && this.#overlaps.size < mostPairs) this.#overlaps.set(pair, (edges = new EdgeList()))
      if (edges === undefined) this.pairsLeftOut++
      else {
        edges.add(x1, y1, x2, y2, own)
        this.#compared += storedPiece
      }
    }
    if (this.#around(middleX - leftX, middleY - leftY).length === 0) this.#border.add(x1, y1, x2, y2, own)
  }

  /** The areas around a point: a ray to the east crosses the edges of each an odd number of times. */
  #around(px: number, py: number): number[] {
    const candidates = this.#boxes.search(px, py, px, py)
    if (candidates.length === 0) return candidates
    this.#compared += candidates.length
    let reach = px
    const asked = ++this.#asked
    for (const area of candidates) {
      reach = Math.max(reach, this.#areas.boxes[4 * area + 2] ?? px)
      this.#parity[area] = 0
      this.#stamp[area] = asked
    }
    this.#edges.search(px, py, reach, py, (area, x1, y1, x2, y2) => {
      this.#compared++
      if (this.#stamp[area] !== asked) return
      if (y1 > py !== y2 > py && px < ((x2 - x1) * (py - y1)) / (y2 - y1) + x1) this.#parity[area]! ^= 1
    })
    return candidates.filter((area) => this.#parity[area] === 1)
  }
}

/** How far a point lies from the line of an edge, in units, to its left positive; beyond its ends, from the end. */
function offset(x1: number, y1: number, x2: number, y2: number, px: number, py: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length2 = dx * dx + dy * dy
  const along = ((px - x1) * dx + (py - y1) * dy) / length2
  const side = orientation(x1, y1, x2, y2, px, py)
  if (along >= 0 && along <= 1) return side / Math.sqrt(length2)
  const far = along < 0 ? Math.hypot(px - x1, py - y1) : Math.hypot(px - x2, py - y2)
  return side < 0 ? -far : far
}

/** The corner nearest to where two edges cross. */
function crossing(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  x3: number,
  y3: number,
  x4: number,
  y4: number,
): [number, number] {
  const start = orientation(x3, y3, x4, y4, x1, y1)
  const along = start / (start - orientation(x3, y3, x4, y4, x2, y2))
  return [Math.round(x1 + along * (x2 - x1)), Math.round(y1 + along * (y2 - y1))]
}

/** A closed ring in degrees. */
function toDegrees({ corners }: TracedRing): Position[] {
  const ring = corners.map(([x, y]) => [x / unitsPerDegree, y / unitsPerDegree])
  return [...ring, ring[0] ?? []]
}

/** Polygons of rings: counter-clockwise ones outside, each clockwise one a hole of the one around it. */
function shapeOf(rings: readonly Position[][]): { geometry: Polygon | MultiPolygon; areaM2: number } | null {
  const polygons = rings.filter((ring) => signedArea(ring) > 0).map((ring) => [ring])
  for (const hole of rings.filter((ring) => signedArea(ring) < 0)) {
    const around = polygons.find(([outer = []]) => hole.every((corner) => ringContains(outer, corner)))
    around?.push(hole)
  }
  const [only] = polygons
  if (only === undefined) return null
  const geometry: Polygon | MultiPolygon =
    polygons.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons }
  return { geometry, areaM2: polygonsArea(polygons) }
}
