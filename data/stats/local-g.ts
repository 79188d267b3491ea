import { deviationsOf, sum2Without } from './deviations.ts'
import { expectOneValueAnArea, type Weights } from './weights.ts'

/**
 * Gi of each area as a standard deviate, and Gi* where the weights include the area itself
 * (Ord & Getis 1995, Geographical Analysis 27(4), eq. 5 and 6; `localG` of spdep):
 *
 *   Gi* = (Σⱼ wᵢⱼ xⱼ − Wᵢ x̄) / (s √((n S₁ᵢ − Wᵢ²) / (n − 1))),  Wᵢ = Σⱼ wᵢⱼ,  S₁ᵢ = Σⱼ wᵢⱼ²,  s² = Σ (xⱼ − x̄)² / n
 *
 * and for Gi the same over the other n − 1 areas, with their own mean and variance. The values that binary and
 * row-standardised weights give are equal, because z does not depend on the size of a row's weights.
 *
 * @returns z, without unit; NaN for an island (Gi), where the neighbourhood is everything, and where all values
 * that are compared are equal: there is nothing that could differ
 * @throws RangeError when there is not one finite value for each area
 *
 * O(areas + neighbours).
 */
export function localG(values: Float64Array, weights: Weights): Float64Array<ArrayBuffer> {
  const { neighbours, values: w, self } = weights
  expectOneValueAnArea(values, neighbours)
  const n = values.length
  const { offsets, indices } = neighbours
  const { z, sum2 } = deviationsOf(values)
  const result = new Float64Array(n)
  const others = self === null ? n - 1 : n
  for (let area = 0; area < n; area++) {
    let sum = 0
    let size = 0
    let squares = 0
    if (self !== null) {
      const own = self[area]!
      sum = own * z[area]!
      size = own
      squares = own * own
    }
    for (let at = offsets[area]!; at < offsets[area + 1]!; at++) {
      const weight = w[at]!
      sum += weight * z[indices[at]!]!
      size += weight
      squares += weight * weight
    }
    const zi = z[area]!
    // Among deviations the mean is 0, and that of the others −zᵢ/(n−1).
    const expected = self === null ? (-zi / (n - 1)) * size : 0
    const variance = (self === null ? sum2Without(zi, sum2, n) : sum2) / others
    const spread = (others * squares - size * size) / (others - 1)
    const scale = spread > others * squares * 1e-12 ? variance * spread : 0
    result[area] = scale > 0 ? (sum - expected) / Math.sqrt(scale) : Number.NaN
  }
  return result
}
