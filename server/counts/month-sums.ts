import { openStatuses } from '@minqing/data/domain/incident-status'
import { channelOf, riskOf, statusCode, statusOf, typeOf } from './cell.ts'

/** Cells with how many cases are so, in the same order. */
export type Cells = { cells: readonly number[]; counts: readonly number[] }

/** The sums that stand beside the cells of a street's month; at [code], as arrays of the database begin with 1. */
export type MonthSums = {
  total: number
  open: number
  types: number[]
  channels: number[]
  statuses: number[]
  risks: number[]
  openTypes: number[]
  openChannels: number[]
  openRisks: number[]
}

export const isOpenCode: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  openStatuses.some((status) => statusCode(status) === code),
)

export function sumMonth({ cells, counts }: Cells): MonthSums {
  const sums = { types: zeros(64), channels: zeros(64), statuses: zeros(128), risks: zeros(8) }
  const opens = { types: zeros(64), channels: zeros(64), risks: zeros(8) }
  let [total, open] = [0, 0]
  for (const [i, cell] of cells.entries()) {
    const count = counts[i]!
    const status = statusOf(cell)
    total += count
    sums.types[typeOf(cell)]! += count
    sums.channels[channelOf(cell)]! += count
    sums.statuses[status]! += count
    sums.risks[riskOf(cell)]! += count
    if (isOpenCode[status] !== true) continue
    open += count
    opens.types[typeOf(cell)]! += count
    opens.channels[channelOf(cell)]! += count
    opens.risks[riskOf(cell)]! += count
  }
  return {
    total,
    open,
    types: withoutTail(sums.types),
    channels: withoutTail(sums.channels),
    statuses: withoutTail(sums.statuses),
    risks: withoutTail(sums.risks),
    openTypes: withoutTail(opens.types),
    openChannels: withoutTail(opens.channels),
    openRisks: withoutTail(opens.risks),
  }
}

export function zeros(length: number): number[] {
  return Array.from({ length }, () => 0)
}

export function withoutTail(values: readonly number[]): number[] {
  return values.slice(0, values.findLastIndex((value) => value !== 0) + 1)
}
