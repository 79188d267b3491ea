import { plainFieldNames, plainFieldOf } from '@minqing/data/domain/incident-fields'
import postgres from 'postgres'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

const columns = {
  before: [
    ...`number street_code community_code grid_code building_code type source_type channel urgency risk status title
      text address`.split(/\s+/),
    ...plainFieldNames.map((name) => plainFieldOf(name).column),
    'source_crs',
  ],
  // Under their names in the domain.
  placed: {
    positionSource: 'case when position is not null then position_source end',
    positionCertainty: 'position_certainty',
    sourcePosition: 'case when source_x is not null and source_y is not null then array[source_x, source_y] end',
  },
  behind: 'happened_at happened_until reported_at due_at closed_at source'.split(' '),
}

/** The columns of `incident` under the names of the domain's Incident, position aside. */
export function incidentColumns(transaction: Transaction): Fragment {
  return listed(transaction, (column) => column)
}

/** The same as JSON text that the database writes, moments in the session's time zone. */
export function incidentJson(transaction: Transaction): Fragment {
  const named = listed(transaction, (column) => `${column} as "${postgres.toCamel(column)}"`)
  return transaction`(select row_to_json(p)::text from (select ${named}) p)`
}

function listed(transaction: Transaction, say: (column: string) => string): Fragment {
  const { before, placed, behind } = columns
  const position = Object.entries(placed).map(([name, value]) => `${value} as "${name}"`)
  return transaction.unsafe([...before.map(say), ...position, ...behind.map(say)].join(', '))
}
