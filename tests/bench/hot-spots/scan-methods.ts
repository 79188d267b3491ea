import { emergingHotSpots } from '@minqing/data/stats/emerging-hot-spots'
import { empiricalBayesDeviates } from '@minqing/data/stats/empirical-bayes'
import { unitsOfPoints } from '@minqing/data/stats/regular-units'
import { expectedOfAreas, poissonModel, type ScanModel } from '@minqing/data/stats/scan-model'
import { scanSignificance } from '@minqing/data/stats/scan-significance'
import { findClusters, replicateMaxima, type ScanOptions } from '@minqing/data/stats/scan-statistic'
import { scanWindows } from '@minqing/data/stats/scan-windows'
import { countCube } from '@minqing/data/stats/space-time-cube'
import type { Points, Question } from './question.ts'

/** Months, where cases are of eighteen; what is planted lasts some weeks. */
const steps = 18
/** Windows hold up to a twentieth of the population: half of it is usual, and what is planted lies in a hundredth. */
const share = 0.05

/** The units of all clusters that a spatial scan finds at the question's level. */
export function scannedUnits(question: Question): Uint8Array {
  const model = poissonModel(Uint32Array.from(question.caseCounts), question.populationCounts)
  return unitsOfClusters(question, model, 999)
}

/** The same by cylinders of up to three steps, with the population of the same units and steps. */
export function scannedUnitsInTime(question: Question): Uint8Array {
  const { cases, population } = cubesOf(question)
  const model = poissonModel(cases, population, steps)
  return unitsOfClusters(question, model, 99, { periods: { runs: 'any', longest: 3 } })
}

/** The units that are a hot spot in any step: Gi* of rates by their own variance, p of cases by what is expected. */
export function emergingUnits(question: Question): Uint8Array {
  const { cases, population } = cubesOf(question)
  const counts = { cases: Float64Array.from(cases), expected: poissonModel(cases, population, steps).expected }
  const { units, states } = emergingHotSpots(
    empiricalBayesDeviates(counts.cases, population),
    question.neighbours,
    { baseline: 'whole-cube', stepsBefore: 1, level: question.level, significance: 'binomial' },
    counts,
  )
  return Uint8Array.from({ length: units }, (_, unit) =>
    Number(states.subarray(unit * steps, (unit + 1) * steps).includes(1)),
  )
}

function unitsOfClusters(
  { units: { x, y }, level, seed }: Question,
  model: ScanModel,
  replications: number,
  options: ScanOptions = {},
): Uint8Array {
  const windows = scanWindows({ x, y, coordinates: 'cartesian' }, expectedOfAreas(model), { share })
  const clusters = findClusters(model, windows, options)
  const maxima = replicateMaxima(model, windows, { seed, from: 0, to: replications }, options)
  const significance = scanSignificance(
    clusters.map(({ logLikelihoodRatio }) => logLikelihoodRatio),
    maxima,
  )
  const hot = new Uint8Array(model.areas)
  for (const [i, { areas }] of clusters.entries())
    if (significance[i]!.p <= level) for (const area of areas) hot[area] = 1
  return hot
}

/** Cases and population by unit and step, over the time in which there are cases. */
function cubesOf({ units, cases, population }: Question): { cases: Uint32Array; population: Float64Array } {
  const [first, last] = [cases.day.reduce((a, b) => Math.min(a, b)), cases.day.reduce((a, b) => Math.max(a, b))]
  // The last case lies in the last step.
  const edges = Float64Array.from({ length: steps + 1 }, (_, i) => first + ((last - first) * (1 + 1e-9) * i) / steps)
  const countsOf = ({ x, y, day }: Points) =>
    countCube(unitsOfPoints(units, x, y), day, units.keys.length, edges).counts
  return { cases: countsOf(cases), population: Float64Array.from(countsOf(population)) }
}
