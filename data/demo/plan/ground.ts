import { bboxOf, ringContains } from '../../geo/plane.ts'
import { segmentsDistance } from '../plane.ts'
import type { Point, Ring } from '../plane.ts'

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
