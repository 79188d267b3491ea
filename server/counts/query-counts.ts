import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { type FacetName, facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { allOf, type Fragment, listed } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { isWhole, type Scope } from '../store/scope.ts'
import type { CellCache, CountSource } from './cell-cache.ts'
import { countedIncidents, isOpen, isOverdue } from './incident-conditions.ts'
import { incidentsAsOf } from './incidents-as-of.ts'
import { codePositions, sumOffsets } from './layout.ts'
import { cutMonths, daysWithin, type Days, fullMonths, isOfMonths, localWindow, touchedMonths } from './local-window.ts'
import { type AreaCounts, type AreaDigits, IncidentCounts, type RowTexts } from './incident-counts.ts'
import { readTotals } from './totals.ts'

/** What is asked of the stored counts. */
export type CountQuestion = {
  filter: IncidentFilter
  /** The time at which incidents are overdue. Without it none is counted as overdue. */
  now?: Date
  /** By which areas incidents are counted; by none without it. */
  areas?: AreaDigits | undefined
  /** Whether incidents are counted by facets and hours, too. */
  byFacet?: boolean
  /** The instant as of whose knowledge incidents are counted, in one street; without it as they stand. */
  asOf?: Date | undefined
}

/**
 * How many incidents a filter counts, in all, by area, month, facet and hour. The one way to it for summaries, density,
 * exports and collections; drafts and void incidents are never among them.
 *
 * Over all streets, restricted by one facet or none, the answer comes from sums, so that it takes as long for ten
 * million incidents as for one; else from the cells of the streets' months. What a period has besides whole days is
 * counted from the rows, and so is everything for whoever may see only a part of a street, and as of an instant. What no
 * one stores (closing times, periods to the minute, several facets jointly) is counted by `countRows`.
 */
export async function queryCounts(
  transaction: Transaction,
  question: CountQuestion,
  { scope, cells }: CountSource,
): Promise<IncidentCounts> {
  const { filter, now, areas, asOf } = question
  const counts = new IncidentCounts(question)
  if (asOf !== undefined || !seesStreets(scope)) {
    const asked = seesStreets(scope) ? [filter.area] : sharedAreas(scope, filter.area)
    for (const area of asked) await addRows(transaction, { ...filter, area }, counts, now, asOf)
    return counts
  }
  const { days, rests } = await localWindow(transaction, filter)
  for (const rest of rests) await addRows(transaction, { ...filter, ...rest }, counts)
  const only = onlyRestriction(filter)
  const byStreetAtMost = areas === undefined || areas === codeLength.street
  const fromSums =
    only !== undefined && byStreetAtMost && isWhole(scope) && (await isEverything(transaction, filter.area))
  const fromSumsAlone = fromSums && days !== null && rests.length === 0 && isOfMonths(days)
  if (fromSums && days !== null) {
    await addTotals(transaction, fullMonths(transaction, days), only, counts)
    await addStreets(transaction, fullMonths(transaction, days), only, fromSumsAlone && now !== undefined, counts)
  }
  if (now !== undefined && fromSumsAlone) await addOverdueSince(transaction, filter, now, counts)
  else await addOverdue(transaction, question, counts)
  if (days === null || fromSumsAlone) return counts
  const months = fromSums ? cutMonths(transaction, days) : touchedMonths(transaction, days)
  await addCells(transaction, cells, allOf(transaction, [months, inStreets(transaction, filter.area)]), days, counts)
  return counts
}

/**
 * How many incidents there are in all, or in whole streets, as fast for ten million as for none. Undefined for a filter
 * that the totals of streets do not answer.
 */
export async function storedTotal(
  transaction: Transaction,
  { area, ...more }: IncidentFilter,
  scope: Scope,
): Promise<number | undefined> {
  const isOfStreets = area === undefined || area.length <= codeLength.street
  if (!seesStreets(scope) || !isOfStreets || Object.values(more).some((value) => value !== undefined)) return undefined
  const [row] = await transaction<[{ total: number }]>`
    select coalesce(sum(total), 0)::bigint as total from incident_month
    where ${allOf(transaction, [inStreets(transaction, area)])}`
  return row.total
}

/** Whether a scope shows all of a street or none of it, as counts are stored. */
export function seesStreets({ areas }: Scope): boolean {
  return areas.every((area) => area === 'all' || area.length <= codeLength.street)
}

/** What a scope and an area have in common, as areas of which none lies below another. */
function sharedAreas({ areas }: Scope, asked = ''): string[] {
  return areas.flatMap((area) => (area.startsWith(asked) ? [area] : asked.startsWith(area) ? [asked] : []))
}

/** The streets above, at or below an area, as a condition on rows that are stored by street; undefined for all. */
function inStreets(transaction: Transaction, area = ''): Fragment | undefined {
  if (area === '') return undefined
  return area.length < codeLength.street
    ? transaction`starts_with(street_code, ${area})`
    : transaction`street_code = ${streetOf(area)}`
}

/** Whether no street lies outside an area. */
async function isEverything(transaction: Transaction, area = ''): Promise<boolean> {
  if (area === '') return true
  if (area.length >= codeLength.street) return false
  const [row] = await transaction<[{ others: boolean }]>`
    select exists (select 1 from incident_month where not starts_with(street_code, ${area})) as others`
  return !row.others
}

type Restriction = { facet: FacetName | 'any'; positions: readonly number[] }

/** What the filter restricts besides area and time: one facet, nothing (`any`), or undefined for several. */
function onlyRestriction(filter: IncidentFilter): Restriction | undefined {
  const restricted = facetNames.filter((name) => (filter[name] ?? []).length > 0)
  const [facet] = restricted
  if (facet === undefined) return { facet: 'any', positions: [0] }
  return restricted.length > 1 ? undefined : { facet, positions: codePositions(facet, filter[facet]) }
}

/** Cells to add before other requests are let in: some milliseconds of computing. */
const cellsAtOnce = 500_000

/** Adds the cells of the months that meet the conditions, and lets other requests be answered meanwhile. */
async function addCells(
  transaction: Transaction,
  cache: CellCache,
  conditions: Fragment,
  days: Days,
  counts: IncidentCounts,
): Promise<void> {
  let added = 0
  for (const held of await cache.read(transaction, conditions)) {
    counts.addMonth(held, ...daysWithin(held.month, days))
    added += held.lower.length
    if (added < cellsAtOnce) continue
    added = 0
    await yieldToOthers()
  }
}

async function addTotals(
  transaction: Transaction,
  months: Fragment,
  { facet, positions }: Restriction,
  counts: IncidentCounts,
): Promise<void> {
  const wanted = transaction`facet = ${facet} and position = any(${[...positions]}::integer[])`
  for (const row of await readTotals(transaction, allOf(transaction, [wanted, months]))) counts.addSums(row.month, row)
}

/** @param withOverdue whether what was overdue at each street's horizon is added with the rest. */
async function addStreets(
  transaction: Transaction,
  months: Fragment,
  restriction: Restriction,
  withOverdue: boolean,
  counts: IncidentCounts,
): Promise<void> {
  const { total, open, overdue } = monthColumns(restriction)
  const sum = (part: string) => transaction`sum(${transaction.unsafe(part)})`
  const rows = await transaction<({ streetCode: string } & AreaCounts)[]>`
    select street_code, ${sum(total)} as total, ${sum(open)} as open, ${sum(withOverdue ? overdue : '0')} as overdue
    from incident_month where ${months} group by street_code having ${sum(total)} > 0`
  for (const { streetCode, ...own } of rows) counts.addArea(streetCode, own)
}

/** What a month has of the incidents with some codes of a facet, as SQL. */
function monthColumns({ facet, positions }: Restriction): AreaCounts<string> {
  if (facet === 'any') return { total: 'total', open: 'open', overdue: 'overdue' }
  const at = (column: string, wanted = positions) =>
    // Arrays of PostgreSQL begin with 1.
    ['0', ...wanted.map((position) => `coalesce(${column}[${sumOffsets[facet] + position + 1}], 0)`)].join(' + ')
  return { total: at('sums'), open: at('open_sums'), overdue: at('overdue_sums') }
}

/** Adds the rows themselves, or as they were known; those that are overdue at `now`, too, where it is given. */
async function addRows(
  transaction: Transaction,
  filter: IncidentFilter,
  counts: IncidentCounts,
  now?: Date,
  asOf?: Date,
): Promise<void> {
  // There is no index of times alone: the list of streets lets the database look up a short period in each of them.
  const spansStreets = (filter.area ?? '').length < codeLength.street
  const source = spansStreets ? transaction`incident join overdue_horizon using (street_code)` : transaction`incident`
  const facets = facetNames.map((name) => {
    const column = transaction(facetOf(name).column)
    return transaction`string_agg(${column}, ',') as ${transaction(name)}`
  })
  const overdue = now === undefined ? transaction`false` : isOverdue(transaction, now)
  // One row for all of a street's, a text for each column: nothing else is as fast to send and to read.
  const streets = await transaction<RowTexts[]>`
    ${incidentsAsOf(transaction, filter, asOf)}
    select string_agg(coalesce(grid_code, community_code, street_code), ',') as places,
      string_agg((extract(epoch from reported_at at time zone ${homeTimeZone})::bigint / 3600)::text, ',') as hours,
      string_agg(case when ${overdue} then '1' else '0' end, ',') as overdue, ${listed(transaction, facets)}
    from ${source} where ${countedIncidents(transaction, filter)} group by street_code`
  for (const columns of streets) counts.addRows(columns)
}

/** Adds the overdue incidents of the filter at `now`, from the rows. */
async function addOverdue(
  transaction: Transaction,
  { filter, now, areas }: CountQuestion,
  counts: IncidentCounts,
): Promise<void> {
  if (now === undefined) return
  const digits = areas ?? codeLength.grid
  const rows = await transaction<{ place: string; overdue: number }[]>`
    select left(coalesce(grid_code, community_code, street_code), ${digits}) as place, count(*) as overdue
    from incident
    where ${isOverdue(transaction, now)} and ${countedIncidents(transaction, filter)} group by 1`
  for (const { place, overdue } of rows) counts.addArea(place, { total: 0, open: 0, overdue })
}

/** Adds what became overdue between each street's horizon and `now`, or takes away what was not yet overdue then. */
async function addOverdueSince(
  transaction: Transaction,
  filter: IncidentFilter,
  now: Date,
  counts: IncidentCounts,
): Promise<void> {
  const rows = await transaction<{ streetCode: string; overdue: number }[]>`
    select street_code, sum(case when due_at < ${now} then 1 else -1 end) as overdue
    from incident join overdue_horizon using (street_code)
    where ${isOpen(transaction)} and due_at >= least(at, ${now}) and due_at < greatest(at, ${now})
      and ${countedIncidents(transaction, filter)}
    group by street_code`
  for (const { streetCode, overdue } of rows) counts.addArea(streetCode, { total: 0, open: 0, overdue })
}
