import {
  makeNumericColumns,
  maxColumnRows,
  noPosition,
  type NumericColumn,
  numericColumnNames,
  type NumericColumns,
  numericColumns,
} from '@minqing/data/domain/incident-columns'
import { mapFacets } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { positionSources } from '@minqing/data/domain/position-source'
import { ProblemError } from '@minqing/data/domain/problem'
import {
  columnFromArray,
  dictionary,
  int32,
  tableFromColumns,
  tableToIPC,
  uint16,
  uint32,
  uint8,
  utf8,
} from '@uwdata/flechette'
import { countedIncidents } from '../counts/incident-conditions.ts'
import { incidentsAsOf } from '../counts/incidents-as-of.ts'
import type { Fragment } from '../store/conditions.ts'
import { listed } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAhead } from '../store/read-ahead.ts'

/** The filter's incidents as arrays, oldest report first: what becomes the columns of an Arrow stream. */
export type IncidentArrays = NumericColumns & { grid: string[]; street: string[]; number: string[] }

const textColumns = ['grid', 'street', 'number'] as const
const rowsPerFetch = 20_000

/**
 * Reads the columns of every incident that the filter counts.
 *
 * @param asOf the instant as of whose knowledge; without it as they stand.
 * @throws ProblemError `too_large` where these are more than `most`; `bad_parameter` where `asOf` is not of one street
 */
export async function readColumns(
  transaction: Transaction,
  filter: IncidentFilter,
  { asOf, most = maxColumnRows }: { asOf?: Date | undefined; most?: number } = {},
): Promise<IncidentArrays> {
  const matching = countedIncidents(transaction, filter)
  const known = incidentsAsOf(transaction, filter, asOf)
  const [counted] = await transaction<[{ count: number }]>`
    ${known} select count(*) from (select from incident where ${matching} limit ${most + 1}) matching`
  if (counted.count > most) throw tooMany(most)
  const text = () => Array.from<string>({ length: counted.count })
  const arrays: IncidentArrays = {
    ...makeNumericColumns(() => counted.count),
    grid: text(),
    street: text(),
    number: text(),
  }
  const values = numericValues(transaction)
  const rows = transaction`
    ${known} select ${listed(
      transaction,
      numericColumnNames.map((name) => values[name]),
    )}, coalesce(grid_code, ''), street_code, number
    from incident where ${matching} order by reported_at, street_code, number`
    .values()
    .cursor(rowsPerFetch)
  let at = 0
  for await (const fetched of readAhead(rows)) {
    for (const row of fetched as unknown as (number | string)[][]) {
      numericColumnNames.forEach((name, index) => (arrays[name][at] = row[index] as number))
      textColumns.forEach((name, index) => (arrays[name][at] = row[numericColumnNames.length + index] as string))
      at += 1
    }
  }
  return arrays
}

function tooMany(most: number): ProblemError {
  return new ProblemError(
    'too_large',
    { zh: `事件超过 ${most} 件，不能按列一次取出`, en: `More than ${most} incidents are too many to send as columns` },
    {
      remedy: {
        zh: '请缩小区域或时间范围，或改用密度（/api/incidents/density）或导出',
        en: 'Choose a smaller area or time, or ask for their density (/api/incidents/density) or an export',
      },
    },
  )
}

/** What each numeric column holds of a row. */
function numericValues(transaction: Transaction): Record<NumericColumn, Fragment> {
  return {
    x: transaction`coalesce(round(position[0] * 1e7)::integer, ${noPosition}::integer)`,
    y: transaction`coalesce(round(position[1] * 1e7)::integer, ${noPosition}::integer)`,
    reported: transaction`extract(epoch from reported_at)::bigint`,
    due: transaction`coalesce(extract(epoch from due_at)::bigint, 0)`,
    positionSource: transaction`array_position(${[...positionSources]}::text[], position_source) - 1`,
    ...mapFacets(
      (_, { column, codes }) => transaction`array_position(${[...codes]}::text[], ${transaction(column)}) - 1`,
    ),
  }
}

/** The arrays as an Arrow IPC stream, its columns named as in `data/domain/incident-columns.ts`. */
export function encodeColumns(arrays: IncidentArrays): Uint8Array {
  const { grid, street, number } = arrays
  const numeric = numericColumnNames.map((name) => {
    const array = numericColumns[name]
    const type = array === Int32Array ? int32() : array === Uint32Array ? uint32() : uint8()
    return [name, columnFromArray(arrays[name], type)] as const
  })
  const table = tableFromColumns({
    ...Object.fromEntries(numeric),
    grid: columnFromArray(grid, dictionary(utf8(), indexFor(grid), false, 0)),
    street: columnFromArray(street, dictionary(utf8(), indexFor(street), false, 1)),
    number: columnFromArray(number, utf8()),
  })
  const bytes = tableToIPC(table, { format: 'stream' })
  // Null only where a sink of one's own takes the bytes.
  if (bytes === null) throw new Error('the Arrow encoder gave no bytes')
  return bytes
}

/** The narrowest index type that holds the number of values. */
function indexFor(values: readonly string[]) {
  const { size } = new Set(values)
  return size <= 1 << 8 ? uint8() : size <= 1 << 16 ? uint16() : uint32()
}
