import { centroid, distance, signedArea } from '../../geo/plane.ts'
import { Axes, type Point } from '../plane.ts'

export type EdgeKind = 'bank' | 'arterial' | 'secondary' | 'street' | 'lane' | 'rail' | 'canal'
export type Edge = { kind: EdgeKind; name: string }
export type Face = { id: number; loop: number[] }
type CutOptions = { kind: EdgeKind; name: string; snap: number; bow: number }

/**
 * A plane cut into faces that share their corners: a corner put on an edge is a corner of both sides. Grids,
 * communities and the street are unions of faces, so that they tile without gap or overlap by construction.
 */
export class Subdivision {
  readonly points: Point[] = []
  readonly faces = new Map<number, Face>()
  readonly #edges = new Map<number, Edge>()
  readonly #faceLeftOf = new Map<number, number>()
  readonly #neighbours: Set<number>[] = []
  #nextFace = 0

  addPoint(point: Point): number {
    this.points.push(point)
    this.#neighbours.push(new Set())
    return this.points.length - 1
  }

  addFace(loop: number[]): Face {
    const face = { id: this.#nextFace++, loop }
    this.faces.set(face.id, face)
    for (let i = 0; i < loop.length; i++) this.#faceLeftOf.set(key(at(loop, i), at(loop, i + 1)), face.id)
    return face
  }

  setEdge(a: number, b: number, edge: Edge): void {
    this.#edges.set(undirected(a, b), edge)
    this.#neighbours[a]?.add(b)
    this.#neighbours[b]?.add(a)
  }

  edge(a: number, b: number): Edge {
    const edge = this.#edges.get(undirected(a, b))
    if (edge === undefined) throw new RangeError(`no edge between corners ${a} and ${b}`)
    return edge
  }

  /** Every edge once, as its two corners. */
  *edges(): Generator<[number, number, Edge]> {
    for (const [code, edge] of this.#edges) yield [Math.floor(code / span), code % span, edge]
  }

  faceLeftOf(a: number, b: number): number | undefined {
    return this.#faceLeftOf.get(key(a, b))
  }

  neighbours(corner: number): ReadonlySet<number> {
    return this.#neighbours[corner] as Set<number>
  }

  ring(face: Face): Point[] {
    return face.loop.map((corner) => this.points[corner] as Point)
  }

  /**
   * Cuts a face by a road along `angle` that leaves `fraction` of the area to its right.
   * Returns the right part and the left part, or null where no sensible cut exists.
   */
  cut(face: Face, angle: number, fraction: number, options: CutOptions): [Face, Face] | null {
    const axes = new Axes(angle)
    const ring = this.ring(face)
    const level = levelOf(ring, axes, fraction)
    const crossings = crossingsOf(ring, axes, level)
    if (crossings === null) return null
    // Corners by name before the first insertion moves the positions.
    const [first, second] = crossings.map(({ point, edge }) => ({
      point,
      ends: [at(face.loop, edge), at(face.loop, edge + 1)] as const,
    })) as [Meeting, Meeting]
    const a = this.#cornerAt(face, first, options.snap)
    const b = this.#cornerAt(face, second, options.snap)
    const from = face.loop.indexOf(a)
    const to = face.loop.indexOf(b)
    if (from < 0 || to < 0 || from === to || this.#edges.has(undirected(a, b))) return null
    const path = this.#path(a, b, options.bow)
    const inner = path.slice(1, -1)
    const right = [...walk(face.loop, to, from), ...inner]
    const left = [...walk(face.loop, from, to), ...inner.toReversed()]
    for (let i = 0; i + 1 < path.length; i++)
      this.setEdge(at(path, i), at(path, i + 1), { kind: options.kind, name: options.name })
    this.faces.delete(face.id)
    const parts: [Face, Face] = [this.addFace(right), this.addFace(left)]
    return axes.in(centroid(this.ring(parts[0])))[1] < axes.in(centroid(this.ring(parts[1])))[1]
      ? parts
      : [parts[1], parts[0]]
  }

  /** The corner for a road that meets the face's outline there: one that exists near by, or a new one. */
  #cornerAt(face: Face, crossing: Meeting, snap: number): number {
    let best = -1
    let least = Infinity
    for (const [i, corner] of face.loop.entries()) {
      const apart = distance(this.points[corner] as Point, crossing.point)
      const junction = this.neighbours(corner).size > 2
      if (apart < (junction ? snap : 6) && apart < least && this.#isStraight(face, i)) {
        least = apart
        best = corner
      }
    }
    if (best >= 0) return best
    return this.#insert(crossing.ends[0], crossing.ends[1], crossing.point)
  }

  /** Whether the outline runs on without a turn: a road may end there without making an acute corner. */
  #isStraight(face: Face, i: number): boolean {
    const [ax, ay] = this.points[at(face.loop, i - 1)] as Point
    const [bx, by] = this.points[at(face.loop, i)] as Point
    const [cx, cy] = this.points[at(face.loop, i + 1)] as Point
    const turn = Math.atan2(
      (bx - ax) * (cy - by) - (by - ay) * (cx - bx),
      (bx - ax) * (cx - bx) + (by - ay) * (cy - by),
    )
    return Math.abs(turn) < 0.45
  }

  #insert(a: number, b: number, point: Point): number {
    const corner = this.addPoint(point)
    const edge = this.edge(a, b)
    this.#edges.delete(undirected(a, b))
    this.#neighbours[a]?.delete(b)
    this.#neighbours[b]?.delete(a)
    this.setEdge(a, corner, edge)
    this.setEdge(corner, b, edge)
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const id = this.#faceLeftOf.get(key(from, to))
      if (id === undefined) continue
      this.#faceLeftOf.delete(key(from, to))
      this.#faceLeftOf.set(key(from, corner), id)
      this.#faceLeftOf.set(key(corner, to), id)
      const loop = (this.faces.get(id) as Face).loop
      loop.splice(loop.indexOf(from) + 1, 0, corner)
    }
    return corner
  }

  /** Corners of a slightly bowed line from a to b. */
  #path(a: number, b: number, bow: number): number[] {
    const [ax, ay] = this.points[a] as Point
    const [bx, by] = this.points[b] as Point
    const length = Math.hypot(bx - ax, by - ay)
    const pieces = Math.max(1, Math.round(length / 55))
    const path = [a]
    for (let i = 1; i < pieces; i++) {
      const along = i / pieces
      const aside = bow * Math.sin(Math.PI * along)
      path.push(this.addPoint([ax + (bx - ax) * along - (by - ay) * aside, ay + (by - ay) * along + (bx - ax) * aside]))
    }
    return [...path, b]
  }
}

