/** How many times smaller or larger than the global bandwidth one may be: a lone case would otherwise spread over a city. */
const widestRange = 4

/**
 * Bandwidths in proportion to the inverse square root of the density (Abramson 1982, On bandwidth variation in kernel
 * estimates, Annals of Statistics 10): hᵢ = h · √(g / f(xᵢ)), with the geometric mean g of the pilot densities f(xᵢ), so
 * that h is the geometric mean of the hᵢ. They are limited to a quarter of h and four times h.
 *
 * @param weights cases at each point
 * @param density the pilot estimate at each point, in any unit
 * @param bandwidth metres: h
 * @returns metres, one a point
 */
export function abramsonBandwidths(weights: Float64Array, density: Float64Array, bandwidth: number): Float64Array {
  let logs = 0
  let cases = 0
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! > 0)) continue
    logs += weights[i]! * Math.log(density[i]!)
    cases += weights[i]!
  }
  const mean = Math.exp(logs / cases)
  return density.map((value, i) => {
    const factor = weights[i]! > 0 ? Math.sqrt(mean / value) : 1
    return bandwidth * Math.min(widestRange, Math.max(1 / widestRange, factor))
  })
}
