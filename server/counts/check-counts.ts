import type { Database } from '../store/connect.ts'
import type { CellTexts, PlacedCells } from './cells.ts'
import { recount, roundsOf, type StreetMonth } from './count-incidents.ts'
import { isCounted } from './incident-conditions.ts'
import { localMonth } from './layout.ts'
import { isSame, readOverdue, recountOverdue } from './overdue.ts'
import { sumMonth, withoutTail } from './sums.ts'
import { readTotals, type TotalRow, TotalSums } from './totals.ts'

/** Stored counts that are not what the rows say: a street's month, or with an empty street the month's total. */
export type CountFault = StreetMonth & { stored: number; counted: number; what: 'cells' | 'sums' | 'overdue' | 'total' }

type Stored = StreetMonth & CellTexts & ReturnType<typeof sumMonth>

/** Counts every incident again and reports where the stored counts differ, in one snapshot. */
export async function checkCounts(
  database: Database,
  report: (done: number, of: number) => void = () => {},
): Promise<CountFault[]> {
  return database.begin('isolation level repeatable read read only', async (transaction) => {
    await transaction`set local statement_timeout = 0`
    const months = await transaction<StreetMonth[]>`
      select distinct street_code, ${localMonth(transaction, transaction`reported_at`)} as month from incident
      where ${isCounted(transaction)}
      union select street_code, month from incident_month order by 1, 2`
    const faults: CountFault[] = []
    const totals = new TotalSums()
    let done = 0
    for (const round of roundsOf(months)) {
      const streetCode = round.street
      // One round's cells in memory at a time.
      const [overdue, storedOverdue, counted, stored] = await Promise.all([
        recountOverdue(transaction, streetCode),
        readOverdue(transaction, streetCode),
        recount(transaction, round),
        transaction<Stored[]>`
          select street_code, month, total, open, sums, open_sums, array_to_string(places, ',') as places,
            array_to_string(sizes, ',') as sizes, array_to_string(cells, ',') as cells,
            array_to_string(counts, ',') as counts
          from incident_month where street_code = ${streetCode} and month = any(${round.months}::text[]::date[])`,
      ])
      for (const month of round.months) {
        const is = (row: StreetMonth) => row.month === month
        const right = counted.find(is) ?? { places: [], sizes: [], cells: [], counts: [] }
        faults.push(...faultsOf({ streetCode, month }, right, stored.find(is)))
        const [late, storedLate] = [overdue?.get(month), storedOverdue.get(month)]
        if (overdue === null || !isSame(late, storedLate))
          faults.push({
            streetCode,
            month,
            stored: storedLate?.overdue ?? 0,
            counted: late?.overdue ?? 0,
            what: 'overdue',
          })
        totals.add(month, right)
      }
      report((done += round.months.length), months.length)
    }
    return [...faults, ...totalFaults(totals.rows(), await readTotals(transaction, transaction`true`))]
  })
}

/** Months of which any sum of all streets is wrong. */
function totalFaults(right: readonly TotalRow[], stored: readonly TotalRow[]): CountFault[] {
  const textOf = ({ facet, position, total, open, sums }: TotalRow) =>
    JSON.stringify([facet, position, total, open, withoutTail(sums)])
  const of = (rows: readonly TotalRow[], month: string) => {
    const own = rows.filter((row) => row.month === month)
    const all = own.find(({ facet }) => facet === 'any')?.total ?? 0
    return { all, texts: own.map(textOf).toSorted().join() }
  }
  const months = new Set([...right, ...stored].map(({ month }) => month))
  return [...months].toSorted().flatMap((month): CountFault[] => {
    const [is, was] = [of(right, month), of(stored, month)]
    return is.texts === was.texts ? [] : [{ streetCode: '', month, stored: was.all, counted: is.all, what: 'total' }]
  })
}

function faultsOf(key: StreetMonth, right: PlacedCells, stored: Stored | undefined): CountFault[] {
  const counted = right.counts.reduce((sum, count) => sum + count, 0)
  const fault = (what: CountFault['what']): CountFault[] => [{ ...key, stored: stored?.total ?? 0, counted, what }]
  if (stored === undefined) return counted === 0 ? [] : fault('cells')
  const parts = ['places', 'sizes', 'cells', 'counts'] as const
  if (parts.some((part) => stored[part] !== right[part].join(','))) return fault('cells')
  const sums = sumMonth(right)
  const same = Object.entries(sums).every(
    ([name, value]) => String(stored[name as keyof typeof sums]) === String(value),
  )
  return same ? [] : fault('sums')
}
