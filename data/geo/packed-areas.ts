import Flatbush from 'flatbush'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { polygonsOf, unitsPerDegree } from './plane.ts'

/** Many areas with their corners as whole numbers, eight bytes each: what is kept of a file's areas until all are read. */
export class PackedAreas {
  readonly names: string[] = []
  readonly areasM2: number[] = []
  /** Corners of all areas. */
  length = 0
  /** Of each area, x and y of its corners in units; rings one after the other, not closed. */
  readonly corners: Int32Array[] = []
  /** Of each area, the corner after the last one of each ring. */
  readonly ends: (readonly number[])[] = []
  /** West, south, east, north of each area, in units, one area after the other. */
  readonly boxes: number[] = []

  get areas(): number {
    return this.names.length
  }

  /** @param area outer rings counter-clockwise, holes clockwise, all closed, as `readBoundary` gives them */
  add({ name, geometry, areaM2 }: { name: string; geometry: Polygon | MultiPolygon; areaM2: number }): void {
    const rings = polygonsOf(geometry).flat()
    const corners = new Int32Array(2 * rings.reduce((sum, ring) => sum + ring.length - 1, 0))
    const ends: number[] = []
    let at = 0
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const ring of rings) {
      for (let i = 0; i < ring.length - 1; i++, at++) {
        const x = Math.round((ring[i]?.[0] ?? 0) * unitsPerDegree)
        const y = Math.round((ring[i]?.[1] ?? 0) * unitsPerDegree)
        corners[2 * at] = x
        corners[2 * at + 1] = y
        if (x < west) west = x
        if (x > east) east = x
        if (y < south) south = y
        if (y > north) north = y
      }
      ends.push(at)
    }
    this.length += at
    this.corners.push(corners)
    this.ends.push(ends)
    this.boxes.push(west, south, east, north)
    this.names.push(name)
    this.areasM2.push(areaM2)
  }

  /** An index of the areas' boxes, in units. */
  boxIndex(): Flatbush {
    const index = new Flatbush(Math.max(this.areas, 1), 16, Int32Array)
    const { boxes } = this
    for (let at = 0; at < boxes.length; at += 4) index.add(boxes[at]!, boxes[at + 1]!, boxes[at + 2], boxes[at + 3])
    if (this.areas === 0) index.add(0, 0, 0, 0)
    index.finish()
    return index
  }

  /** The rings of an area in degrees, not closed. */
  *ringsOf(area: number): Generator<Position[]> {
    const corners = this.corners[area]!
    let at = 0
    for (const end of this.ends[area]!) {
      const ring: Position[] = []
      for (; at < end; at++) ring.push([corners[2 * at]! / unitsPerDegree, corners[2 * at + 1]! / unitsPerDegree])
      yield ring
    }
  }
}

/** Edges of one run: an index of each edge alone would take more memory than the corners. */
const inRun = 8

/**
 * The edges of areas, to be found by their place: an R-tree over the boxes of runs of consecutive edges. An edge leads
 * from one corner to the next, with the inside of its area on the left.
 */
export class EdgeIndex {
  readonly #areas: PackedAreas
  readonly #index: Flatbush
  /** Of each run, its area, its first edge, the edge after the last, and the corner where that one ends. */
  readonly #runs: Int32Array

  constructor(areas: PackedAreas) {
    this.#areas = areas
    const count = areas.ends.reduce((sum, ends) => sum + runsOf(ends), 0)
    this.#runs = new Int32Array(4 * count)
    this.#index = new Flatbush(Math.max(count, 1), 16, Int32Array)
    let run = 0
    for (let area = 0; area < areas.areas; area++) {
      let first = 0
      for (const end of areas.ends[area]!) {
        for (let from = first; from < end; from += inRun) {
          const to = Math.min(from + inRun, end)
          this.#runs.set([area, from, to, to === end ? first : to], 4 * run++)
          this.#addBox(areas.corners[area]!, from, to, to === end ? first : to)
        }
        first = end
      }
    }
    if (count === 0) this.#index.add(0, 0, 0, 0)
    this.#index.finish()
  }

  /** Calls `visit` for every edge whose box meets another, in units. */
  search(
    west: number,
    south: number,
    east: number,
    north: number,
    visit: (area: number, x1: number, y1: number, x2: number, y2: number) => void,
  ): void {
    const { corners: all } = this.#areas
    this.#index.search(west, south, east, north, (run) => {
      const [area, from, to, last] = [
        this.#runs[4 * run]!,
        this.#runs[4 * run + 1]!,
        this.#runs[4 * run + 2]!,
        this.#runs[4 * run + 3]!,
      ]
      const corners = all[area]
      if (corners === undefined) return false
      for (let edge = from; edge < to; edge++) {
        const next = edge === to - 1 ? last : edge + 1
        const [x1, y1] = [corners[2 * edge]!, corners[2 * edge + 1]!]
        const [x2, y2] = [corners[2 * next]!, corners[2 * next + 1]!]
        if ((x1 < west && x2 < west) || (x1 > east && x2 > east)) continue
        if ((y1 < south && y2 < south) || (y1 > north && y2 > north)) continue
        visit(area, x1, y1, x2, y2)
      }
      return false
    })
  }

  #addBox(corners: Int32Array, from: number, to: number, last: number): void {
    let [west, south, east, north] = [
      corners[2 * last]!,
      corners[2 * last + 1]!,
      corners[2 * last]!,
      corners[2 * last + 1]!,
    ]
    for (let edge = from; edge < to; edge++) {
      west = Math.min(west, corners[2 * edge]!)
      east = Math.max(east, corners[2 * edge]!)
      south = Math.min(south, corners[2 * edge + 1]!)
      north = Math.max(north, corners[2 * edge + 1]!)
    }
    this.#index.add(west, south, east, north)
  }
}

function runsOf(ends: readonly number[]): number {
  return ends.reduce((sum, end, ring) => sum + Math.ceil((end - (ends[ring - 1] ?? 0)) / inRun), 0)
}
