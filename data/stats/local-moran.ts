import { deviationsOf } from './deviations.ts'
import { localG } from './local-g.ts'
import { spatialLag, type Weights } from './weights.ts'

/** The kind of place an area is: its own value, then its neighbours'. `none` for an island. */
export const quadrants = ['low-low', 'high-low', 'low-high', 'high-high', 'none'] as const
export type Quadrant = (typeof quadrants)[number]

export type LocalMoran = {
  /** Iᵢ; the mean of all is the global I for row-standardised weights. */
  i: Float64Array<ArrayBuffer>
  /** Standard deviate of Iᵢ under the null hypothesis asked for. */
  z: Float64Array<ArrayBuffer>
  /** Position in `quadrants`. */
  quadrant: Uint8Array<ArrayBuffer>
}

type Options = {
  /**
   * conditional: the area's own value is given, the others are dealt to the other areas (Sokal, Oden & Thomson 1998,
   * Geographical Analysis 30(4), eq. A7 and A8); total: all values are dealt to all areas (Anselin 1995, eq. 13 and 14).
   */
  nullHypothesis?: 'conditional' | 'total'
  /**
   * What makes a lag high: above the mean of the values (Anselin's scatterplot, GeoDa, PySAL), or above the mean of the
   * lags (`quadr$mean` of spdep).
   */
  highLag?: 'above the mean of values' | 'above the mean of lags'
}

/**
 * Local Moran's I (Anselin 1995, Geographical Analysis 27(2); `localmoran` of spdep):
 *
 *   Iᵢ = zᵢ Σⱼ wᵢⱼ zⱼ / m₂,  m₂ = Σ zⱼ² / n
 *
 * Under the conditional null hypothesis the z of Iᵢ is that of the lag, which is Gi, with the sign of zᵢ.
 *
 * A value of exactly the mean counts as low; its z is NaN, because Iᵢ is 0 whatever its neighbours are. NaN and `none`
 * also for islands and where all values are equal.
 * @throws RangeError when there is not one finite value for each area, or weights include the area itself
 * O(areas + neighbours).
 */
export function localMoran(
  values: Float64Array,
  weights: Weights,
  { nullHypothesis = 'conditional', highLag = 'above the mean of values' }: Options = {},
): LocalMoran {
  if (weights.self !== null) throw new RangeError('weights of local Moran leave the area itself out')
  const n = values.length
  const { offsets } = weights.neighbours
  const { z: deviation, sum2, sum4 } = deviationsOf(values)
  const lag = spatialLag(deviation, weights)
  const m2 = sum2 / n
  const g = localG(values, weights)
  const i = new Float64Array(n).fill(Number.NaN)
  const z = new Float64Array(n).fill(Number.NaN)
  const quadrant = new Uint8Array(n).fill(quadrants.indexOf('none'))
  // The lags of spdep's quadrants are those of the values: for a row that sums to S they lie S · mean above these.
  const limit = highLag === 'above the mean of values' ? () => 0 : limitOfMeanLag(values, weights, lag)
  const kurtosis = sum4 / n / (m2 * m2)
  const [a, b] = [(n - kurtosis) / (n - 1), (2 * kurtosis - n) / ((n - 1) * (n - 2))]
  for (let area = 0; area < n; area++) {
    const [from, to] = [offsets[area]!, offsets[area + 1]!]
    if (from === to || sum2 === 0) continue
    const zi = deviation[area]!
    i[area] = (zi * lag[area]!) / m2
    quadrant[area] = (zi > 0 ? 1 : 0) + (lag[area]! > limit(area) ? 2 : 0)
    if (nullHypothesis === 'conditional') {
      z[area] = zi === 0 ? Number.NaN : Math.sign(zi) * g[area]!
      continue
    }
    let [size, squares] = [0, 0]
    for (let at = from; at < to; at++) {
      size += weights.values[at]!
      squares += weights.values[at]! ** 2
    }
    const expected = -size / (n - 1)
    z[area] = (i[area]! - expected) / Math.sqrt(a * squares + b * (size * size - squares) - expected * expected)
  }
  return { i, z, quadrant }
}

/** Limit for each lag of deviations that says whether the lag of the values is above the mean of all lags. */
function limitOfMeanLag(values: Float64Array, weights: Weights, lag: Float64Array): (area: number) => number {
  const lags = spatialLag(values, weights)
  const mean = lags.reduce((sum, value) => sum + value, 0) / lags.length
  return (area) => mean - lags[area]! + lag[area]!
}
