import { deviationsOf } from './deviations.ts'
import { expectOneValueAnArea, type Weights } from './weights.ts'

export type LocalGeary = {
  /** cᵢ: the weighted mean of squared differences in variances; small where neighbours are alike. */
  c: Float64Array<ArrayBuffer>
  /** (E − cᵢ) / √variance: positive where neighbours are more alike than by chance, as for Moran's. */
  z: Float64Array<ArrayBuffer>
}

/**
 * Local Geary's C (Anselin 1995; Anselin 2019, Geographical Analysis 51(2); `localC` of spdep):
 *
 *   cᵢ = Σⱼ wᵢⱼ (xᵢ − xⱼ)² / s²,  s² = Σ zⱼ² / (n − 1)
 *
 * z is conditional: the area's value is given, so that the squared differences dⱼ = (xᵢ − xⱼ)² are dealt to the
 * neighbours without replacement from the n − 1 that there are, as the values are for Gi. Their mean and variance over
 * all j follow from the sums of powers of the deviations, without a second loop. Squares are skewed: for few neighbours
 * conditional permutations say more than z.
 *
 * NaN for islands and where nothing differs.
 * @throws RangeError when there is not one finite value for each area, or weights include the area itself
 * O(areas + neighbours).
 */
export function localGeary(values: Float64Array, weights: Weights): LocalGeary {
  if (weights.self !== null) throw new RangeError('weights of local Geary leave the area itself out')
  expectOneValueAnArea(values, weights.neighbours)
  const n = values.length
  const { offsets, indices } = weights.neighbours
  const { z: deviation, sum2, sum4 } = deviationsOf(values)
  let sum3 = 0
  for (const value of deviation) sum3 += value ** 3
  const c = new Float64Array(n).fill(Number.NaN)
  const z = new Float64Array(n).fill(Number.NaN)
  const variance = sum2 / (n - 1)
  for (let area = 0; area < n; area++) {
    const [from, to] = [offsets[area]!, offsets[area + 1]!]
    if (from === to || sum2 === 0) continue
    const zi = deviation[area]!
    let [sum, size, squares] = [0, 0, 0]
    for (let at = from; at < to; at++) {
      const weight = weights.values[at]!
      sum += weight * (zi - deviation[indices[at]!]!) ** 2
      size += weight
      squares += weight * weight
    }
    c[area] = sum / variance
    const mean = (n * zi * zi + sum2) / (n - 1)
    const meanSquare = (n * zi ** 4 + 6 * zi * zi * sum2 - 4 * zi * sum3 + sum4) / (n - 1)
    const spread = (meanSquare - mean * mean) * (((n - 1) * squares - size * size) / (n - 2))
    z[area] = spread > squares * meanSquare * 1e-12 ? (size * mean - sum) / Math.sqrt(spread) : Number.NaN
  }
  return { c, z }
}
