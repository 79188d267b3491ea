import type { RasterFrame } from './raster-frame.ts'
import { assembled, ringsAbove, type Polygons } from './raster-polygons.ts'

/** One class of a density: where it is at least `from` and below `to`; null for the highest class. */
export type ContourBand = { from: number; to: number | null; polygons: Polygons }

/**
 * The classes of a raster as polygons that do not overlap, for exports and prints. Classes that occur nowhere have no
 * polygons. The lines are as exact as linear interpolation between nodes; where the study area ends they lie within a cell
 * of it.
 *
 * @param values as in a `KernelDensity` or `RiskSurface`, NaN outside of the study area
 * @param limits lower limits of the classes, ascending and above 0 (`classBreaks`)
 * @throws RangeError when the limits are not
 */
export function contourBands(frame: RasterFrame, values: Float64Array, limits: readonly number[]): ContourBand[] {
  for (const [i, limit] of limits.entries())
    if (!(limit > (limits[i - 1] ?? 0)))
      throw new RangeError(`limits of classes ascend from above 0, not ${limits.join(', ')}`)
  const rings = limits.map((limit) => ringsAbove(frame, values, limit))
  return limits.map((from, i) => ({
    from,
    to: limits[i + 1] ?? null,
    polygons: assembled([...rings[i]!, ...(rings[i + 1] ?? [])]),
  }))
}
