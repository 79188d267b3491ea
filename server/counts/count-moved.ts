import type { Transaction } from '../store/connect.ts'
import { type CellTexts, parseCells } from './cells.ts'
import { countIncidents, writeMonth } from './count-incidents.ts'
import { isCounted } from './incident-conditions.ts'
import { cellOfRow, localMonth, placeOfRow } from './layout.ts'
import { type CellOfPlace, moveCell } from './move-cell.ts'
import { countOverdue, openHorizon } from './overdue.ts'
import { changeTotals, TotalSums } from './totals.ts'

/** Where an incident is counted. */
type Counted = CellOfPlace & { month: string; reportedAt: string }
type StoredMonth = CellTexts & { firstReported: string | null; lastReported: string | null }

/** Where an incident is counted as its row is now; undefined for a draft or a void one. */
export async function findCounted(
  transaction: Transaction,
  street: string,
  number: string,
): Promise<Counted | undefined> {
  const [found] = await transaction<Counted[]>`
    select ${localMonth(transaction, transaction`reported_at`)} as month, ${placeOfRow(transaction)} as place,
      ${cellOfRow(transaction)} as cell, reported_at
    from incident where street_code = ${street} and number = ${number} and ${isCounted(transaction)}`
  return found
}

/**
 * As `countIncidents`, for one incident that is new or whose facets, grid or due time changed: what its month has besides
 * is not counted again, so that a change costs the same however many that are.
 *
 * @param before of `findCounted` in this transaction, before the change and with the incident's row locked; undefined for
 *   a new one.
 * @param after of the same, after it.
 */
export async function countMoved(
  transaction: Transaction,
  street: string,
  number: string,
  before: Counted | undefined,
  after: Counted | undefined,
): Promise<void> {
  if (before === undefined && after === undefined) return
  const isWithinMonth = after !== undefined && (before === undefined || before.month === after.month)
  const isMoved = isWithinMonth && (await moveInMonth(transaction, street, before, after))
  if (!isMoved)
    await countIncidents(
      transaction,
      transaction`select street_code, reported_at from incident where street_code = ${street} and number = ${number}`,
    )
}

/** False where the stored month does not have the incident. What does not wait for an answer is sent at once. */
async function moveInMonth(
  transaction: Transaction,
  street: string,
  from: Counted | undefined,
  to: Counted,
): Promise<boolean> {
  const { month, reportedAt } = to
  const opened = openHorizon(transaction, street)
  if (from?.place === to.place && from.cell === to.cell) {
    await Promise.all([opened, countOverdue(transaction, street)])
    return true
  }
  const [, [stored]] = await Promise.all([
    opened,
    transaction<StoredMonth[]>`
      select array_to_string(places, ',') as places, array_to_string(sizes, ',') as sizes,
        array_to_string(cells, ',') as cells, array_to_string(counts, ',') as counts, first_reported, last_reported
      from incident_month where street_code = ${street} and month = ${month} for update`,
  ])
  if (stored === undefined) return false
  const moved = moveCell(parseCells(stored), from, to)
  if (moved === undefined) return false
  // Of the same form, in UTC: their order is that of the instants.
  const [firstReported = reportedAt] = [stored.firstReported ?? reportedAt, reportedAt].toSorted()
  const [lastReported = reportedAt] = [stored.lastReported ?? reportedAt, reportedAt].toSorted().toReversed()
  const totals = new TotalSums()
  if (from !== undefined) totals.add(month, { cells: [from.cell], counts: [1] }, -1)
  totals.add(month, { cells: [to.cell], counts: [1] })
  await Promise.all([
    writeMonth(transaction, { streetCode: street, month, firstReported, lastReported, ...moved }),
    changeTotals(transaction, totals),
    countOverdue(transaction, street),
  ])
  return true
}
