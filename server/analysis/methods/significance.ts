import type { AnalysisChoice } from '@minqing/data/domain/analysis'
import { permutationP, permuteConditionally, thorough } from '@minqing/data/stats/conditional-permutations'
import { falseDiscoveryRates } from '@minqing/data/stats/false-discovery'
import type { Neighbours } from '@minqing/data/stats/neighbours'
import { binaryWeights, rowStandardisedWeights } from '@minqing/data/stats/weights'

/** The same for every analysis, so that its result can be had again. */
export const seed = 1

export const permutationsUsed: AnalysisChoice = {
  name: 'permutations',
  value: thorough.permutations,
  because: 'thorough',
}

/** Units without a value (no households) are taken as having the mean: they say nothing about their neighbours. */
export function filledWithMean(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  return values.map((value) => (Number.isNaN(value) ? mean : value))
}

/** Fewer units than this have too few orders for a permutation to say anything. */
export const fewestUnits = 5

/** Whether so many units, with more than one value among them, can be compared at all. */
export function canCompare(values: Float64Array): boolean {
  return values.length >= fewestUnits && values.some((value) => value !== values[0])
}

/**
 * p of each unit's neighbourhood by conditional permutations, two-sided, and q under control of false discovery: counts
 * are too small and too skewed for the p of a normal distribution (docs/decisions/0069).
 *
 * @param values one finite number a unit; NaN in `known` where there is none in truth
 */
export function permuted(
  values: Float64Array,
  known: Float64Array,
  neighbours: Neighbours,
  weighting: 'sum' | 'mean',
  progress: (done: number) => void,
): { p: Float64Array; q: Float64Array } {
  const weights = weighting === 'sum' ? binaryWeights(neighbours) : rowStandardisedWeights(neighbours)
  const counts = permuteConditionally(values, weights, { figure: 'lag', ...thorough, seed, progress })
  const p = permutationP(counts, 'two-sided').map((own, unit) => (Number.isNaN(known[unit]!) ? Number.NaN : own))
  return { p, q: falseDiscoveryRates(p, 'benjamini-hochberg') }
}
