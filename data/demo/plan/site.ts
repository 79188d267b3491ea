import type { BuildingUse } from '@minqing/data/domain/building'
import { bboxOf, centroid, ringContains, distance } from '../../geo/plane.ts'
import { Axes, inset, segmentsDistance, type Point, type Ring } from '../plane.ts'
import type { Random } from '../../stats/random.ts'
import { heading, downstream } from './frame.ts'
import { moved, type Shape } from './shape.ts'
import type { Edge } from './subdivision.ts'

/** What a layout puts on a block. */
export type Draft = {
  shape: Shape
  use: BuildingUse
  /** How it is counted and what its incidents are about. */
  sort: 'house' | 'terrace' | 'slab' | 'tower' | 'shop' | 'hall' | 'service'
  floors: number
  storey: number
  units: number
  flatsPerFloor: number
  builtYear: number
  structure: 'brick_wood' | 'brick_concrete' | 'frame' | 'shear_wall' | 'steel'
  /** What it is called where it is not counted as “12栋” or “18号”. */
  label: string
}

type Ornament = {
  layer: 'land' | 'green' | 'water' | 'road'
  kind: string
  name: string
  points: Point[]
}

/** Metres from the middle of a road to where one may build. */
export const setback: Record<Edge['kind'], number> = {
  bank: 26,
  arterial: 20.5,
  secondary: 13,
  street: 8.5,
  lane: 5,
  rail: 30,
  canal: 30,
}

/** A block as its layout sees it: the outline with its roads, and what may still be built on. */
export class Site {
  readonly ring: Ring
  readonly edges: readonly Edge[]
  readonly random: Random
  readonly axes: Axes
  readonly drafts: Draft[] = []
  readonly ornaments: Ornament[] = []
  readonly #ground: Ground
  /** Metres that buildings keep from the middle of each road. */
  readonly #clearances: number[]
  readonly #local = new Map<Axes, Point[]>()

  constructor(ring: Ring, edges: readonly Edge[], ground: Ground, random: Random, turn = 0) {
    this.ring = ring
    this.edges = edges
    this.random = random
    this.#ground = ground
    this.axes = new Axes(heading(downstream(centroid(ring))) + turn)
    this.#clearances = edges.map((edge) => setback[edge.kind])
  }

  /** Convex ground that keeps its distance from every road; empty where the block is too narrow. */
  inside(extra = 0): Point[] {
    return inset(this.ring, (edge) => (this.#clearances[edge] as number) + extra)
  }

  /** Gives up a margin along an edge: what was built along it stands there. */
  retreat(edge: number, by: number): void {
    this.#clearances[edge] = setback[(this.edges[edge] as Edge).kind] + by
  }

  /** Whether a shape of the plane lies on buildable ground and keeps `gap` metres from all others. */
  fits(shape: Shape, gap: number): boolean {
    return shape.pieces.every((piece) => this.#isClear(piece) && this.#ground.isFree(piece, gap))
  }

  #isClear(piece: Ring): boolean {
    const { ring } = this
    for (const point of piece) if (!ringContains(ring, point)) return false
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as Point
      const b = ring[(i + 1) % ring.length] as Point
      const least = this.#clearances[i] as number
      for (let k = 0, l = piece.length - 1; k < piece.length; l = k++)
        if (segmentsDistance(a, b, piece[l] as Point, piece[k] as Point) < least) return false
    }
    return true
  }

  /** Builds if there is space; local shapes are in the site's axes. */
  build(local: Shape, gap: number, draft: Omit<Draft, 'shape'>, axes = this.axes): boolean {
    const shape = moved(local, (point) => axes.out(point))
    if (!this.fits(shape, gap)) return false
    this.put(shape, draft)
    return true
  }

  /** Builds without asking: the caller has made sure. */
  put(shape: Shape, draft: Omit<Draft, 'shape'>): void {
    for (const piece of shape.pieces) this.#ground.take(piece)
    this.drafts.push({ ...draft, shape })
  }

  /** Keeps ground free of buildings: a pond, a sports ground. */
  reserve(local: Point[], gap: number, axes = this.axes): Point[] | null {
    const ring = local.map((point) => axes.out(point))
    if (!this.fits({ outer: ring, courts: [], pieces: [ring] }, gap)) return null
    this.#ground.take(ring)
    return ring
  }

  /** Whether nothing stands on a strip of ground. */
  isOpen(ring: Ring): boolean {
    return this.#ground.isFree(ring, 0.5)
  }

  ornament(layer: Ornament['layer'], kind: string, points: Point[], name = ''): void {
    this.ornaments.push({ layer, kind, name, points })
  }

  #ringIn(axes: Axes): Point[] {
    let local = this.#local.get(axes)
    if (local === undefined) this.#local.set(axes, (local = this.ring.map((point) => axes.in(point))))
    return local
  }

