import type { BoundingBox } from '@minqing/data/domain/position'

const metresPerDegree = 111_320

/** Cells of equal size in metres at the box's middle latitude, on multiples of their size so that boxes agree. */
export class Lattice {
  readonly bbox: BoundingBox
  /** Degrees of a cell. */
  readonly wide: number
  readonly high: number
  readonly #counts = new Map<string, number>()

  constructor(bbox: BoundingBox, cell: number) {
    this.bbox = bbox
    this.high = cell / metresPerDegree
    // Snapped to whole degrees of latitude, so that a pan to the north moves no cell.
    const latitude = Math.round((bbox[1] + bbox[3]) / 2)
    this.wide = this.high / Math.cos((latitude * Math.PI) / 180)
  }

  /** How many cells cover the box. */
  get size(): number {
    const [west, south, east, north] = this.bbox
    return ((east - west) / this.wide) * ((north - south) / this.high)
  }

  /** Counts a place; whether it lies in the box. */
  add(lon: number, lat: number, count: number): boolean {
    const [west, south, east, north] = this.bbox
    if (lon < west || lon > east || lat < south || lat > north) return false
    this.addCell(Math.floor(lon / this.wide), Math.floor(lat / this.high), count)
    return true
  }

  addCell(column: number, row: number, count: number): void {
    const key = `${row}/${column}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count)
  }

  cells(): { x: number[]; y: number[]; counts: number[] } {
    const cells = [...this.#counts].map(([key, count]) => {
      const [row = 0, column = 0] = key.split('/').map(Number)
      return { row, column, count }
    })
    cells.sort((a, b) => a.row - b.row || a.column - b.column)
    return {
      x: cells.map(({ column }) => Math.round((column + 0.5) * this.wide * 1e7)),
      y: cells.map(({ row }) => Math.round((row + 0.5) * this.high * 1e7)),
      counts: cells.map(({ count }) => count),
    }
  }
}
