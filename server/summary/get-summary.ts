import { codeLength } from '@minqing/data/domain/area-code'
import { type FacetName, facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { type FacetCounts, type IncidentSummary, summaryKey } from '@minqing/data/domain/summary'
import type { CountSource } from '../counts/cell-cache.ts'
import type { IncidentCounts } from '../counts/incident-counts.ts'
import { queryCounts } from '../counts/query-counts.ts'
import type { Transaction } from '../store/connect.ts'

/**
 * How many incidents the filter counts, by facet, month, hour and the areas one level below the filter's.
 *
 * @param now the time at which incidents are overdue.
 * @param asOf the instant as of whose knowledge; then also that at which they are overdue.
 * @throws ProblemError `bad_parameter` where `asOf` is not of one street
 */
export async function getSummary(
  transaction: Transaction,
  filter: IncidentFilter,
  now: Date,
  source: CountSource,
  asOf?: Date,
): Promise<IncidentSummary> {
  const areas = Object.values(codeLength).find((digits) => digits > (filter.area ?? '').length)
  const [counts, newest] = await Promise.all([
    queryCounts(transaction, { filter, now: asOf ?? now, areas, byFacet: true, asOf }, source),
    asOf?.toISOString() ?? newestStep(transaction),
  ])
  const months = new Map([...counts.months].map(([month, count]) => [month.slice(0, 7), count]))
  return {
    asOf: newest ?? now.toISOString(),
    total: counts.total,
    open: counts.open,
    overdue: counts.overdue,
    ...byFacet(counts),
    byMonth: monthsBetween([...months.keys()].toSorted()).map((month) => ({ month, count: months.get(month) ?? 0 })),
    byHour: [...counts.hours],
    byArea: await byArea(transaction, counts),
  }
}

/** Codes that have incidents: ordered ones in their order, others most frequent first. Each key has its facet's codes. */
function byFacet(counts: IncidentCounts): FacetCounts {
  const rowsOf = (name: FacetName) => {
    const { codes, isOrdered } = facetOf(name)
    const own = counts.byFacet(name)
    const rows = codes.map((code, at) => ({ [name]: code, count: own[at]! })).filter(({ count }) => count > 0)
    return isOrdered ? rows : rows.toSorted((a, b) => b.count - a.count)
  }
  return Object.fromEntries(facetNames.map((name) => [summaryKey(name), rowsOf(name)])) as unknown as FacetCounts
}

async function byArea(transaction: Transaction, counts: IncidentCounts): Promise<IncidentSummary['byArea']> {
  const areas = [...counts.areas].filter(([, { total }]) => total > 0).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const names = await transaction<{ code: string; name: string }[]>`
    select code, name from area where code = any(${areas.map(([code]) => code)})`
  const nameOf = new Map(names.map(({ code, name }) => [code, name]))
  return areas.map(([code, own]) => ({ code, name: nameOf.get(code) ?? code, ...own }))
}

/** Every calendar month from the first to the last of some sorted ones, `YYYY-MM`. */
export function monthsBetween(sorted: readonly string[]): string[] {
  const first = sorted[0]
  const last = sorted.at(-1)
  if (first === undefined || last === undefined) return []
  const months: string[] = []
  let [year = 0, month = 0] = first.split('-').map(Number)
  for (let name = first; name <= last; name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`) {
    months.push(name)
    month += 1
    if (month > 12) [year, month] = [year + 1, 1]
  }
  return months
}

/**
 * The time of the newest step in the log, each street's last one found by its position; where no incident has a step
 * (imported ones), the time of the last write to incidents. Null in an empty database.
 */
export async function newestStep(transaction: Transaction): Promise<string | null> {
  const [row] = await transaction<[{ at: string | null }]>`
    select coalesce(
      (select max(s.at) from log_head h join incident_step s using (street_code, position)),
      (select changed_at from collection_version where collection = 'incidents' and version > 1)
    ) as at`
  return row.at
}
