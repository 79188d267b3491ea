import { facetNames } from '@minqing/data/domain/incident-facets'
import type { Cells } from './cells.ts'
import { cellFields, fieldOf, hourOffset, isOpenAt, sumLength, sumOffsets } from './layout.ts'

/** How many incidents there are, and in `sums` how many of each code and hour (`sumOffsets` of layout.ts). */
export type Sums = { total: number; open: number; sums: number[] }

/** The sums that stand beside the cells of a street's month, those of the open incidents too; trailing zeros left out. */
export type MonthSums = Sums & { openSums: number[] }

export function noSums(): Sums {
  return { total: 0, open: 0, sums: zeros() }
}

/** Adds the incidents of a cell. */
export function addCell(to: Sums, cell: number, count: number): void {
  to.total += count
  if (isOpenAt[fieldOf(cell, cellFields.status)]!) to.open += count
  for (const name of facetNames) to.sums[sumOffsets[name] + fieldOf(cell, cellFields[name])]! += count
  to.sums[hourOffset + fieldOf(cell, cellFields.hour)]! += count
}

export function sumMonth({ cells, counts }: Cells): MonthSums {
  const [all, open] = [noSums(), noSums()]
  for (const [i, cell] of cells.entries()) {
    addCell(all, cell, counts[i]!)
    if (isOpenAt[fieldOf(cell, cellFields.status)]!) addCell(open, cell, counts[i]!)
  }
  return { total: all.total, open: all.open, sums: withoutTail(all.sums), openSums: withoutTail(open.sums) }
}

function zeros(): number[] {
  return Array.from({ length: sumLength }, () => 0)
}

export function withoutTail(values: readonly number[]): number[] {
  return values.slice(0, values.findLastIndex((value) => value !== 0) + 1)
}
