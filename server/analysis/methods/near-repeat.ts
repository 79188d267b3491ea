import { ProblemError } from '@minqing/data/domain/problem'
import { knoxCells, knoxExceedances, type KnoxPairs, knoxPairs } from '@minqing/data/stats/knox'
import type { Method } from './method.ts'
import { seed } from './significance.ts'

/** As is usual for a table of this kind; p is 0.001 at least. */
const permutations = 999
/** Metres within which two incidents are at the same place, and the usual width of the bands beyond. */
const [samePlace, usualBand] = [10, 100]
const bands = 3
/** Whole weeks, so that each band has as many weekends. */
const days = [7, 14, 21, 28]
/** Pairs that are gone through in each permutation. */
const mostPairs = 5_000_000

/**
 * Whether an incident is followed by others nearby sooner than chance would have it (`knoxPairs`): pairs of incidents by
 * distance and by the days between them, against the same incidents with their days permuted. It finds no place, but how
 * far and how long the risk reaches.
 *
 * @throws ProblemError `bad_parameter` with too many pairs
 */
export const nearRepeat: Method = ({ question, units, progress }) => {
  const { x, y } = units.points ?? { x: new Float64Array(), y: new Float64Array() }
  const times = Float64Array.from(units.dated?.happened ?? [])
  const band = question.reach ?? usualBand
  const distance = [samePlace, ...Array.from({ length: bands }, (_, index) => band * (index + 1))].filter(
    (edge, index) => index === 0 || edge > samePlace,
  )
  const pairs = pairsOf(x, y, distance)
  const exceedances = knoxExceedances(pairs, times, days, {
    seed,
    from: 0,
    to: permutations,
    progress: (done) => progress(done / permutations),
  })
  const cells = knoxCells(pairs, times, days, exceedances, permutations)
  return {
    chosen: [
      { name: 'band', value: band, because: question.reach === undefined ? 'usual' : 'asked' },
      { name: 'step', value: days[0]!, because: 'usual' },
      { name: 'permutations', value: permutations, because: 'usual' },
    ],
    islands: 0,
    properties: [],
    outlines: { geometries: [], outside: x.length },
    nearRepeat: {
      distance,
      days,
      cells: cells.map(({ observed, expected, ratio, p }) => ({
        observed,
        expected: Number(expected.toFixed(3)),
        ratio: Number.isFinite(ratio) ? Number(ratio.toFixed(3)) : null,
        p,
      })),
    },
  }
}

function pairsOf(x: Float64Array, y: Float64Array, distance: readonly number[]): KnoxPairs {
  try {
    return knoxPairs(x, y, distance, mostPairs)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw new ProblemError(
    'bad_parameter',
    {
      zh: `${distance.at(-1)} 米内的事件对超过 ${mostPairs} 对`,
      en: `There are more than ${mostPairs} pairs of incidents within ${distance.at(-1)} m`,
    },
    {
      parameter: 'reach',
      remedy: {
        zh: '请减小距离分段，或缩小区域、时间或类型',
        en: 'Choose narrower bands of distance, a smaller area, a shorter period or fewer types',
      },
    },
  )
}
