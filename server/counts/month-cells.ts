import { placeCode, placeOf } from './cell.ts'
import type { Cells } from './month-sums.ts'

/** What a street's month is made of, as it lies in memory: ten bytes a cell. */
export type MonthCells = {
  streetCode: string
  /** First day at home, `YYYY-MM-DD`. */
  month: string
  /** Places that have cases, by their codes; how many each has, and where its cells end. */
  places: readonly string[]
  totals: Uint32Array
  ends: Uint32Array
  /** All of a cell but its place: its lower 32 bits. */
  cells: Uint32Array
  counts: Uint32Array
}

/** @param cells ascending, so that those of a place lie together. */
export function monthCells(streetCode: string, month: string, { cells, counts }: Cells): MonthCells {
  const places: string[] = []
  const [totals, ends]: [number[], number[]] = [[], []]
  let last: number | undefined
  for (const [i, cell] of cells.entries()) {
    if (placeOf(cell) !== last) {
      last = placeOf(cell)
      places.push(placeCode(streetCode, last))
      totals.push(0)
    }
    totals[places.length - 1]! += counts[i]!
    ends[places.length - 1] = i + 1
  }
  return {
    streetCode,
    month,
    places,
    totals: Uint32Array.from(totals),
    ends: Uint32Array.from(ends),
    // Each element is taken modulo 2³²: what is left out is the place.
    cells: Uint32Array.from(cells),
    counts: Uint32Array.from(counts),
  }
}
