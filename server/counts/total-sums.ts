import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { channelOf, hourOf, numbersOf, riskOf, statusOf, typeOf } from './cell.ts'
import { isOpenCode, withoutTail, zeros, type Cells } from './month-sums.ts'

/** What a month's cases are cut by: `any` leaves them whole. */
const cutNames = ['any', 'type', 'channel', 'status', 'risk'] as const
export type CutName = (typeof cutNames)[number]

/** The ways in which cases are counted, at the code of each value. */
export const sumWays = ['types', 'channels', 'statuses', 'risks', 'hours'] as const
export type CutSums = { total: number; open: number } & Record<(typeof sumWays)[number], number[]>

/** Sums of all streets in a month at home (`YYYY-MM-DD`, its first day), of the cases with one value of a cut. */
export type TotalRow = { month: string; cut: CutName; value: number } & CutSums

/** Sums of all streets' cases, or by how much they have changed. */
export class TotalSums {
  /** By month, cut and the code of its value. */
  readonly #months = new Map<string, Record<CutName, CutSums[]>>()

  /** Adds a street's month, or takes it away with `sign` −1. */
  add(month: string, { cells, counts }: Cells, sign: 1 | -1 = 1): void {
    let cuts = this.#months.get(month)
    if (cuts === undefined) this.#months.set(month, (cuts = { any: [], type: [], channel: [], status: [], risk: [] }))
    for (const [i, cell] of cells.entries()) {
      const count = counts[i]! * sign
      addCell((cuts.any[0] ??= noSums()), cell, count)
      addCell((cuts.type[typeOf(cell)] ??= noSums()), cell, count)
      addCell((cuts.channel[channelOf(cell)] ??= noSums()), cell, count)
      addCell((cuts.status[statusOf(cell)] ??= noSums()), cell, count)
      addCell((cuts.risk[riskOf(cell)] ??= noSums()), cell, count)
    }
  }

  /** Those that are not zero in every way. */
  rows(): TotalRow[] {
    return [...this.#months].flatMap(([month, cuts]) =>
      cutNames.flatMap((cut) =>
        cuts[cut].flatMap((sums, value) => (isZero(sums) ? [] : [{ month, cut, value, ...sums }])),
      ),
    )
  }
}

function addCell(sums: CutSums, cell: number, count: number): void {
  sums.total += count
  if (isOpenCode[statusOf(cell)] === true) sums.open += count
  sums.types[typeOf(cell)]! += count
  sums.channels[channelOf(cell)]! += count
  sums.statuses[statusOf(cell)]! += count
  sums.risks[riskOf(cell)]! += count
  sums.hours[hourOf(cell)]! += count
}

/** A case that changed its type leaves sums that add up to nothing and are not. */
function isZero(sums: CutSums): boolean {
  return sums.total === 0 && sums.open === 0 && sumWays.every((way) => sums[way].every((count) => count === 0))
}

function noSums(): CutSums {
  return {
    total: 0,
    open: 0,
    types: zeros(64),
    channels: zeros(64),
    statuses: zeros(128),
    risks: zeros(8),
    hours: zeros(24),
  }
}

/** Brings what is kept up to a change. Every writer comes with its rows in one order, so that two cannot deadlock. */
export async function changeTotals(transaction: Transaction, changes: TotalSums): Promise<void> {
  const rows = changes.rows()
  if (rows.length === 0) return
  const texts = (way: (typeof sumWays)[number]) => rows.map((row) => `{${withoutTail(row[way]).join(',')}}`)
  const added = (way: (typeof sumWays)[number]) => transaction`array(
    select coalesce(kept, 0) + coalesce(change, 0)
    from unnest(incident_total.${transaction(way)}, excluded.${transaction(way)}) with ordinality as p (kept, change, at)
    order by at)`
  await transaction`
    insert into incident_total (month, cut, value, total, open, types, channels, statuses, risks, hours)
    select month, cut, value, total, open, types::integer[], channels::integer[], statuses::integer[],
      risks::integer[], hours::integer[]
    from unnest(${rows.map(({ month }) => month)}::text[]::date[], ${rows.map(({ cut }) => cut)}::text[],
      ${rows.map(({ value }) => value)}::integer[], ${rows.map(({ total }) => total)}::integer[],
      ${rows.map(({ open }) => open)}::integer[], ${texts('types')}::text[], ${texts('channels')}::text[],
      ${texts('statuses')}::text[], ${texts('risks')}::text[], ${texts('hours')}::text[])
      as n (month, cut, value, total, open, types, channels, statuses, risks, hours)
    order by month, cut, value
    on conflict (cut, value, month) do update set
      total = incident_total.total + excluded.total, open = incident_total.open + excluded.open,
      types = ${added('types')}, channels = ${added('channels')}, statuses = ${added('statuses')},
      risks = ${added('risks')}, hours = ${added('hours')}`
  await transaction`
    delete from incident_total where total = 0 and month = any(${rows.map(({ month }) => month)}::text[]::date[])`
}

/** What is kept, of the rows that meet the conditions. */
export async function readTotals(transaction: Transaction, conditions: Fragment): Promise<TotalRow[]> {
  type Texts = Omit<TotalRow, (typeof sumWays)[number]> & Record<(typeof sumWays)[number], string>
  const rows = await transaction<Texts[]>`
    select month, cut, value, total, open, array_to_string(types, ',') as types,
      array_to_string(channels, ',') as channels, array_to_string(statuses, ',') as statuses,
      array_to_string(risks, ',') as risks, array_to_string(hours, ',') as hours
    from incident_total where ${conditions}`
  return rows.map((row) => ({
    ...row,
    types: numbersOf(row.types),
    channels: numbersOf(row.channels),
    statuses: numbersOf(row.statuses),
    risks: numbersOf(row.risks),
    hours: numbersOf(row.hours),
  }))
}

/** Makes all totals anew from the kept months of the streets. */
export async function sumTotals(transaction: Transaction): Promise<void> {
  await transaction`delete from incident_total`
  const totals = new TotalSums()
  const months = transaction<{ month: string; cells: string; counts: string }[]>`
    select month, array_to_string(cells, ',') as cells, array_to_string(counts, ',') as counts
    from incident_month`.cursor(100)
  for await (const fetched of months)
    for (const { month, cells, counts } of fetched)
      totals.add(month, { cells: numbersOf(cells), counts: numbersOf(counts) })
  await changeTotals(transaction, totals)
}
