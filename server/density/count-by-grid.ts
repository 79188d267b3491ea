import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { CellCache } from '../counts/cell-cache.ts'
import type { Transaction } from '../store/connect.ts'
import { placeCounts } from '../summary/place-counts.ts'
import type { Lattice } from './lattice.ts'

/** Fills the lattice from the kept counts, each grid's cases at its middle (or the middle of what else is known). */
export async function countByGrid(
  transaction: Transaction,
  filter: IncidentFilter,
  lattice: Lattice,
  cache: CellCache,
): Promise<{ total: number; withoutPlace: number }> {
  const [counts, middles] = await Promise.all([
    placeCounts(transaction, filter, cache),
    transaction<{ code: string; lon: number; lat: number }[]>`
      select code, center[0] as lon, center[1] as lat from area`,
  ])
  const middleOf = new Map(middles.map((area) => [area.code, area]))
  let [total, withoutPlace] = [0, 0]
  for (const [code, count] of counts) {
    const middle = middleOf.get(code)
    if (middle === undefined) withoutPlace += count
    else if (!lattice.add(middle.lon, middle.lat, count)) continue
    total += count
  }
  return { total, withoutPlace }
}
