import type { DensityGrid } from '@minqing/data/geo/density-raster'
import type { HexagonGrid } from '@minqing/data/geo/hexagon-bins'
import type { Frame } from '@minqing/data/geo/point-clusters'

/** Points once, then one order per filter; buffers change hands instead of being copied. */
export type DensityOrder =
  | {
      kind: 'points'
      x: Int32Array
      y: Int32Array
      /** Cases of each point; null where a point is one. */ weights: Float32Array | null
    }
  | { kind: 'density'; ticket: number; mode: 'heat' | 'hexagon'; radius: number; mask: Uint8Array | null }

/** One picture a place; places far apart have their own. */
export type DensityPicture = { ticket: number; radius: number; peak: number; cases: number } & (
  | { mode: 'heat'; patches: { frame: Frame; grid: DensityGrid }[] }
  | { mode: 'hexagon'; patches: { frame: Frame; grid: HexagonGrid }[] }
)
