import { gridsFromCell, type IncidentDensity } from '@minqing/data/domain/incident-density'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { areaPositions } from '@minqing/data/domain/position-source'
import type { BoundingBox } from '@minqing/data/domain/position'
import { metresPerDegree } from '@minqing/data/geo/ellipsoid-area'
import type { CountSource } from '../counts/cell-cache.ts'
import { countedIncidents } from '../counts/incident-conditions.ts'
import { smallestAreas } from '../counts/incident-counts.ts'
import { queryCounts, seesStreets } from '../counts/query-counts.ts'
import { asBoxes } from '../store/geometry.ts'
import type { Transaction } from '../store/connect.ts'

/**
 * Incidents by cell of a raster. Large cells are filled from the stored counts of each grid, without looking at an
 * incident; small ones from the positions of the incidents in the box, which are few because the box is small; positions
 * that stand for an area are left out.
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
  const raster = new DensityRaster(bbox, cell)
  const byGrid = cell >= gridsFromCell && seesStreets(source.scope)
  const placed = byGrid
    ? await countByGrid(transaction, filter, raster, source)
    : await countByPosition(transaction, filter, raster)
  return { cell, by: byGrid ? 'grid' : 'position', ...placed, ...raster.cells() }
}

type Placed = Pick<IncidentDensity, 'total' | 'withoutPlace'>

/** Fills the raster from the stored counts, each grid's incidents at its centre (or that of the smallest area known). */
async function countByGrid(
  transaction: Transaction,
  filter: IncidentFilter,
  raster: DensityRaster,
  source: CountSource,
): Promise<Placed> {
  const [counts, centers] = await Promise.all([
    queryCounts(transaction, { filter, areas: smallestAreas }, source),
    transaction<{ code: string; lon: number; lat: number }[]>`
      select code, center[0] as lon, center[1] as lat from area`,
  ])
  const centerOf = new Map(centers.map((area) => [area.code, area]))
  const placed = { total: 0, withoutPlace: 0 }
  for (const [code, { total }] of counts.areas) {
    const center = centerOf.get(code)
    if (center === undefined) placed.withoutPlace += total
    else if (total === 0 || !raster.add(center.lon, center.lat, total)) continue
    placed.total += total
  }
  return placed
}

/** Fills the raster from the incidents in its box (index incident_position). */
async function countByPosition(
  transaction: Transaction,
  filter: IncidentFilter,
  raster: DensityRaster,
): Promise<Placed> {
  const [box] = asBoxes(transaction, raster.bbox)
  const rows = await transaction<{ column: number; row: number; count: number }[]>`
    select floor(position[0] / ${raster.cellWidth}::float8)::integer as column,
      floor(position[1] / ${raster.cellHeight}::float8)::integer as row, count(*) as count
    from incident
    where position <@ ${box!} and position_source <> all(${[...areaPositions]}::text[])
      and ${countedIncidents(transaction, filter)}
    group by 1, 2`
  for (const { column, row, count } of rows) raster.addCell(column, row, count)
  return { total: rows.reduce((sum, { count }) => sum + count, 0), withoutPlace: 0 }
}

/** Cells of equal size in metres at the box's middle latitude, on multiples of their size so that boxes agree. */
export class DensityRaster {
  readonly bbox: BoundingBox
  /** Degrees. */
  readonly cellWidth: number
  readonly cellHeight: number
  readonly #counts = new Map<string, number>()

  /** @param cell metres of a cell's side */
  constructor(bbox: BoundingBox, cell: number) {
    this.bbox = bbox
    this.cellHeight = cell / metresPerDegree
    // Snapped to whole degrees of latitude, so that a pan to the north moves no cell.
    const latitude = Math.round((bbox[1] + bbox[3]) / 2)
    this.cellWidth = this.cellHeight / Math.cos((latitude * Math.PI) / 180)
  }

  /** How many cells cover the box. */
  get size(): number {
    const [west, south, east, north] = this.bbox
    return ((east - west) / this.cellWidth) * ((north - south) / this.cellHeight)
  }

  /** Counts at a position; whether it lies in the box. */
  add(lon: number, lat: number, count: number): boolean {
    const [west, south, east, north] = this.bbox
    if (lon < west || lon > east || lat < south || lat > north) return false
    this.addCell(Math.floor(lon / this.cellWidth), Math.floor(lat / this.cellHeight), count)
    return true
  }

  addCell(column: number, row: number, count: number): void {
    const key = `${row}/${column}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count)
  }

  /** Centres of the cells that are not empty in degrees × 1e7, row by row from the south-west, and their counts. */
  cells(): Pick<IncidentDensity, 'x' | 'y' | 'counts'> {
    const cells = [...this.#counts].map(([key, count]) => {
      const [row = 0, column = 0] = key.split('/').map(Number)
      return { row, column, count }
    })
    cells.sort((a, b) => a.row - b.row || a.column - b.column)
    return {
      x: cells.map(({ column }) => Math.round((column + 0.5) * this.cellWidth * 1e7)),
      y: cells.map(({ row }) => Math.round((row + 0.5) * this.cellHeight * 1e7)),
      counts: cells.map(({ count }) => count),
    }
  }
}
