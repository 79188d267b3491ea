import { setImmediate as others } from 'node:timers/promises'
import { codeLength } from '@minqing/data/domain/area-code'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { cellOfRow, channelCode, homeMonth, numbersOf, riskCode, statusCode, typeCode } from '../counts/cell.ts'
import { isOpenCode } from '../counts/month-sums.ts'
import { streetsOf } from '../counts/streets-of.ts'
import type { CellCache, CountSource } from '../counts/cell-cache.ts'
import { type MonthCells, monthCells } from '../counts/month-cells.ts'
import { type CutName, readTotals } from '../counts/total-sums.ts'
import { countedIncidents } from '../counts/incident-conditions.ts'
import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { homeWindow } from './home-window.ts'
import { cutMonths, type Days, daysWithin, isOfMonths, touchedMonths, wholeMonths } from './months-of.ts'
import { addOverdue, addOverdueSince } from './add-overdue.ts'
import { type PlaceCount, Tally } from './tally.ts'

/**
 * Counts what the filter holds from the counts that writers keep: over all streets, by one thing or none, from their
 * sums, so that the answer takes as long for ten million cases as for one; else from the cells of the streets' months.
 * What a window has beside whole days is counted from the rows, and so is everything for whoever may see only a part of
 * a street.
 */
export async function tallyCounts(
  transaction: Transaction,
  filter: IncidentFilter,
  now: Date,
  { scope, cells }: CountSource,
): Promise<Tally> {
  const tally = new Tally(filter)
  const add: AddMonth = (held, from, to) => tally.addMonth(held, from, to)
  if (scope.area !== 'all' && scope.area.length > codeLength.street) {
    const own = scope.area.startsWith(filter.area ?? '') ? { ...filter, area: scope.area } : filter
    await Promise.all([addRows(transaction, own, add), addOverdue(transaction, own, now, tally)])
    return tally
  }
  const { days, rests } = await homeWindow(transaction, filter)
  for (const rest of rests) await addRows(transaction, { ...filter, ...rest }, add)
  const cut = onlyCut(filter)
  const isWide = cut !== undefined && scope.area === 'all' && (await holdsAll(transaction, filter.area))
  const isKept = isWide && days !== null && rests.length === 0 && isOfMonths(days)
  if (isWide && days !== null) {
    await addTotals(transaction, wholeMonths(transaction, days), cut, tally)
    await addStreets(transaction, wholeMonths(transaction, days), cut, isKept, tally)
  }
  if (isKept) await addOverdueSince(transaction, filter, now, tally)
  else await addOverdue(transaction, filter, now, tally)
  if (days === null || isKept) return tally
  const within = isWide ? cutMonths(transaction, days) : touchedMonths(transaction, days)
  await addCells(transaction, cells, allOf(transaction, [within, streetsOf(transaction, filter.area)]), days, add)
  return tally
}

/** Cells to add before others are let in: some milliseconds of computing. */
const atOnce = 500_000

type Cut = { name: CutName; codes: readonly number[] }

/** What the filter restricts besides area and time: one thing, nothing (`any`), or undefined for several. */
export function onlyCut({ type, channel, status, risk }: IncidentFilter): Cut | undefined {
  const cuts: Cut[] = [
    { name: 'type' as const, codes: type?.map(typeCode) ?? [] },
    { name: 'channel' as const, codes: channel?.map(channelCode) ?? [] },
    { name: 'status' as const, codes: status?.map(statusCode) ?? [] },
    { name: 'risk' as const, codes: risk?.map(riskCode) ?? [] },
  ].filter(({ codes }) => codes.length > 0)
  return cuts.length > 1 ? undefined : (cuts[0] ?? { name: 'any', codes: [0] })
}

function spansStreets({ area = '' }: IncidentFilter): boolean {
  return area.length < codeLength.street
}

