import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { type CellTexts, groupCells, parseCells, type PlacedCells } from './cells.ts'
import { isCounted } from './incident-conditions.ts'
import { cellOfRow, countLayout, localMonth, parseNumbers, placeOfRow } from './layout.ts'
import { countOverdue, openHorizon } from './overdue.ts'
import { sumMonth } from './sums.ts'
import { changeTotals, TotalSums } from './totals.ts'

/** A street's month, its first local day as `YYYY-MM-DD`. */
export type StreetMonth = { streetCode: string; month: string }
export type CountedMonth = StreetMonth & PlacedCells & { firstReported: string | null; lastReported: string | null }

/** What is counted at once: as many cells come into memory as incidents differ, of which an import has millions. */
const maxRoundMonths = 120
const maxRoundIncidents = 50_000

/**
 * Brings the counts up to what this transaction has made of the incidents. Every transaction that inserts, changes or
 * deletes incidents calls it once, after the last change and before `touch`.
 *
 * @param changed a query of `street_code, reported_at` of every incident that was inserted or deleted, or whose grid, facets,
 *   due time or time of report changed; when the last changed, of the old and the new one.
 */
export async function countIncidents(transaction: Transaction, changed: Fragment): Promise<void> {
  const months = await transaction<(StreetMonth & { incidents: number })[]>`
    select street_code, month, c.incidents + coalesce(m.total, 0) as incidents from (
      select street_code, ${localMonth(transaction, transaction`reported_at`)} as month, count(*) as incidents
      from (${changed}) c group by 1, 2
    ) c left join incident_month m using (street_code, month)
    order by 1, 2`
  const totals = new TotalSums()
  for (const [street, rounds] of Map.groupBy(roundsOf(months), (round) => round.street))
    // In one order everywhere, so that two writers cannot deadlock.
    await countStreet(transaction, street, rounds, totals)
  await changeTotals(transaction, totals)
}

async function countStreet(
  transaction: Transaction,
  street: string,
  rounds: readonly Round[],
  totals: TotalSums,
): Promise<void> {
  await openHorizon(transaction, street)
  for (const round of rounds)
    // One round's cells in memory at a time.
    await countRound(transaction, round, totals)
  await countOverdue(transaction, street)
}

/** Some months of one street. */
export type Round = { street: string; months: string[] }

/**
 * The same months street by street, as many at once as memory should hold: one statement cannot lock rows of several
 * streets where those lie on several machines.
 */
export function roundsOf(months: readonly (StreetMonth & { incidents?: number })[]): Round[] {
  const rounds: Round[] = []
  let held = 0
  for (const { streetCode, month, incidents = 0 } of months) {
    const round = rounds.at(-1)
    if (round?.street === streetCode && round.months.length < maxRoundMonths && held + incidents <= maxRoundIncidents) {
      round.months.push(month)
      held += incidents
    } else {
      rounds.push({ street: streetCode, months: [month] })
      held = incidents
    }
  }
  return rounds
}

async function countRound(transaction: Transaction, { street, months }: Round, totals: TotalSums): Promise<void> {
  const days = transaction`${[...months]}::text[]::date[]`
  await transaction`
    insert into incident_month (street_code, month) select ${street}, month from unnest(${days}) as k (month)
    on conflict (street_code, month) do nothing`
  // Locked by a statement before the one that counts: whoever held the row has then committed, and is counted.
  const before = await transaction<{ month: string; cells: string; counts: string }[]>`
    select month, array_to_string(cells, ',') as cells, array_to_string(counts, ',') as counts
    from incident_month where street_code = ${street} and month = any(${days}) order by month for update`
  const now = await recount(transaction, { street, months })
  for (const row of before)
    totals.add(row.month, { cells: parseNumbers(row.cells), counts: parseNumbers(row.counts) }, -1)
  for (const row of now) totals.add(row.month, row)
  await Promise.all(now.map((row) => writeMonth(transaction, row)))
  const left = new Set(now.map(({ month }) => month))
  const empty = months.filter((month) => !left.has(month))
  if (empty.length > 0)
    await transaction`
      delete from incident_month where street_code = ${street} and month = any(${empty}::text[]::date[])`
}

/** What the rows themselves say of some months, through index incident_reported; months without incidents are absent. */
export async function recount(transaction: Transaction, { street, months }: Round): Promise<CountedMonth[]> {
  const counted = transaction`
    select ${street} as street_code, k.month, i.place, i.cell, i.reported_at
    from unnest(${[...months]}::text[]::date[]) as k (month) cross join lateral (
      select reported_at, ${placeOfRow(transaction)} as place, ${cellOfRow(transaction)} as cell from incident
      where street_code = ${street} and ${isCounted(transaction)}
        and reported_at >= k.month::timestamp at time zone ${homeTimeZone}
        and reported_at < (k.month + interval '1 month') at time zone ${homeTimeZone}
      offset 0
    ) i`
  const rows = await transaction<(Omit<CountedMonth, keyof PlacedCells> & CellTexts)[]>`
    ${groupCells(transaction, counted)}`
  return rows.map((row) => ({ ...row, ...parseCells(row) }))
}

/** Stores a month's cells, and the sums that follow from them. */
export async function writeMonth(transaction: Transaction, month: CountedMonth): Promise<void> {
  const sums = sumMonth(month)
  const array = (values: readonly number[]) => `{${values.join(',')}}`
  await transaction`
    update incident_month
    set total = ${sums.total}, open = ${sums.open}, sums = ${array(sums.sums)}::text::integer[],
      open_sums = ${array(sums.openSums)}::text::integer[],
      first_reported = ${month.firstReported}, last_reported = ${month.lastReported}, counted_at = clock_timestamp(),
      places = ${array(month.places)}::text::integer[], sizes = ${array(month.sizes)}::text::integer[],
      cells = ${array(month.cells)}::text::bigint[], counts = ${array(month.counts)}::text::integer[]
    where street_code = ${month.streetCode} and month = ${month.month}`
}

/** Counts everything again from the rows, in the transaction. */
export async function recountAll(transaction: Transaction): Promise<void> {
  await transaction`set local statement_timeout = 0`
  // Nobody writes counts meanwhile.
  await transaction`lock table incident_month, incident_total in exclusive mode`
  await transaction`delete from incident_total`
  const rows = await transaction<{ streetCode: string }[]>`select distinct street_code from incident_month`
  const streets = rows.map(({ streetCode }) => streetCode)
  await transaction`delete from incident_month where street_code = any(${streets}::text[])`
  await transaction`delete from overdue_horizon where street_code = any(${streets}::text[])`
  await countIncidents(transaction, transaction`select street_code, reported_at from incident`)
}

/** Counts everything again where the stored counts are of another layout than this program's. Whether they were. */
export async function ensureCounts(transaction: Transaction): Promise<boolean> {
  const [stored] = await transaction<{ layout: string }[]>`select layout from count_layout`
  if (stored?.layout === countLayout) return false
  await recountAll(transaction)
  await transaction`delete from count_layout`
  await transaction`insert into count_layout (layout) values (${countLayout})`
  return true
}
