import { significanceClass } from '@minqing/data/domain/significance'
import { islandsOf } from '@minqing/data/stats/neighbours'
import { upperQuantile } from '@minqing/data/stats/normal'
import { compareRates } from '@minqing/data/stats/rate-ratio'
import { neighbourhoodOf } from '../neighbourhood.ts'
import type { Method } from './method.ts'
import { connectedSpots, unitResults } from './unit-results.ts'

/**
 * Two periods compared: the ratio of their rates in each unit with exact limits (`compareRates`), q under control of false
 * discovery over all units. Hot where there are more incidents than before, cold where there are fewer. z is the deviate
 * of a normal distribution with the same two-sided p, with the sign of the change.
 */
export const comparison: Method = ({ question, units, progress }) => {
  const { earlier } = units
  if (earlier === null) throw new Error('a comparison was read without its earlier period')
  const { now, earlier: before } = earlier.exposure
  const evenly = (days: number) => new Float64Array(units.codes.length).fill(days)
  const found = compareRates(
    Uint32Array.from(units.incidents),
    Uint32Array.from(earlier.incidents),
    evenly(now),
    evenly(before),
  ).units
  progress(0.5)
  const sign = found.map(({ ratio }) => (Number.isNaN(ratio) ? 0 : Math.sign(ratio - 1)))
  const z = Float64Array.from(found, ({ p }, unit) => (Number.isNaN(p) ? p : sign[unit]! * upperQuantile(p / 2)))
  const classes = Float64Array.from(found, ({ q }, unit) => significanceClass(sign[unit]!, q))
  const { neighbours, choice: reach } = neighbourhoodOf(units, question)
  const results = unitResults(units, {
    expected: earlier.incidents.map((count) => (count * now) / before),
    values: Float64Array.from(found, ({ ratio }) => ratio),
    z,
    p: Float64Array.from(found, ({ p }) => p),
    q: Float64Array.from(found, ({ q }) => q),
    classes,
    spots: connectedSpots(classes, z, neighbours),
  })
  const { baseline } = question
  return {
    chosen: [
      baseline === undefined
        ? { name: 'baseline', value: 'last-year', because: 'no-seasons' }
        : { name: 'baseline', value: baseline, because: 'asked' },
      reach,
    ],
    islands: islandsOf(neighbours).length,
    properties: results.map((own, unit) => ({
      ...own,
      earlier: earlier.incidents[unit]!,
      ratioLower: limit(found[unit]!.lower),
      ratioUpper: limit(found[unit]!.upper),
    })),
  }
}

function limit(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(4)) : null
}
