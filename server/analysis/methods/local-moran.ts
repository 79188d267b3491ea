import { significanceClass } from '@minqing/data/domain/significance'
import { localMoran as moran, quadrants } from '@minqing/data/stats/local-moran'
import { islandsOf } from '@minqing/data/stats/neighbours'
import { rowStandardisedWeights } from '@minqing/data/stats/weights'
import { neighbourhoodOf } from '../neighbourhood.ts'
import { globalFigures } from './global-figures.ts'
import { measured } from './measure.ts'
import type { Method } from './method.ts'
import { canCompare, filledWithMean, permuted, permutationsUsed } from './significance.ts'
import { connectedSpots, unitResults, unknowns } from './unit-results.ts'

const [highHigh, lowLow] = [quadrants.indexOf('high-high'), quadrants.indexOf('low-low')]

/**
 * Local Moran's I (Anselin 1995) as z, with p by conditional permutations and q under control of false discovery. A unit
 * is hot where it and its neighbours are high, cold where both are low; a unit that differs from its neighbours is
 * neither, and has the quadrant `high-low` or `low-high`.
 */
export const localMoran: Method = ({ question, units, progress }) => {
  const { neighbours, choice: reach } = neighbourhoodOf(units, question)
  progress(0.1)
  const { choice: measure, values, expected } = measured(units, question)
  const filled = filledWithMean(values)
  const isComparable = canCompare(filled)
  const found = isComparable ? moran(filled, rowStandardisedWeights(neighbours)) : undefined
  const { p, q } = isComparable
    ? permuted(filled, values, neighbours, 'mean', (done) => progress(0.1 + done * 0.85))
    : { p: unknowns(units), q: unknowns(units) }
  const z = (found?.z ?? unknowns(units)).map((score, unit) => (Number.isNaN(values[unit]!) ? Number.NaN : score))
  const classes = z.map((_, unit) => {
    const quadrant = found?.quadrant[unit]
    const sign = quadrant === highHigh ? 1 : quadrant === lowLow ? -1 : 0
    return sign === 0 ? 0 : significanceClass(sign, q[unit]!)
  })
  const spots = connectedSpots(classes, z, neighbours)
  const results = unitResults(units, { expected, values, z, p, q, classes, spots })
  return {
    chosen: [measure, reach, permutationsUsed],
    islands: islandsOf(neighbours).length,
    global: globalFigures(filled, neighbours),
    properties: results.map((own, unit) => ({ ...own, quadrant: quadrants[found?.quadrant[unit] ?? 4] ?? 'none' })),
  }
}
