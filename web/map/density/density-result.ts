import { densityRaster, type DensityRaster } from '@minqing/data/stats/density-raster'
import { binHexagons, type HexagonBins } from '@minqing/data/geo/hexagon-bins'
import type { LocalFrame, PointCluster } from '@minqing/data/geo/point-clusters'

/** Beyond these, places hold single mistyped points: each would cost a raster and show nothing. */
const mostClusters = 24

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
  | { mode: 'heat'; clusters: { frame: LocalFrame; raster: DensityRaster }[] }
  | { mode: 'hexagon'; clusters: { frame: LocalFrame; bins: HexagonBins }[] }
)

/**
 * Density of the points of all clusters.
 * @param weights incidents of each point; null where a point is one
 */
export function densityResult(
  clusters: PointCluster[],
  { ticket, mode, bandwidth, mask }: DensityRequest,
  weights: Float32Array | null = null,
): DensityResult {
  const shown = clusters.slice(0, mostClusters)
  switch (mode) {
    case 'heat': {
      const all = shown.map((cluster) => ({
        frame: frameOf(cluster),
        raster: densityRaster(cluster, mask, bandwidth, weights),
      }))
      const filled = all.filter(({ raster }) => raster.cases > 0)
      return { ticket, mode, bandwidth, clusters: filled, ...totals(all.map(({ raster }) => raster)) }
    }
    case 'hexagon': {
      const all = shown.map((cluster) => ({
        frame: frameOf(cluster),
        bins: binHexagons(cluster, mask, bandwidth, weights),
      }))
      const filled = all.filter(({ bins }) => bins.cases > 0)
      return { ticket, mode, bandwidth, clusters: filled, ...totals(all.map(({ bins }) => bins)) }
    }
  }
}

function totals(counted: { cases: number; peak: number }[]): { incidents: number; peak: number } {
  return {
    incidents: counted.reduce((sum, { cases }) => sum + cases, 0),
    peak: counted.reduce((highest, { peak }) => Math.max(highest, peak), 0),
  }
}

function frameOf({ x0, y0, eastScale, northScale }: PointCluster): LocalFrame {
  return { x0, y0, eastScale, northScale }
}
