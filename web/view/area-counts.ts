import type { Tally } from './crossfilter.ts'

export type Counts = { total: number; open: number; overdue: number }

/** Counts of the areas whose codes have `digits` digits, from those of the grids below them. */
export function countsByArea(tally: Tally, grids: readonly string[], digits: number): Map<string, Counts> {
  const areas = new Map<string, Counts>()
  for (const [index, grid] of grids.entries()) {
    if (grid === '') continue
    const code = grid.slice(0, digits)
    const counts = areas.get(code) ?? { total: 0, open: 0, overdue: 0 }
    counts.total += tally.gridTotal[index]!
    counts.open += tally.gridOpen[index]!
    counts.overdue += tally.gridOverdue[index]!
    areas.set(code, counts)
  }
  return areas
}
