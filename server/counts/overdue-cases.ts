import type { Transaction } from '../store/connect.ts'
import { cellOfRow, channelOf, homeMonth, riskOf, statusOf, typeOf } from './cell.ts'
import { isOpen } from './incident-conditions.ts'
import { withoutTail, zeros } from './month-sums.ts'

/** The overdue cases of a street's month; at [code], as arrays of the database begin with 1. */
export type OverdueSums = {
  overdue: number
  overdueTypes: number[]
  overdueChannels: number[]
  overdueStatuses: number[]
  overdueRisks: number[]
}

export const noneOverdue: OverdueSums = {
  overdue: 0,
  overdueTypes: [],
  overdueChannels: [],
  overdueStatuses: [],
  overdueRisks: [],
}

/** Takes a street's overdue cases as of now for its own writer, and makes every other writer of the street wait. */
export async function openHorizon(transaction: Transaction, street: string): Promise<void> {
  await transaction`
    insert into overdue_horizon (street_code, at) values (${street}, now())
    on conflict (street_code) do update set at = excluded.at`
}

/** Brings a street's months up to its overdue cases at the horizon, after `openHorizon` and the last change to the months. */
export async function countOverdue(transaction: Transaction, street: string): Promise<void> {
  const found = (await recountOverdue(transaction, street)) ?? new Map<string, OverdueSums>()
  const kept = await readOverdue(transaction, street)
  const months = new Set([...found.keys(), ...kept.keys()])
  const changed = [...months].filter((month) => !isSame(found.get(month), kept.get(month)))
  await Promise.all(changed.map((month) => writeOverdue(transaction, street, month, found.get(month) ?? noneOverdue)))
}

/** Counts the overdue cases of every street anew. */
export async function countAllOverdue(transaction: Transaction): Promise<void> {
  const streets = await transaction<{ streetCode: string }[]>`
    select distinct street_code from incident_month order by 1`
  for (const { streetCode } of streets) {
    // In one order everywhere, so that two writers cannot deadlock.
    await openHorizon(transaction, streetCode)
    await countOverdue(transaction, streetCode)
  }
}

/**
 * What the rows themselves say of a street's overdue cases at its horizon, by month; months without any are absent. Null
 * for a street without a horizon, whose cases nobody has counted.
 */
export async function recountOverdue(
  transaction: Transaction,
  street: string,
): Promise<Map<string, OverdueSums> | null> {
  const [horizon] = await transaction`select from overdue_horizon where street_code = ${street}`
  if (horizon === undefined) return null
  const rows = await transaction<{ month: string; cell: number; count: number }[]>`
    select ${homeMonth(transaction, transaction`reported_at`)} as month, ${cellOfRow(transaction)} as cell,
      count(*) as count
    from incident where street_code = ${street} and ${isOpen(transaction)}
      and due_at < (select at from overdue_horizon where street_code = ${street})
    group by 1, 2`
  const months = Map.groupBy(rows, ({ month }) => month)
  return new Map([...months].map(([month, cells]) => [month, sumOverdue(cells)]))
}

/** What is kept of a street's overdue cases, by month; months without any are absent. */
export async function readOverdue(transaction: Transaction, street: string): Promise<Map<string, OverdueSums>> {
  const rows = await transaction<(OverdueSums & { month: string })[]>`
    select month, overdue, overdue_types, overdue_channels, overdue_statuses, overdue_risks
    from incident_month where street_code = ${street} and overdue > 0`
  return new Map(rows.map(({ month, ...sums }) => [month, sums]))
}

export function isSame(one: OverdueSums = noneOverdue, other: OverdueSums = noneOverdue): boolean {
  return Object.keys(noneOverdue).every(
    (name) => String(one[name as keyof OverdueSums]) === String(other[name as keyof OverdueSums]),
  )
}

function sumOverdue(cells: readonly { cell: number; count: number }[]): OverdueSums {
  const [types, channels, statuses, risks] = [zeros(64), zeros(64), zeros(128), zeros(8)]
  let overdue = 0
  for (const { cell, count } of cells) {
    overdue += count
    types[typeOf(cell)]! += count
    channels[channelOf(cell)]! += count
    statuses[statusOf(cell)]! += count
    risks[riskOf(cell)]! += count
  }
  return {
    overdue,
    overdueTypes: withoutTail(types),
    overdueChannels: withoutTail(channels),
    overdueStatuses: withoutTail(statuses),
    overdueRisks: withoutTail(risks),
  }
}

async function writeOverdue(transaction: Transaction, street: string, month: string, sums: OverdueSums): Promise<void> {
  const ints = (values: readonly number[]) => transaction`${`{${values.join(',')}}`}::text::integer[]`
  await transaction`
    update incident_month set overdue = ${sums.overdue}, overdue_types = ${ints(sums.overdueTypes)},
      overdue_channels = ${ints(sums.overdueChannels)}, overdue_statuses = ${ints(sums.overdueStatuses)},
      overdue_risks = ${ints(sums.overdueRisks)}
    where street_code = ${street} and month = ${month}`
}
