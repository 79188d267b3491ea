import type { Database } from '../store/connect.ts'
import { homeMonth } from './cell.ts'
import { countIncidents, recount, roundsOf, type StreetMonth } from './count-incidents.ts'
import { sumMonth, withoutTail, type Cells } from './month-sums.ts'
import { isSame, readOverdue, recountOverdue } from './overdue-cases.ts'
import { readTotals, sumWays, type TotalRow, TotalSums } from './total-sums.ts'

/** Kept counts that are not what the rows say: a street's month, or with an empty street the month's total. */
export type CountFault = StreetMonth & { kept: number; counted: number; what: 'cells' | 'sums' | 'overdue' | 'total' }

type Kept = StreetMonth & { cells: string; counts: string } & ReturnType<typeof sumMonth>

/** Counts every incident anew and says where the kept counts differ, in one snapshot. */
export async function checkCounts(
  database: Database,
  report: (done: number, of: number) => void = () => {},
): Promise<CountFault[]> {
  return database.begin('isolation level repeatable read read only', async (transaction) => {
    await transaction`set local statement_timeout = 0`
    const months = await transaction<StreetMonth[]>`
      select distinct street_code, ${homeMonth(transaction, transaction`reported_at`)} as month from incident
      union select street_code, month from incident_month order by 1, 2`
    const faults: CountFault[] = []
    const totals = new TotalSums()
    let done = 0
    for (const round of roundsOf(months)) {
      const streetCode = round.street
      // A round's cells are all that is held.
      const [overdue, keptOverdue, counted, kept] = await Promise.all([
        recountOverdue(transaction, streetCode),
        readOverdue(transaction, streetCode),
        recount(transaction, round),
        transaction<Kept[]>`
          select street_code, month, total, open, types, channels, statuses, risks, open_types, open_channels, open_risks,
            array_to_string(cells, ',') as cells, array_to_string(counts, ',') as counts
          from incident_month where street_code = ${streetCode} and month = any(${round.months}::text[]::date[])`,
      ])
      for (const month of round.months) {
        const is = (row: StreetMonth) => row.month === month
        const right = counted.find(is) ?? { cells: [], counts: [] }
        faults.push(...faultsOf({ streetCode, month }, right, kept.find(is)))
        const [late, keptLate] = [overdue?.get(month), keptOverdue.get(month)]
        if (overdue === null || !isSame(late, keptLate))
          faults.push({ streetCode, month, kept: keptLate?.overdue ?? 0, counted: late?.overdue ?? 0, what: 'overdue' })
        totals.add(month, right)
      }
      report((done += round.months.length), months.length)
    }
    return [...faults, ...totalFaults(totals.rows(), await readTotals(transaction, transaction`true`))]
  })
}

/** Months of which any sum of all streets is wrong. */
function totalFaults(right: readonly TotalRow[], kept: readonly TotalRow[]): CountFault[] {
  const textOf = ({ cut, value, total, open, ...row }: TotalRow) =>
    JSON.stringify([cut, value, total, open, ...sumWays.map((way) => withoutTail(row[way]))])
  const of = (rows: readonly TotalRow[], month: string) => {
    const own = rows.filter((row) => row.month === month)
    const all = own.find(({ cut }) => cut === 'any')?.total ?? 0
    return { all, texts: own.map(textOf).toSorted().join() }
  }
  const months = new Set([...right, ...kept].map(({ month }) => month))
  return [...months].toSorted().flatMap((month): CountFault[] => {
    const [is, was] = [of(right, month), of(kept, month)]
    return is.texts === was.texts ? [] : [{ streetCode: '', month, kept: was.all, counted: is.all, what: 'total' }]
  })
}

function faultsOf(key: StreetMonth, right: Cells, kept: Kept | undefined): CountFault[] {
  const counted = right.counts.reduce((sum, count) => sum + count, 0)
  const fault = (what: CountFault['what']): CountFault[] => [{ ...key, kept: kept?.total ?? 0, counted, what }]
  if (kept === undefined) return counted === 0 ? [] : fault('cells')
  if (kept.cells !== right.cells.join(',') || kept.counts !== right.counts.join(',')) return fault('cells')
  const sums = sumMonth(right)
  const same = Object.entries(sums).every(([name, value]) => String(kept[name as keyof typeof sums]) === String(value))
  return same ? [] : fault('sums')
}

/** Makes all counts anew from the rows, in one transaction. */
export async function mendCounts(database: Database): Promise<void> {
  await database.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    // Nobody writes counts meanwhile.
    await transaction`lock table incident_month, incident_total in exclusive mode`
    await transaction`delete from incident_total`
    const streets = await transaction<{ streetCode: string }[]>`select distinct street_code from incident_month`
    await transaction`
      delete from incident_month where street_code = any(${streets.map(({ streetCode }) => streetCode)}::text[])`
    await transaction`
      delete from overdue_horizon where street_code = any(${streets.map(({ streetCode }) => streetCode)}::text[])`
    await countIncidents(transaction, transaction`select street_code, reported_at from incident`)
  })
}
