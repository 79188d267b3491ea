import { permutationP, permuteConditionally, thorough } from '@minqing/data/stats/conditional-permutations'
import { empiricalBayesDeviates } from '@minqing/data/stats/empirical-bayes'
import { falseDiscoveryRates } from '@minqing/data/stats/false-discovery'
import { localG } from '@minqing/data/stats/local-g'
import { localMoran, quadrants } from '@minqing/data/stats/local-moran'
import { binaryWeights, rowStandardisedWeights } from '@minqing/data/stats/weights'
import type { Question } from './question.ts'

/** A way to find hot spots: 1 for each unit that it calls one, at the question's level. A new one is one entry here. */
export const methods: Record<string, { name: { zh: string; en: string }; find: (question: Question) => Uint8Array }> = {
  'gi-star': {
    name: { zh: 'Gi*', en: 'Gi*' },
    find: (question) => {
      const values = empiricalBayesDeviates(question.caseCounts, question.populationCounts)
      const z = localG(values, binaryWeights(question.neighbours, { self: true }))
      return hotUnits(question, values, (unit) => z[unit]! > 0)
    },
  },
  'local-moran': {
    name: { zh: '局部莫兰指数（高—高）', en: 'local Moran (high-high)' },
    find: (question) => {
      const values = empiricalBayesDeviates(question.caseCounts, question.populationCounts)
      const { quadrant } = localMoran(values, rowStandardisedWeights(question.neighbours))
      return hotUnits(question, values, (unit) => quadrant[unit] === quadrants.indexOf('high-high'))
    },
  },
}

/** Two-sided conditional permutations of rates by their own variance, and Benjamini–Hochberg over all units. */
function hotUnits(
  { neighbours, level, seed }: Question,
  values: Float64Array,
  isHigh: (unit: number) => boolean,
): Uint8Array {
  const counts = permuteConditionally(values, binaryWeights(neighbours), { figure: 'lag', ...thorough, seed })
  const q = falseDiscoveryRates(permutationP(counts, 'two-sided'), 'benjamini-hochberg')
  return Uint8Array.from(q, (rate, unit) => Number(rate <= level && isHigh(unit)))
}
