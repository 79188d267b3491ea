import { significanceClass } from '@minqing/data/domain/significance'
import { localG } from '@minqing/data/stats/local-g'
import { islandsOf } from '@minqing/data/stats/neighbours'
import { binaryWeights } from '@minqing/data/stats/weights'
import { neighbourhoodOf } from '../neighbourhood.ts'
import { globalFigures } from './global-figures.ts'
import { measured } from './measure.ts'
import type { Method } from './method.ts'
import { canCompare, filledWithMean, permuted, permutationsUsed } from './significance.ts'
import { connectedSpots, unitResults, unknowns } from './unit-results.ts'

/**
 * Gi* of every unit (Ord & Getis 1995) as z, with p by conditional permutations and q under control of false discovery.
 * Hot spots are units that are significantly hot and neighbours of each other.
 */
export const hotSpots: Method = ({ question, units, progress }) => {
  const { neighbours, choice: reach } = neighbourhoodOf(units, question)
  progress(0.1)
  const { choice: measure, values, expected } = measured(units, question)
  const filled = filledWithMean(values)
  const scores = canCompare(filled) ? localG(filled, binaryWeights(neighbours, { self: true })) : unknowns(units)
  const z = scores.map((score, unit) => (Number.isNaN(values[unit]!) ? Number.NaN : score))
  const { p, q } = canCompare(filled)
    ? permuted(filled, values, neighbours, 'sum', (done) => progress(0.1 + done * 0.85))
    : { p: unknowns(units), q: unknowns(units) }
  const classes = z.map((score, unit) => significanceClass(score, q[unit]!))
  const spots = connectedSpots(classes, z, neighbours)
  return {
    chosen: [measure, reach, permutationsUsed],
    islands: islandsOf(neighbours).length,
    global: globalFigures(filled, neighbours),
    properties: unitResults(units, { expected, values, z, p, q, classes, spots }),
  }
}
