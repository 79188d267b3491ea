/**
 * How often chance alone makes a maximum as large.
 *
 * A secondary cluster is compared with the same maxima as the most likely one. Its p is therefore too large rather than
 * too small (Kulldorff 1997, section 4).
 */
export type ScanSignificance = {
  /** Place among the replications and itself, 1 when none is larger; equal ones count as larger. */
  rank: number
  /** rank / (replications + 1), Dwass 1957. Never below 1 / (replications + 1). */
  p: number
  /**
   * From a Gumbel distribution fitted to the maxima by their mean and variance, which also gives p below
   * 1 / (replications + 1): Abrams, Kulldorff & Kleinman 2010, “Gumbel based p-value approximations for spatial scan
   * statistics”, International Journal of Health Geographics 9:61. Not a number when the maxima do not differ.
   */
  gumbelP: number
}

const eulerGamma = 0.577_215_664_901_532_9

/**
 * Significance of log likelihood ratios by the maxima of `replicateMaxima`, of all ranges.
 * @throws RangeError without replications
 */
export function scanSignificance(ratios: readonly number[], maxima: Float64Array): ScanSignificance[] {
  if (maxima.length === 0) throw new RangeError('significance needs replications')
  const mean = maxima.reduce((sum, value) => sum + value, 0) / maxima.length
  const variance = maxima.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, maxima.length - 1)
  const scale = Math.sqrt((6 * variance) / Math.PI ** 2)
  const location = mean - eulerGamma * scale
  return ratios.map((ratio) => {
    const rank = 1 + maxima.reduce((larger, value) => larger + (value >= ratio ? 1 : 0), 0)
    // expm1 keeps the digits of a small p.
    const gumbelP = scale > 0 ? -Math.expm1(-Math.exp(-(ratio - location) / scale)) : Number.NaN
    return { rank, p: rank / (maxima.length + 1), gumbelP }
  })
}
