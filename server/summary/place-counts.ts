import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { acceptedBy, countAccepted } from '../counts/accepted.ts'
import type { CellCache } from '../counts/cell-cache.ts'
import type { MonthCells } from '../counts/month-cells.ts'
import { streetsOf } from '../counts/streets-of.ts'
import { allOf } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { homeWindow } from './home-window.ts'
import { touchedMonths } from './months-of.ts'
import { addCells, addRows, onlyCut } from './tally-counts.ts'

/**
 * How many cases of the filter lie in each place, by the code of its grid or, outside every grid, of its community or
 * street.
 */
export async function placeCounts(
  transaction: Transaction,
  filter: IncidentFilter,
  cache: CellCache,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const isPlain = onlyCut(filter)?.name === 'any'
  const accepted = acceptedBy(filter)
  const area = filter.area ?? ''
  const add = (held: MonthCells, from: number, to: number) => {
    const isWhole = isPlain && from === 1 && to === 32
    for (const [at, place] of held.places.entries()) {
      const among: [number, number] = [held.ends[at - 1] ?? 0, held.ends[at]!]
      const count = isWhole ? held.totals[at]! : countAccepted(held, accepted, among, [from, to])
      if (count > 0 && place.startsWith(area)) counts.set(place, (counts.get(place) ?? 0) + count)
    }
  }
  const { days, rests } = await homeWindow(transaction, filter)
  for (const rest of rests) await addRows(transaction, { ...filter, ...rest }, add)
  if (days === null) return counts
  const months = allOf(transaction, [touchedMonths(transaction, days), streetsOf(transaction, filter.area)])
  await addCells(transaction, cache, months, days, add)
  return counts
}
