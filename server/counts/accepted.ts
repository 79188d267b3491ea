import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { channelCode, channelOf, dayOf, riskCode, riskOf, statusCode, statusOf, typeCode, typeOf } from './cell.ts'
import type { MonthCells } from './month-cells.ts'

/** At each code, whether a filter holds it. */
export type Accepted = Record<'types' | 'channels' | 'statuses' | 'risks', Uint8Array>

export function acceptedBy({ type, channel, status, risk }: IncidentFilter): Accepted {
  return {
    types: oneOf(type?.map(typeCode)),
    channels: oneOf(channel?.map(channelCode)),
    statuses: oneOf(status?.map(statusCode)),
    risks: oneOf(risk?.map(riskCode)),
  }
}

function oneOf(codes: readonly number[] = []): Uint8Array {
  const among = new Uint8Array(128).fill(codes.length === 0 ? 1 : 0)
  for (const code of codes) among[code] = 1
  return among
}

/** How many of a month's cases are accepted, in the places from `start` to `end` and the days [from, to). */
export function countAccepted(
  held: MonthCells,
  { types, channels, statuses, risks }: Accepted,
  [start, end]: [number, number],
  [from, to]: [number, number],
): number {
  let total = 0
  for (let i = start; i < end; i++) {
    const cell = held.cells[i]!
    if (dayOf(cell) < from || dayOf(cell) >= to) continue
    const isAccepted =
      types[typeOf(cell)]! & channels[channelOf(cell)]! & statuses[statusOf(cell)]! & risks[riskOf(cell)]!
    if (isAccepted === 1) total += held.counts[i]!
  }
  return total
}
