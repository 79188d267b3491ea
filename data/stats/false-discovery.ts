/**
 * How many of the areas that are called significant may be so by chance.
 * - `none`: p itself, of each area alone; of 1,000 areas without any pattern 50 have p < 0.05
 * - `benjamini-hochberg`: expected share of false ones, for independent or positively dependent tests
 * - `benjamini-yekutieli`: the same under any dependence, at a loss of power of Σ 1/i (10 for 10,000 areas)
 */
export const falseDiscoveryControls = ['benjamini-hochberg', 'benjamini-yekutieli', 'none'] as const
export type FalseDiscoveryControl = (typeof falseDiscoveryControls)[number]

/**
 * q of each test: the smallest level of false discovery at which it is among the significant ones
 * (Benjamini & Hochberg 1995, JRSS B 57; Benjamini & Yekutieli 2001, Annals of Statistics 29(4); for local statistics
 * Caldas de Castro & Singer 2006, Geographical Analysis 38(2)). `p.adjust` of R gives the same.
 *
 * @param p of each test; NaN where there is none (an island), which does not count as a test
 * @returns q, NaN where p is
 * @throws RangeError for a p outside 0 … 1
 *
 * O(n log n).
 */
export function falseDiscoveryRates(p: Float64Array, control: FalseDiscoveryControl): Float64Array<ArrayBuffer> {
  const outside = p.find((value) => value < 0 || value > 1)
  if (outside !== undefined) throw new RangeError(`p is between 0 and 1, not ${outside}`)
  if (control === 'none') return p.slice()
  // NaN is sorted to the end, and left there.
  const order = Uint32Array.from(p.keys()).sort((a, b) =>
    Number.isNaN(p[a]) || Number.isNaN(p[b]) ? Number(Number.isNaN(p[a])) - Number(Number.isNaN(p[b])) : p[a]! - p[b]!,
  )
  const tests = p.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0)
  let factor = tests
  if (control === 'benjamini-yekutieli') {
    let harmonic = 0
    for (let i = tests; i > 0; i--) harmonic += 1 / i
    factor = tests * harmonic
  }
  const q = new Float64Array(p.length).fill(Number.NaN)
  let least = 1
  for (let rank = tests; rank > 0; rank--) {
    const test = order[rank - 1]!
    least = Math.min(least, (p[test]! * factor) / rank)
    q[test] = least
  }
  return q
}
