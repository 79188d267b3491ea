import type { AnalysisChoice, AnalysisQuestion } from '@minqing/data/domain/analysis'
import { significanceClass } from '@minqing/data/domain/significance'
import { dayLength, homeDayNumber } from '@minqing/data/domain/local-time'
import { ProblemError } from '@minqing/data/domain/problem'
import { emergingHotSpots, fewestEmergingSteps } from '@minqing/data/stats/emerging-hot-spots'
import { empiricalBayesDeviates } from '@minqing/data/stats/empirical-bayes'
import { islandsOf } from '@minqing/data/stats/neighbours'
import { neighbourhoodOf } from '../neighbourhood.ts'
import type { Units } from '../units.ts'
import { measured } from './measure.ts'
import type { Method } from './method.ts'
import { permutationsUsed } from './significance.ts'
import { connectedSpots, unitResults, unknowns } from './unit-results.ts'

/** Days of a step: whole weeks, so that each has as many weekends; the longest of which there are enough is taken. */
const stepLengths = [28, 7] as const
/** Steps before its own that a neighbourhood spans. */
const stepsBefore = 1

/**
 * How hot spots developed (`emergingHotSpots`): Gi* of each unit in each step, its significant steps, and the trend of
 * Gi*. z, q and class are those of the last step. Rates are compared by what is expected of the households, other
 * measures by permutations.
 *
 * @throws ProblemError `bad_parameter` where the period has fewer than ten weeks
 */
export const emerging: Method = ({ question, units, progress }) => {
  const { neighbours, choice: reach } = neighbourhoodOf(units, question)
  const { counts, steps, choices } = cubeOf(units, question)
  const { choice: measure, values, expected } = measured(units, question)
  progress(0.1)
  const count = units.codes.length
  const baseline = question.reference ?? 'whole-cube'
  const neighbourhood = { baseline, stepsBefore: baseline === 'single-step' ? 0 : stepsBefore }
  const each = (of: Float64Array) => Float64Array.from(counts, (_, cell) => of[Math.floor(cell / steps)]!)
  const found =
    measure.value === 'rate'
      ? byHouseholds()
      : emergingHotSpots(
          measure.value === 'density' ? divided(counts, each(units.hectares)) : counts,
          neighbours,
          neighbourhood,
        )
  const last = (of: Float64Array) => Float64Array.from({ length: count }, (_, unit) => of[unit * steps + steps - 1]!)
  const [z, q] = [last(found.z), last(found.q)]
  const classes = z.map((score, unit) => significanceClass(score, q[unit]!))
  const spots = connectedSpots(classes, z, neighbours)
  const results = unitResults(units, { expected, values, z, p: unknowns(units), q, classes, spots })
  return {
    chosen: [
      measure,
      reach,
      ...choices,
      { name: 'reference', value: baseline, because: question.reference === undefined ? 'one-standard' : 'asked' },
      ...(measure.value === 'rate' ? [] : [permutationsUsed]),
    ],
    islands: islandsOf(neighbours).length,
    properties: results.map((own, unit) => ({
      ...own,
      emerging: found.classes[unit] ?? 'none',
      trend: Number.isFinite(found.trendZ[unit]!) ? Number(found.trendZ[unit]!.toFixed(6)) : null,
    })),
  }

  function byHouseholds() {
    // A unit without known households is expected to have none: it is neither hot nor cold.
    const population = each(units.households.map((households) => (households > 0 ? households : 0)))
    const cases = counts.map((own, cell) => (population[cell]! > 0 ? own : 0))
    const share = sumOf(cases) / Math.max(1, sumOf(population))
    const expectedCases = population.map((own) => own * share)
    const deviates = empiricalBayesDeviates(cases, population)
    return emergingHotSpots(
      deviates,
      neighbours,
      { ...neighbourhood, significance: 'binomial' },
      { cases, expected: expectedCases },
    )
  }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function divided(counts: Float64Array, by: Float64Array): Float64Array {
  return counts.map((count, cell) => (by[cell]! > 0 ? count / by[cell]! : 0))
}

/** Counts of units × steps, a unit's steps together; steps end with the period, or with the last day that has an incident. */
function cubeOf(
  { dated, codes }: Units,
  { filter: { from, to } }: AnalysisQuestion,
): { counts: Float64Array; steps: number; choices: AnalysisChoice[] } {
  const { unit, day, count } = dated ?? { unit: new Int32Array(), day: new Int32Array(), count: new Uint32Array() }
  const first = from === undefined ? day.reduce((least, own) => Math.min(least, own), Infinity) : dayOf(from)
  const latest = day.reduce((most, own) => Math.max(most, own), -Infinity) + 1
  const end = to === undefined ? latest : Math.min(latest, dayOf(to))
  const length = stepLengths.find((days) => end - first >= days * fewestEmergingSteps)
  if (length === undefined) throw tooShort()
  const steps = Math.floor((end - first) / length)
  const begin = end - steps * length
  const counts = new Float64Array(codes.length * steps)
  for (let row = 0; row < day.length; row++) {
    const step = Math.floor((day[row]! - begin) / length)
    if (unit[row]! >= 0 && step >= 0 && step < steps) counts[unit[row]! * steps + step]! += count[row]!
  }
  return {
    counts,
    steps,
    choices: [
      { name: 'step', value: length, because: 'ten-steps' },
      { name: 'steps', value: steps, because: 'ten-steps' },
    ],
  }
}

/** The first local day that begins at the instant or after it. */
function dayOf(instant: string): number {
  return homeDayNumber(Date.parse(instant) + dayLength - 1)
}

function tooShort(): ProblemError {
  const weeks = fewestEmergingSteps
  return new ProblemError(
    'bad_parameter',
    { zh: `演变热点至少需要 ${weeks} 周的事件`, en: `Emerging hot spots need incidents of ${weeks} weeks` },
    {
      parameter: 'filter',
      remedy: { zh: '请选择较早的开始日期', en: 'Choose an earlier first day' },
    },
  )
}