/** Whether an area is all there is. */
async function holdsAll(transaction: Transaction, area = ''): Promise<boolean> {
  if (area === '') return true
  if (!spansStreets({ area })) return false
  const [row] = await transaction<[{ others: boolean }]>`
    select exists (select 1 from incident_month where not starts_with(street_code, ${area})) as others`
  return !row.others
}

/** Takes a street's month, of which the days [from, to) are meant. */
type AddMonth = (held: MonthCells, from: number, to: number) => void

/** Adds the cells of the months that meet the conditions, and lets others be answered meanwhile. */
export async function addCells(
  transaction: Transaction,
  cache: CellCache,
  conditions: Fragment,
  days: Days,
  add: AddMonth,
): Promise<void> {
  let added = 0
  for (const held of await cache.read(transaction, conditions)) {
    add(held, ...daysWithin(held.month, days))
    added += held.cells.length
    if (added < atOnce) continue
    added = 0
    await others()
  }
}

async function addTotals(transaction: Transaction, months: Fragment, { name, codes }: Cut, tally: Tally) {
  const cut = transaction`cut = ${name} and value = any(${[...codes]}::integer[])`
  for (const row of await readTotals(transaction, allOf(transaction, [cut, months]))) tally.addSums(row.month, row)
}

/** @param withOverdue whether what was overdue at each street's horizon is added with the rest. */
async function addStreets(
  transaction: Transaction,
  months: Fragment,
  cut: Cut,
  withOverdue: boolean,
  tally: Tally,
): Promise<void> {
  const { total, open, overdue } = partsOf(cut)
  const sum = (part: string) => transaction`sum(${transaction.unsafe(part)})`
  const rows = await transaction<({ streetCode: string } & PlaceCount)[]>`
    select street_code, ${sum(total)} as total, ${sum(open)} as open, ${sum(withOverdue ? overdue : '0')} as overdue
    from incident_month where ${months} group by street_code having ${sum(total)} > 0`
  for (const { streetCode, ...counts } of rows) tally.addPlace(streetCode, counts)
}

/** The columns of a month that a cut adds up. */
function partsOf({ name, codes }: Cut): Record<keyof PlaceCount, string> {
  const at = (column: string, wanted = codes) =>
    ['0', ...wanted.map((code) => `coalesce(${column}[${code + 1}], 0)`)].join(' + ')
  switch (name) {
    case 'any':
      return { total: 'total', open: 'open', overdue: 'overdue' }
    case 'type':
      return { total: at('types'), open: at('open_types'), overdue: at('overdue_types') }
    case 'channel':
      return { total: at('channels'), open: at('open_channels'), overdue: at('overdue_channels') }
    case 'status':
      return {
        total: at('statuses'),
        open: at(
          'statuses',
          codes.filter((code) => isOpenCode[code]),
        ),
        overdue: at('overdue_statuses'),
      }
    case 'risk':
      return { total: at('risks'), open: at('open_risks'), overdue: at('overdue_risks') }
  }
}

/** The same from the rows themselves. */
export async function addRows(transaction: Transaction, filter: IncidentFilter, add: AddMonth): Promise<void> {
  // There is no index of moments alone: the list of streets lets the database look up a short window in each of them.
  const source = spansStreets(filter)
    ? transaction`incident join overdue_horizon using (street_code)`
    : transaction`incident`
  const rows = await transaction<{ streetCode: string; month: string; cells: string; counts: string }[]>`
    select street_code, month, string_agg(cell::text, ',' order by cell) as cells, string_agg(count::text, ',' order by cell) as counts
    from (
      select street_code, ${homeMonth(transaction, transaction`reported_at`)} as month, ${cellOfRow(transaction)} as cell,
        count(*) as count
      from ${source}
      where ${countedIncidents(transaction, filter)} group by 1, 2, 3
    ) c
    group by 1, 2`
  for (const { streetCode, month, cells, counts } of rows)
    add(monthCells(streetCode, month, { cells: numbersOf(cells), counts: numbersOf(counts) }), 1, 32)
}
