import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { countedIncidents } from '../counts/incident-conditions.ts'
import { asBoxes } from '../store/bounding-box.ts'
import type { Transaction } from '../store/connect.ts'
import type { Lattice } from './lattice.ts'

/** Fills the lattice from the cases in its box (index incident_position). */
export async function countByPosition(
  transaction: Transaction,
  filter: IncidentFilter,
  lattice: Lattice,
): Promise<{ total: number; withoutPlace: number }> {
  const [box] = asBoxes(transaction, lattice.bbox)
  const rows = await transaction<{ column: number; row: number; count: number }[]>`
    select floor(position[0] / ${lattice.wide}::float8)::integer as column,
      floor(position[1] / ${lattice.high}::float8)::integer as row, count(*) as count
    from incident where position <@ ${box!} and ${countedIncidents(transaction, filter)} group by 1, 2`
  for (const { column, row, count } of rows) lattice.addCell(column, row, count)
  return { total: rows.reduce((sum, { count }) => sum + count, 0), withoutPlace: 0 }
}
