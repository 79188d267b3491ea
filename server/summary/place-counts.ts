import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { numbersOf, placeCode } from '../counts/cell.ts'
import type { Transaction } from '../store/connect.ts'
import { homeWindow } from './home-window.ts'
import { Tally } from './tally.ts'
import { streetsOf } from '../counts/streets-of.ts'
import { addCells, addRows, cutMonths, onlyCut, touchedMonths, wholeMonths } from './tally-counts.ts'
import { allOf } from '../store/conditions.ts'

/**
 * How many cases of the filter lie in each place, by the code of its grid or, outside every grid, of its community or
 * street. Without a filter by type, channel, status or risk, whole months are added up from their sums.
 */
export async function placeCounts(transaction: Transaction, filter: IncidentFilter): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const add = (code: string, count: number) => void counts.set(code, (counts.get(code) ?? 0) + count)
  const tally = new Tally(filter, add)
  const { days, rests } = await homeWindow(transaction, filter)
  for (const rest of rests) await addRows(transaction, { ...filter, ...rest }, tally)
  if (days === null) return counts
  const streets = streetsOf(transaction, filter.area)
  const isPlain = onlyCut(filter)?.name === 'any'
  const within = isPlain ? cutMonths(transaction, days) : touchedMonths(transaction, days)
  await addCells(transaction, allOf(transaction, [within, streets]), days, tally)
  if (!isPlain) return counts
  const rows = await transaction<{ streetCode: string; places: string; counts: string }[]>`
    select street_code, array_to_string(places, ',') as places, array_to_string(place_counts, ',') as counts
    from incident_month where ${allOf(transaction, [wholeMonths(transaction, days), streets])}`
  for (const { streetCode, ...texts } of rows) {
    const numbers = numbersOf(texts.counts)
    for (const [i, place] of numbersOf(texts.places).entries()) {
      const code = placeCode(streetCode, place)
      if (code.startsWith(filter.area ?? '')) add(code, numbers[i]!)
    }
  }
  return counts
}
