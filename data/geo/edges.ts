import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import { orientation, unitsPerDegree } from './plane.ts'

/** Pairs of edges that are looked at, at most: a second. Real boundaries have a few for each edge. */
const mostPairs = 2_000_000

/** Crossings that are counted: a boundary with more of them is none that a pen has slipped in. */
const mostCrossings = 200

/** Where edges meet otherwise than one after the other in their ring. */
export type Contacts = {
  /** Vertices that lie within an edge, by the number of the edge. */
  within: Map<number, number[]>
  /** Whether several rings, or one several times, pass through a vertex. */
  shared: boolean
}

/** The edges of rings, with the vertices they join. */
export class Edges {
  /** The vertices' coordinates in whole units, and as they were given. */
  readonly x: number[] = []
  readonly y: number[] = []
  readonly positions: Position[] = []
  /** The vertices at which an edge begins and ends. */
  readonly from: number[] = []
  readonly to: number[] = []
  readonly #numbers = new Map<string, number>()
  #shared = false

  /** @param rings closed: each ends with its first position */
  constructor(rings: Iterable<readonly Position[]>) {
    for (const ring of rings) {
      let last = -1
      for (const [index, position] of ring.entries()) {
        const before = this.positions.length
        const vertex = this.#vertex(position)
        if (vertex === last) continue
        // The last position of a ring is its first.
        this.#shared ||= vertex < before && index < ring.length - 1
        if (last !== -1) {
          this.from.push(last)
          this.to.push(vertex)
        }
        last = vertex
      }
    }
  }

  get count(): number {
    return this.from.length
  }

  /**
   * How the edges meet: the place of a proper crossing and whether there are hundreds, or their contacts; null where
   * finding out would take minutes, as for no real boundary.
   */
  meet(): { crossing: Position; many: boolean } | Contacts | null {
    const index = new Flatbush(Math.max(1, this.count))
    for (let edge = 0; edge < this.count; edge++) index.add(...this.#box(edge))
    if (this.count === 0) index.add(0, 0, 0, 0)
    index.finish()
    const within = new Map<number, number[]>()
    let pairs = 0
    let crossings = 0
    let first: Position | null = null
    for (let i = 0; i < this.count; i++) {
      for (const j of index.search(...this.#box(i), (other) => other > i && pairs++ < mostPairs)) {
        const crossing = this.#pair(i, j, within)
        first ??= crossing
        if (crossing !== null && ++crossings > mostCrossings) return { crossing, many: true }
      }
      if (pairs >= mostPairs) return null
    }
    if (first !== null) return { crossing: first, many: false }
    return { within, shared: this.#shared }
  }

  #vertex(position: Position): number {
    const x = Math.round((position[0] ?? 0) * unitsPerDegree)
    const y = Math.round((position[1] ?? 0) * unitsPerDegree)
    const key = `${x} ${y}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.x.push(x) - 1
    this.y.push(y)
    this.positions.push([position[0] ?? 0, position[1] ?? 0])
    this.#numbers.set(key, number)
    return number
  }

  #box(edge: number): [number, number, number, number] {
    const [x1, y1, x2, y2] = this.#ends(edge)
    return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
  }

  #ends(edge: number): [number, number, number, number] {
    const [a = 0, b = 0] = [this.from[edge], this.to[edge]]
    return [this.x[a] ?? 0, this.y[a] ?? 0, this.x[b] ?? 0, this.y[b] ?? 0]
  }

  /** Notes which ends of the two edges lie within the other; the place where they properly cross, or null. */
  #pair(i: number, j: number, within: Map<number, number[]>): Position | null {
    const [x1, y1, x2, y2] = this.#ends(i)
    const [x3, y3, x4, y4] = this.#ends(j)
    const c = orientation(x1, y1, x2, y2, x3, y3)
    const d = orientation(x1, y1, x2, y2, x4, y4)
    if (c * d > 0) return null
    const a = orientation(x3, y3, x4, y4, x1, y1)
    const b = orientation(x3, y3, x4, y4, x2, y2)
    if (c * d < 0 && a * b < 0) {
      const along = Math.abs(c) / (Math.abs(c) + Math.abs(d))
      const round = (value: number) => Math.round(value) / unitsPerDegree
      return [round(x3 + along * (x4 - x3)), round(y3 + along * (y4 - y3))]
    }
    const note = (edge: number, vertex: number | undefined, turn: number) => {
      if (turn !== 0 || vertex === undefined || !this.#isInside(edge, vertex)) return
      const vertices = within.get(edge)
      if (vertices === undefined) within.set(edge, [vertex])
      else vertices.push(vertex)
    }
    note(i, this.from[j], c)
    note(i, this.to[j], d)
    note(j, this.from[i], a)
    note(j, this.to[i], b)
    return null
  }

  /** Whether a vertex on the line of an edge lies between its ends. */
  #isInside(edge: number, vertex: number): boolean {
    if (vertex === this.from[edge] || vertex === this.to[edge]) return false
    const [west, south, east, north] = this.#box(edge)
    const [x = 0, y = 0] = [this.x[vertex], this.y[vertex]]
    return x >= west && x <= east && y >= south && y <= north
  }
}
