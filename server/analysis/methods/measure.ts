import type { AnalysisChoice, AnalysisMeasure, AnalysisQuestion } from '@minqing/data/domain/analysis'
import type { Units } from '../units.ts'

export type Measured = {
  choice: AnalysisChoice
  /** What is compared, in the unit of the measure; NaN where it has no denominator. */
  values: Float64Array
  /** Incidents of each unit if they were spread evenly over all units, households or hectares. */
  expected: Float64Array
}

/** The measure that was asked for, or the one that fits the units: each with its denominator. */
export function measured(units: Units, { measure, unit }: AnalysisQuestion): Measured {
  const choice: AnalysisChoice =
    measure === undefined ? chooseMeasure(units, unit) : { name: 'measure', value: measure, because: 'asked' }
  const denominators = denominatorsOf(units, choice.value as AnalysisMeasure)
  const total = units.incidents.reduce((sum, count) => sum + count, 0)
  const whole = denominators.reduce((sum, size) => sum + (Number.isNaN(size) ? 0 : size), 0)
  const expected = denominators.map((size) => (whole > 0 && size > 0 ? (total * size) / whole : 0))
  const scale = choice.value === 'rate' ? 1000 : 1
  const values = units.incidents.map((count, index) => {
    const size = denominators[index]!
    return size > 0 ? (count / size) * scale : Number.NaN
  })
  return { choice, values, expected }
}

function chooseMeasure(units: Units, unit: AnalysisQuestion['unit']): AnalysisChoice {
  if (units.cells !== null) return { name: 'measure', value: 'count', because: 'equal-areas' }
  if (unit === 'building') return { name: 'measure', value: 'count', because: 'buildings' }
  const known = units.households.every((households) => households > 0)
  return known && units.codes.length > 0
    ? { name: 'measure', value: 'rate', because: 'unequal-households' }
    : { name: 'measure', value: 'count', because: 'no-households' }
}

function denominatorsOf(units: Units, measure: AnalysisMeasure): Float64Array {
  switch (measure) {
    case 'count':
      return new Float64Array(units.codes.length).fill(1)
    case 'rate':
      return units.households
    case 'density':
      return units.hectares
  }
}
