import type { Transaction } from '../store/connect.ts'
import { isCounted, isOpen } from './incident-conditions.ts'
import { cellOfRow, localMonth } from './layout.ts'
import { addCell, noSums, withoutTail } from './sums.ts'

/** The overdue incidents of a street's month, in all and by code and hour; trailing zeros left out. */
export type OverdueSums = { overdue: number; overdueSums: number[] }

const noneOverdue: OverdueSums = { overdue: 0, overdueSums: [] }

/** Counts a street's overdue incidents as of now for its own writer, and makes every other writer of the street wait. */
export async function openHorizon(transaction: Transaction, street: string): Promise<void> {
  await transaction`
    insert into overdue_horizon (street_code, at) values (${street}, now())
    on conflict (street_code) do update set at = excluded.at`
}

/** Brings a street's months up to its overdue incidents at the horizon, after `openHorizon` and the last change to the months. */
export async function countOverdue(transaction: Transaction, street: string): Promise<void> {
  const [counted, stored] = await Promise.all([recountOverdue(transaction, street), readOverdue(transaction, street)])
  const found = counted ?? new Map<string, OverdueSums>()
  const months = new Set([...found.keys(), ...stored.keys()])
  const changed = [...months].filter((month) => !isSame(found.get(month), stored.get(month)))
  await Promise.all(changed.map((month) => writeOverdue(transaction, street, month, found.get(month) ?? noneOverdue)))
}

/**
 * What the rows themselves say of a street's overdue incidents at its horizon, by month; months without any are absent.
 * Null for a street without a horizon, whose incidents nobody has counted.
 */
export async function recountOverdue(
  transaction: Transaction,
  street: string,
): Promise<Map<string, OverdueSums> | null> {
  const [[horizon], rows] = await Promise.all([
    transaction`select from overdue_horizon where street_code = ${street}`,
    transaction<{ month: string; cell: number; count: number }[]>`
      select ${localMonth(transaction, transaction`reported_at`)} as month, ${cellOfRow(transaction)} as cell,
        count(*) as count
      from incident where street_code = ${street} and ${isCounted(transaction)} and ${isOpen(transaction)}
        and due_at < (select at from overdue_horizon where street_code = ${street})
      group by 1, 2`,
  ])
  if (horizon === undefined) return null
  const months = new Map<string, OverdueSums>()
  for (const [month, cells] of Map.groupBy(rows, (row) => row.month)) {
    const counted = noSums()
    for (const { cell, count } of cells) addCell(counted, cell, count)
    months.set(month, { overdue: counted.total, overdueSums: withoutTail(counted.sums) })
  }
  return months
}

/** What is stored of a street's overdue incidents, by month; months without any are absent. */
export async function readOverdue(transaction: Transaction, street: string): Promise<Map<string, OverdueSums>> {
  const rows = await transaction<(OverdueSums & { month: string })[]>`
    select month, overdue, overdue_sums from incident_month where street_code = ${street} and overdue > 0`
  return new Map(rows.map(({ month, ...sums }) => [month, sums]))
}

export function isSame(one: OverdueSums = noneOverdue, other: OverdueSums = noneOverdue): boolean {
  return one.overdue === other.overdue && String(one.overdueSums) === String(other.overdueSums)
}

async function writeOverdue(transaction: Transaction, street: string, month: string, sums: OverdueSums): Promise<void> {
  await transaction`
    update incident_month set overdue = ${sums.overdue},
      overdue_sums = ${`{${sums.overdueSums.join(',')}}`}::text::integer[]
    where street_code = ${street} and month = ${month}`
}
