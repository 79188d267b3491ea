import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import type { CountSource } from '../counts/cell-cache.ts'
import type { Transaction } from '../store/connect.ts'
import { monthsBetween } from './months-between.ts'
import { newestStep } from './newest-step.ts'
import type { Tally } from './tally.ts'
import { tallyCounts } from './tally-counts.ts'

/**
 * How many incidents the filter holds, cut each way the panels show.
 *
 * @param now the moment against which cases are overdue.
 */
export async function getSummary(
  transaction: Transaction,
  filter: IncidentFilter,
  now: Date,
  source: CountSource,
): Promise<IncidentSummary> {
  const [tally, asOf] = await Promise.all([tallyCounts(transaction, filter, now, source), newestStep(transaction)])
  const months = new Map([...tally.months].map(([month, count]) => [month.slice(0, 7), count]))
  return {
    asOf: asOf ?? now.toISOString(),
    total: tally.total,
    open: tally.open,
    overdue: tally.overdue,
    ...tally.cuts(),
    byMonth: monthsBetween([...months.keys()].toSorted()).map((month) => ({ month, count: months.get(month) ?? 0 })),
    byHour: [...tally.hours],
    byArea: await byArea(transaction, tally),
  }
}

async function byArea(transaction: Transaction, tally: Tally): Promise<IncidentSummary['byArea']> {
  const places = [...tally.places].filter(([, { total }]) => total > 0).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const names = await transaction<{ code: string; name: string }[]>`
    select code, name from area where code = any(${places.map(([code]) => code)})`
  const nameOf = new Map(names.map(({ code, name }) => [code, name]))
  return places.map(([code, counts]) => ({ code, name: nameOf.get(code) ?? code, ...counts }))
}
