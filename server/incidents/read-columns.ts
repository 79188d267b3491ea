import { columnCodes, noPosition } from '@minqing/data/domain/incident-columns'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Transaction } from '../store/connect.ts'
import { readAhead } from '../store/read-ahead.ts'
import { incidentConditions } from './incident-conditions.ts'

const numeric = ['x', 'y', 'reported', 'due', 'type', 'channel', 'status', 'risk'] as const

/** The filter's incidents as arrays, oldest report first: what becomes the columns of an Arrow stream. */
export type IncidentArrays = {
  x: Int32Array
  y: Int32Array
  reported: Uint32Array
  due: Uint32Array
  type: Uint8Array
  channel: Uint8Array
  status: Uint8Array
  risk: Uint8Array
  grid: string[]
  street: string[]
  number: string[]
}

const rowsPerFetch = 20_000

/** Reads the columns of every incident that the filter holds; degrees × 1e7, seconds since 1970, indices of codes. */
export async function readColumns(transaction: Transaction, filter: IncidentFilter): Promise<IncidentArrays> {
  const matching = incidentConditions(transaction, filter)
  const [counted] = await transaction<[{ count: number }]>`select count(*) from incident where ${matching}`
  const arrays = emptyArrays(counted.count)
  const rows = transaction`
    select coalesce(round(position[0] * 1e7)::integer, ${noPosition}::integer),
      coalesce(round(position[1] * 1e7)::integer, ${noPosition}::integer),
      extract(epoch from reported_at)::bigint, coalesce(extract(epoch from due_at)::bigint, 0),
      array_position(${columnCodes.type}::text[], type) - 1, array_position(${columnCodes.channel}::text[], channel) - 1,
      array_position(${columnCodes.status}::text[], status) - 1, array_position(${columnCodes.risk}::text[], risk) - 1,
      coalesce(grid_code, ''), street_code, number
    from incident where ${matching} order by reported_at, street_code, number`
    .values()
    .cursor(rowsPerFetch)
  let at = 0
  for await (const fetched of readAhead(rows)) {
    for (const row of fetched as unknown as (number | string)[][]) {
      numeric.forEach((name, index) => (arrays[name][at] = row[index] as number))
      arrays.grid[at] = row[8] as string
      arrays.street[at] = row[9] as string
      arrays.number[at] = row[10] as string
      at += 1
    }
  }
  return arrays
}

function emptyArrays(length: number): IncidentArrays {
  return {
    x: new Int32Array(length),
    y: new Int32Array(length),
    reported: new Uint32Array(length),
    due: new Uint32Array(length),
    type: new Uint8Array(length),
    channel: new Uint8Array(length),
    status: new Uint8Array(length),
    risk: new Uint8Array(length),
    grid: Array.from<string>({ length }),
    street: Array.from<string>({ length }),
    number: Array.from<string>({ length }),
  }
}
