import type { BuildingUse } from '@minqing/data/domain/building'
import { Axes, boundsOf, centroid, contains, inset, signedArea } from '../plane.ts'
import type { Point, Ring } from '../plane.ts'
import type { Random } from '../random.ts'
import { heading, downstream } from './frame.ts'
import type { Ground } from './ground.ts'
import { moved } from './shape.ts'
import type { Shape } from './shape.ts'
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

export type Ornament = {
  layer: 'land' | 'green' | 'water' | 'path' | 'place'
  kind: string
  name: string
  points: Point[]
}

/** Metres from the middle of a road to where one may build. */
export const setback: Record<Edge['kind'], number> = {
  bank: 26,
  quay: 14,
  arterial: 23,
  secondary: 15,
  residential: 10,
  lane: 5.5,
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
  /** Convex ground that keeps its distance from every road. */
  buildable: Point[]

  constructor(ring: Ring, edges: readonly Edge[], ground: Ground, random: Random, turn = 0) {
    this.ring = ring
    this.edges = edges
    this.random = random
    this.#ground = ground
    this.axes = new Axes(heading(downstream(centroid(ring))) + turn)
    this.buildable = inset(ring, (edge) => setback[(edges[edge] as Edge).kind])
  }

  get area(): number {
    return this.buildable.length > 2 ? signedArea(this.buildable) : 0
  }

  /** Gives up a margin along the edges of these kinds: what was built along them stands there. */
  retreat(kinds: readonly Edge['kind'][], by: number): void {
    const { ring, edges } = this
    const kept = inset(ring, (edge) => {
      const { kind } = edges[edge] as Edge
      return setback[kind] + (kinds.includes(kind) ? by : 0)
    })
    this.buildable = kept
  }

  /** Whether a shape of the plane lies on buildable ground and keeps `gap` metres from all others. */
  fits(shape: Shape, gap: number): boolean {
    const { buildable } = this
    if (buildable.length < 3) return false
    for (const piece of shape.pieces) {
      for (const point of piece) if (!contains(buildable, point)) return false
      if (!this.#ground.isFree(piece, gap)) return false
    }
    return true
  }

  /** Builds if there is room; local shapes are in the site's axes. */
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

  ornament(layer: Ornament['layer'], kind: string, points: Point[], name = ''): void {
    this.ornaments.push({ layer, kind, name, points })
  }

  /** Stretches of the band [v, v + depth] that are buildable and free, as pairs of u. */
  stretches(v: number, depth: number, gap: number, axes = this.axes): [number, number][] {
    const low = across(this.buildable, axes, v)
    const high = across(this.buildable, axes, v + depth)
    if (low === null || high === null) return []
    const [from, to] = [Math.max(low[0], high[0]) + 0.01, Math.min(low[1], high[1]) - 0.01]
    if (to - from < 1) return []
    const corners = (
      [
        [from, v],
        [to, v],
        [to, v + depth],
        [from, v + depth],
      ] as Point[]
    ).map((point) => axes.out(point))
    const taken = this.#ground
      .near(boundsOf(corners))
      .map((ring) => axes.box(ring))
      .filter((box) => box[1] < v + depth + gap && box[3] > v - gap)
      .sort((a, b) => a[0] - b[0])
    const result: [number, number][] = []
    let start = from
    for (const box of taken) {
      if (box[0] - gap > start) result.push([start, Math.min(to, box[0] - gap)])
      start = Math.max(start, box[2] + gap)
    }
    if (start < to) result.push([start, to])
    return result
  }
}

/** u-range of a convex ring on the line v. */
function across(ring: Ring, axes: Axes, v: number): [number, number] | null {
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const p = axes.in(ring[j] as Point)
    const q = axes.in(ring[i] as Point)
    if (p[1] < v === q[1] < v) continue
    const u = p[0] + ((q[0] - p[0]) * (v - p[1])) / (q[1] - p[1])
    least = Math.min(least, u)
    most = Math.max(most, u)
  }
  return least < most ? [least, most] : null
}
