import { permutationP, permuteConditionally, thorough } from '@minqing/data/stats/conditional-permutations'
import { empiricalBayesDeviates } from '@minqing/data/stats/empirical-bayes'
import { falseDiscoveryRates } from '@minqing/data/stats/false-discovery'
import { localG } from '@minqing/data/stats/local-g'
import { localMoran, quadrants } from '@minqing/data/stats/local-moran'
import { binaryWeights, rowStandardisedWeights } from '@minqing/data/stats/weights'
import { emergingUnits, scannedUnits, scannedUnitsInTime } from './scan-methods.ts'
import { clusterUnits, densityUnits } from './labelled-methods.ts'
import type { Question } from './question.ts'

/** A way to find hot spots: 1 for each unit that it calls one, at the question's level. */
export type Method = {
  name: { zh: string; en: string }
  find: (question: Question) => Uint8Array
  /** Of what planted clusters are asked: of the time of each, by default, or of the whole series. */
  asked?: 'series'
}

/** A new one is one entry here. */
export const methods: Record<string, Method> = {
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
  scan: { name: { zh: '空间扫描统计量', en: 'scan statistic' }, find: scannedUnits },
  'space-time-scan': {
    name: { zh: '时空扫描统计量', en: 'space-time scan statistic' },
    find: scannedUnitsInTime,
    asked: 'series',
  },
  emerging: { name: { zh: '演变热点', en: 'emerging hot spots' }, find: emergingUnits, asked: 'series' },
  density: {
    name: { zh: '核密度超出（随机标签检验）', en: 'density in excess (random labels)' },
    find: densityUnits,
  },
  dbscan: {
    name: { zh: 'DBSCAN 聚类（随机标签检验）', en: 'DBSCAN clusters (random labels)' },
    find: clusterUnits,
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
