import { codeLength } from '@minqing/data/domain/area-code'
import { gridsFromCell, type IncidentDensity } from '@minqing/data/domain/incident-density'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { CountSource } from '../counts/cell-cache.ts'
import type { Transaction } from '../store/connect.ts'
import { countByGrid } from './count-by-grid.ts'
import { countByPosition } from './count-by-position.ts'
import { Lattice } from './lattice.ts'

/**
 * Cases by cell. Large cells are filled from the counts that are kept of each grid, without looking at a case; small
 * ones from the positions of the cases in the box, which are few because the box is small.
 *
 * @param cell metres.
 */
export async function getDensity(
  transaction: Transaction,
  filter: IncidentFilter,
  bbox: BoundingBox,
  cell: number,
  source: CountSource,
): Promise<IncidentDensity> {
  const { scope } = source
  const lattice = new Lattice(bbox, cell)
  const isCounted = cell >= gridsFromCell && (scope.area === 'all' || scope.area.length <= codeLength.street)
  const placed = isCounted
    ? await countByGrid(transaction, filter, lattice, source.cells)
    : await countByPosition(transaction, filter, lattice)
  return { cell, by: isCounted ? 'grid' : 'position', ...placed, ...lattice.cells() }
}
