import { densityGrid, type DensityGrid } from '@minqing/data/geo/density-raster'
import { hexagonGrid, type HexagonGrid } from '@minqing/data/geo/hexagon-bins'
import type { Frame, Patch } from '@minqing/data/geo/point-clusters'

/** Beyond these, places hold single mistyped points: each would cost a raster and show nothing. */
const mostPatches = 24

export type DensityRequest = {
  ticket: number
  mode: 'heat' | 'hexagon'
  /** Metres: the kernel's bandwidth, or a hexagon's circumradius. */
  bandwidth: number
  /** One byte a point: 1 where it counts; null counts every point. */
  mask: Uint8Array | null
}

/** Places far apart have a raster each. `peak` is in incidents per hectare, the highest of all places. */
export type DensityResult = { ticket: number; bandwidth: number; peak: number; incidents: number } & (
  | { mode: 'heat'; patches: { frame: Frame; grid: DensityGrid }[] }
  | { mode: 'hexagon'; patches: { frame: Frame; grid: HexagonGrid }[] }
)

/**
 * Density of the points of all patches.
 * @param weights incidents of each point; null where a point is one
 */
export function densityResult(
  patches: Patch[],
  { ticket, mode, bandwidth, mask }: DensityRequest,
  weights: Float32Array | null = null,
): DensityResult {
  const shown = patches.slice(0, mostPatches)
  switch (mode) {
    case 'heat': {
      const all = shown.map((patch) => ({
        frame: frameOf(patch),
        grid: densityGrid(patch, mask, bandwidth, weights),
      }))
      return { ticket, mode, bandwidth, patches: withIncidents(all), ...totals(all) }
    }
    case 'hexagon': {
      const all = shown.map((patch) => ({
        frame: frameOf(patch),
        grid: hexagonGrid(patch, mask, bandwidth, weights),
      }))
      return { ticket, mode, bandwidth, patches: withIncidents(all), ...totals(all) }
    }
  }
}

type Counted = { grid: { cases: number; peak: number } }

function withIncidents<T extends Counted>(patches: T[]): T[] {
  return patches.filter(({ grid }) => grid.cases > 0)
}

function totals(patches: Counted[]): { incidents: number; peak: number } {
  return {
    incidents: patches.reduce((sum, { grid }) => sum + grid.cases, 0),
    peak: patches.reduce((peak, { grid }) => Math.max(peak, grid.peak), 0),
  }
}

function frameOf({ x0, y0, eastScale, northScale }: Patch): Frame {
  return { x0, y0, eastScale, northScale }
}