  /** Stretches of the band [v, v + depth] that are buildable and free, as pairs of u. */
  stretches(v: number, depth: number, gap: number, axes = this.axes): Stretch[] {
    const local = this.#ringIn(axes)
    let free = crossings(local, v + depth / 2)
    for (let i = 0; i < local.length && free.length > 0; i++) {
      const a = local[i] as Point
      const b = local[(i + 1) % local.length] as Point
      for (const level of [v, v + depth]) {
        const near = tooNear(a, b, this.#clearances[i] as number, level)
        if (near !== null) free = without(free, near)
      }
    }
    const [first, last] = [free[0], free.at(-1)]
    if (first === undefined || last === undefined) return []
    const corners = (
      [
        [first[0], v],
        [last[1], v],
        [last[1], v + depth],
        [first[0], v + depth],
      ] as Point[]
    ).map((point) => axes.out(point))
    for (const ring of this.#ground.near(bboxOf(corners))) {
      const [from, low, to, high] = axes.box(ring)
      if (low < v + depth + gap && high > v - gap) free = without(free, [from - gap, to + gap])
    }
    return free
  }
}

type Stretch = [from: number, to: number]

/** Where the line v runs inside a ring. */
function crossings(ring: Ring, v: number): Stretch[] {
  const us: number[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const p = ring[j] as Point
    const q = ring[i] as Point
    if (p[1] < v !== q[1] < v) us.push(p[0] + ((q[0] - p[0]) * (v - p[1])) / (q[1] - p[1]))
  }
  us.sort((a, b) => a - b)
  return Array.from({ length: us.length / 2 }, (_, i): Stretch => [us[2 * i] as number, us[2 * i + 1] as number])
}

/** Stretch of the line v that is nearer than `clearance` to the left side of the edge ab. */
function tooNear(a: Point, b: Point, clearance: number, v: number): Stretch | null {
  if (Math.min(a[1], b[1]) - clearance > v || Math.max(a[1], b[1]) + clearance < v) return null
  const length = distance(a, b)
  const [nu, nv] = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length]
  // Beyond the edge's ends its neighbours rule; what is steep reaches a little further.
  const reach = clearance * Math.abs(nu)
  const range: Stretch = [Math.min(a[0], b[0]) - reach, Math.max(a[0], b[0]) + reach]
  const rest = clearance - nv * (v - a[1])
  if (Math.abs(nu) < 1e-6) return rest > 0 ? range : null
  const limit = a[0] + rest / nu
  return nu > 0 ? [range[0], Math.min(range[1], limit)] : [Math.max(range[0], limit), range[1]]
}

function without(stretches: Stretch[], [from, to]: Stretch): Stretch[] {
  if (from >= to) return stretches
  return stretches.flatMap(([a, b]): Stretch[] => {
    if (to <= a || from >= b) return [[a, b]]
    return (
      [
        [a, from],
        [to, b],
      ] as Stretch[]
    ).filter(([start, end]) => end - start > 1)
  })
}

type Taken = { ring: Ring; box: [number, number, number, number] }

/** Which ground is already taken, in cells of 40 m, so that nothing is built on something else. */
export class Ground {
  readonly #cells = new Map<number, Taken[]>()

  take(ring: Ring): void {
    const taken = { ring, box: bboxOf(ring) }
    for (const cell of cellsOf(taken.box)) {
      const list = this.#cells.get(cell)
      if (list === undefined) this.#cells.set(cell, [taken])
      else list.push(taken)
    }
  }

  /** Whether a convex ring keeps `gap` metres from everything that is there. */
  isFree(ring: Ring, gap: number): boolean {
    const [west, south, east, north] = bboxOf(ring)
    const box: Taken['box'] = [west - gap, south - gap, east + gap, north + gap]
    for (const cell of cellsOf(box))
      for (const taken of this.#cells.get(cell) ?? [])
        if (meet(box, taken.box) && !apart(ring, taken.ring, gap)) return false
    return true
  }

  /** Everything taken that meets a box. */
  near(box: Taken['box']): Ring[] {
    const found = new Set<Taken>()
    for (const cell of cellsOf(box))
      for (const taken of this.#cells.get(cell) ?? []) if (meet(box, taken.box)) found.add(taken)
    return [...found].map((taken) => taken.ring)
  }
}

const size = 40

function cellsOf([west, south, east, north]: Taken['box']): number[] {
  const cells: number[] = []
  for (let x = Math.floor(west / size); x <= Math.floor(east / size); x++)
    for (let y = Math.floor(south / size); y <= Math.floor(north / size); y++) cells.push(x * 65_536 + y)
  return cells
}

function meet(a: Taken['box'], b: Taken['box']): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

function apart(a: Ring, b: Ring, gap: number): boolean {
  if (ringContains(a, b[0] as Point) || ringContains(b, a[0] as Point)) return false
  for (let i = 0, j = a.length - 1; i < a.length; j = i++)
    for (let k = 0, l = b.length - 1; k < b.length; l = k++)
      if (segmentsDistance(a[j] as Point, a[i] as Point, b[l] as Point, b[k] as Point) < gap) return false
  return true
}
