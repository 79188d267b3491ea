import { thingsOf, usualLength, voicesOf } from '@minqing/data/stats/silent-areas'
import type { Method } from './method.ts'
import { measured } from './measure.ts'
import { rounded, unitResults, unknowns } from './unit-results.ts'

/**
 * Whether few reports mean few troubles, or residents who seldom report: how often each thing is reported, estimated from
 * how many reported the same thing and how late the first one was (`voicesOf`, docs/silent-areas.md).
 */
export const silence: Method = ({ question, units, progress }) => {
  const { reports } = units
  if (reports === undefined) throw new Error('silent areas were asked for without reports')
  const { place, from, until, ...columns } = reports
  const things = thingsOf({ ...columns, area: place }, until, from)
  progress(0.2)
  const voices = voicesOf(things, units.codes.length, usualLength, (done) => progress(0.2 + 0.7 * done))
  const none = unknowns(units)
  const { expected } = measured(units, { ...question, measure: 'count' })
  // Of an area without reports the estimate is that of all areas, and says nothing of it.
  const values = Float64Array.from(voices, (own) => (own.things === 0 ? Number.NaN : own.reportedShare))
  const classes = new Float64Array(units.codes.length)
  const spots = new Uint32Array(units.codes.length)
  const results = unitResults(units, { expected, values, z: none, p: none, q: none, classes, spots })
  return {
    chosen: [{ name: 'lasts', value: usualLength, because: 'usual-length' }],
    islands: 0,
    properties: results.map((own, unit) => {
      const { voice, things: count, estimated, rate, low, high, probability } = voices[unit]!
      return {
        ...own,
        voice: {
          voice,
          things: count,
          estimated: rounded(estimated, 1),
          rate: rounded(rate, 4),
          low: rounded(low, 4),
          high: rounded(high, 4),
          probability: rounded(probability, 3),
        },
      }
    }),
  }
}
