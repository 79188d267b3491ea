import { thingsOf, usualLength, voicesOf } from '@minqing/data/stats/silent-areas'
import type { Method } from './method.ts'
import { measured } from './measure.ts'
import { rounded, unitResults, unknowns } from './unit-results.ts'

/**
 * Whether few reports mean few troubles, or residents who seldom report: how often each thing is reported, estimated from
 * how many reported the same thing and how late the first one was (`voicesOf`, docs/silent-areas.md). It ends with the
 * period, or with the last report where that is earlier.
 */
export const silence: Method = ({ question, units, progress }) => {
  const { reports } = units
  if (reports === undefined) throw new Error('silent areas were asked for without reports')
  const { place: area, type, x, y, reported, happened, settled } = reports
  const end = question.filter.to === undefined ? Infinity : Date.parse(question.filter.to) / 86_400_000
  const asOf = Math.min(end, reported.at(-1) ?? end)
  const things = thingsOf({ area, type, x, y, reported, happened, settled }, asOf)
  progress(0.2)
  const voices = voicesOf(things, units.codes.length)
  const none = unknowns(units)
  const { expected } = measured(units, { ...question, measure: 'count' })
  const values = Float64Array.from(voices, ({ reportedShare }) => reportedShare)
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
