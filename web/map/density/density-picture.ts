import { densityGrid } from '@minqing/data/geo/density-raster'
import { hexagonGrid } from '@minqing/data/geo/hexagon-bins'
import type { Frame, Patch } from '@minqing/data/geo/point-clusters'
import type { DensityOrder, DensityPicture } from './density-protocol.ts'

/** Beyond these, places hold single mistyped points: each would cost a raster and show nothing. */
const mostPatches = 24

export function densityPicture(
  patches: Patch[],
  order: Extract<DensityOrder, { kind: 'density' }>,
  weights: Float32Array | null = null,
): DensityPicture {
  const { ticket, mode, radius, mask } = order
  const shown = patches.slice(0, mostPatches)
  switch (mode) {
    case 'heat': {
      const grids = shown.map((patch) => ({ frame: frameOf(patch), grid: densityGrid(patch, mask, radius, weights) }))
      return { ticket, mode, radius, patches: filled(grids), ...totals(grids) }
    }
    case 'hexagon': {
      const grids = shown.map((patch) => ({ frame: frameOf(patch), grid: hexagonGrid(patch, mask, radius, weights) }))
      return { ticket, mode, radius, patches: filled(grids), ...totals(grids) }
    }
  }
}

type Counted = { grid: { cases: number; peak: number } }

function filled<T extends Counted>(patches: T[]): T[] {
  return patches.filter(({ grid }) => grid.cases > 0)
}

function totals(patches: Counted[]): { cases: number; peak: number } {
  return {
    cases: patches.reduce((sum, { grid }) => sum + grid.cases, 0),
    peak: patches.reduce((peak, { grid }) => Math.max(peak, grid.peak), 0),
  }
}

function frameOf({ x0, y0, eastScale, northScale }: Patch): Frame {
  return { x0, y0, eastScale, northScale }
}