type Crossing = { point: Point; edge: number }
type Meeting = { point: Point; ends: readonly [number, number] }
const span = 1 << 20
const key = (a: number, b: number) => a * span + b
const undirected = (a: number, b: number) => (a < b ? key(a, b) : key(b, a))

function at(loop: readonly number[], i: number): number {
  return loop[(i + loop.length) % loop.length] as number
}

/** Corners of a loop from position `from` to position `to`, both included. */
function walk(loop: readonly number[], from: number, to: number): number[] {
  const result: number[] = []
  for (let i = from; ; i = (i + 1) % loop.length) {
    result.push(loop[i] as number)
    if (i === to) return result
  }
}

/** The v at which a line of the axes has `fraction` of the ring's area below it. */
function levelOf(ring: Point[], axes: Axes, fraction: number): number {
  const local = ring.map((point) => axes.in(point))
  let [low, high] = [Infinity, -Infinity]
  for (const [, v] of local) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  const whole = signedArea(local)
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2
    if (areaBelow(local, middle) < whole * fraction) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function areaBelow(ring: Point[], level: number): number {
  const below: Point[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const p = ring[j] as Point
    const q = ring[i] as Point
    if (p[1] < level !== q[1] < level) below.push([p[0] + ((q[0] - p[0]) * (level - p[1])) / (q[1] - p[1]), level])
    if (q[1] < level) below.push(q)
  }
  return below.length > 2 ? signedArea(below) : 0
}

/** Where a line crosses the ring: the pair around the longest stretch inside. */
function crossingsOf(ring: Point[], axes: Axes, level: number): [Crossing, Crossing] | null {
  const found: { u: number; crossing: Crossing }[] = []
  for (let i = 0; i < ring.length; i++) {
    const p = axes.in(ring[i] as Point)
    const q = axes.in(ring[(i + 1) % ring.length] as Point)
    if (p[1] < level === q[1] < level) continue
    const u = p[0] + ((q[0] - p[0]) * (level - p[1])) / (q[1] - p[1])
    found.push({ u, crossing: { point: axes.out([u, level]), edge: i } })
  }
  found.sort((a, b) => a.u - b.u)
  let best: [Crossing, Crossing] | null = null
  let longest = 0
  for (let i = 0; i + 1 < found.length; i += 2) {
    const [a, b] = [found[i], found[i + 1]]
    if (a === undefined || b === undefined || b.u - a.u <= longest) continue
    longest = b.u - a.u
    best = [a.crossing, b.crossing]
  }
  return best
}

/**
 * The outline of a union of faces: the edges that have no counterpart among them, chained. Neighbouring unions so
 * share every corner of their border.
 *
 * @throws RangeError when the faces do not hang together without a hole.
 */
export function outlineOf(plan: Subdivision, faces: readonly Face[]): Point[] {
  const next = new Map<number, number>()
  const inner = new Set<string>()
  for (const { loop } of faces)
    for (let i = 0; i < loop.length; i++) inner.add(`${loop[i]}-${loop[(i + 1) % loop.length]}`)
  for (const { loop } of faces)
    for (let i = 0; i < loop.length; i++) {
      const a = loop[i] as number
      const b = loop[(i + 1) % loop.length] as number
      if (!inner.has(`${b}-${a}`)) next.set(a, b)
    }
  const [start] = next.keys()
  if (start === undefined) throw new RangeError('no face, no outline')
  const ring: Point[] = []
  for (let corner = start; ; corner = next.get(corner) as number) {
    ring.push(plan.points[corner] as Point)
    if (next.get(corner) === start) break
  }
  if (ring.length !== next.size) throw new RangeError('the faces do not hang together')
  return ring
}
