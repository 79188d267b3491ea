import { significanceLevels } from '@minqing/data/domain/significance'
import { poissonModel } from '@minqing/data/stats/scan-model'
import { scanSignificance } from '@minqing/data/stats/scan-significance'
import { findClusters, replicateMaxima } from '@minqing/data/stats/scan-statistic'
import { scanWindows } from '@minqing/data/stats/scan-windows'
import { measured } from './measure.ts'
import type { Method } from './method.ts'
import { seed } from './significance.ts'
import { unitResults, unknowns } from './unit-results.ts'

/** As in SaTScan: p below 0.001 by rank; Gumbel's approximation says what is smaller. */
const replications = 999
/** Of all that is expected; half of it is Kulldorff's default, and too much to go and look at. */
const largestShare = 0.1

/**
 * Kulldorff's spatial scan statistic (1997), Poisson: circles in which more incidents are than elsewhere, given what is
 * expected by units, households or hectares. p of a circle is that of its likelihood ratio among the largest of 999
 * replications, so that all circles are one test; q is the same.
 */
export const scan: Method = ({ question, units, progress }) => {
  const { choice: measure, values, expected } = measured(units, question)
  const cases = Uint32Array.from(units.incidents)
  // Incidents where nobody is expected (no households) cannot be compared.
  const compared = expected.map((count) => (count > 0 ? count : 0))
  for (const [unit, count] of compared.entries()) if (count === 0) cases[unit] = 0
  const total = cases.reduce((sum, count) => sum + count, 0)
  const [p, z] = [unknowns(units), unknowns(units)]
  const classes = new Float64Array(units.codes.length)
  const spots = new Uint32Array(units.codes.length)
  const ratios = new Float64Array(units.codes.length).fill(Number.NaN)
  if (units.codes.length > 1 && total > 1) {
    const model = poissonModel(cases, compared)
    const places = { x: units.x, y: units.y, coordinates: 'cartesian' } as const
    const windows = scanWindows(places, compared, { share: largestShare })
    const clusters = findClusters(model, windows)
    const maxima = replicateMaxima(model, windows, {
      seed,
      from: 0,
      to: replications,
      progress: (done) => progress(done / replications),
    })
    const found = scanSignificance(
      clusters.map(({ logLikelihoodRatio }) => logLikelihoodRatio),
      maxima,
    )
    let count = 0
    for (const [index, { areas, logLikelihoodRatio }] of clusters.entries()) {
      const own = found[index]!.p
      const level = significanceLevels.find(({ q }) => own <= q)
      if (level !== undefined) count += 1
      for (const unit of areas) {
        p[unit] = own
        ratios[unit] = logLikelihoodRatio
        if (level === undefined) continue
        classes[unit] = level.class
        spots[unit] = count
      }
    }
  }
  const results = unitResults(units, { expected, values, z, p, q: p, classes, spots })
  return {
    chosen: [
      measure,
      { name: 'replications', value: replications, because: 'usual' },
      { name: 'share', value: largestShare, because: 'places-to-visit' },
    ],
    islands: 0,
    properties: results.map((own, unit) => ({
      ...own,
      logLikelihoodRatio: Number.isFinite(ratios[unit]!) ? Number(ratios[unit]!.toFixed(6)) : null,
    })),
  }
}
