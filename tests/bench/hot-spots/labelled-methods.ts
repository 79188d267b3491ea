import { clusterExcess, clusterMaxima } from '@minqing/data/stats/cluster-excess'
import { densityExcess, excessMaxima } from '@minqing/data/stats/density-excess'
import { thresholdOf } from '@minqing/data/stats/random-labelling'
import { unitsOfPoints } from '@minqing/data/stats/regular-units'
import { scanSignificance } from '@minqing/data/stats/scan-significance'
import { frameOver, wholeFrame } from '@minqing/data/stats/study-area'
import type { Points, Question } from './question.ts'

const drawings = 499
/** Metres, as wide as what was planted: 95 to 140 m in radius. */
const bandwidth = 60
const clusters = { radius: 60, minPoints: 5 }

/** Units whose middle lies where the density of the cases exceeds the largest that random labels make. */
export function densityUnits({ units, cases, population, level }: Question): Uint8Array {
  const [west, east] = extentOf(population.x)
  const [south, north] = extentOf(population.y)
  const area = wholeFrame(frameOver(west, south, east, north, 128))
  const options = { bandwidth, leastExpected: 1 }
  const all = { ...population, weights: null }
  const maxima = drawnOnce('density', cases, population, () =>
    excessMaxima(cases.x.length, all, area, options, { seed: 'hot spots', from: 0, to: drawings }),
  )
  const threshold = thresholdOf(maxima, level)
  const { frame, z } = densityExcess({ ...cases, weights: null }, all, area, options)
  return Uint8Array.from(units.x, (x, unit) => {
    const column = Math.round((x - frame.x) / frame.cell)
    const row = Math.round((units.y[unit]! - frame.y) / frame.cell)
    const isInside = column >= 0 && row >= 0 && column < frame.columns && row < frame.rows
    return Number(isInside && z[row * frame.columns + column]! >= threshold)
  })
}

/** Units with a case of a cluster that exceeds the largest that random labels make. */
export function clusterUnits({ units, cases, population, level }: Question): Uint8Array {
  const all = { ...population, weights: null }
  const maxima = drawnOnce('clusters', cases, population, () =>
    clusterMaxima(cases.x.length, all, clusters, { seed: 'hot spots', from: 0, to: drawings }),
  )
  const { labels, excess } = clusterExcess(cases, all, clusters)
  const ratios = excess.map(({ logLikelihoodRatio }) => logLikelihoodRatio)
  const isHot = scanSignificance(ratios, maxima).map(({ p }) => p <= level)
  const hot = new Uint8Array(units.keys.length)
  for (const [point, unit] of unitsOfPoints(units, cases.x, cases.y).entries())
    if (unit !== -1 && isHot[labels[point]! - 1] === true) hot[unit] = 1
  return hot
}

/** Drawings depend on the population and the number of cases alone: relabelings share them. */
const known = new WeakMap<Points, Map<string, Float64Array>>()

function drawnOnce(method: string, cases: Points, population: Points, draw: () => Float64Array): Float64Array {
  const key = `${method} ${cases.x.length}`
  const before = known.get(population)?.get(key)
  if (before !== undefined) return before
  const drawn = draw()
  known.set(population, new Map([...(known.get(population) ?? []), [key, drawn]]))
  return drawn
}

function extentOf(values: Float64Array): [number, number] {
  return [
    values.reduce((least, value) => Math.min(least, value)),
    values.reduce((most, value) => Math.max(most, value)),
  ]
}
