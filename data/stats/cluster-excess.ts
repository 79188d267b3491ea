import Flatbush from 'flatbush'
import { dbscan, type PointClusters } from './dbscan.ts'
import { Random } from './random.ts'
import { RandomLabelling, type Labellings } from './random-labelling.ts'
import type { WeightedPoints } from './raster-frame.ts'
import { logLikelihoodRatio } from './scan-statistic.ts'

export type ClusterOptions = {
  /** Metres. */
  radius: number
  minPoints: number
}

/** A cluster of cases, compared with the population that lives within the radius of its core points. */
export type ClusterExcess = { cases: number; expected: number; logLikelihoodRatio: number }

/**
 * DBSCAN's clusters of cases against a population: points lie densely where people live densely, and a cluster is news
 * where there are more cases than that. Each cluster's population are the points within the radius of its core points,
 * each given to the nearest one, as border points are; its ratio is Kulldorff's (`logLikelihoodRatio`), with
 * expected = m · population / whole population. Whether chance alone makes one as large is answered by
 * `clusterMaxima` and `scanSignificance`.
 *
 * @returns the clusters, and what is in excess in cluster n at n − 1
 */
export function clusterExcess(
  { x, y }: { x: Float64Array; y: Float64Array },
  population: WeightedPoints,
  options: ClusterOptions,
): PointClusters & { excess: ClusterExcess[] } {
  return new Surroundings(population, options).clusters(x, y)
}

/**
 * The largest ratio of any cluster of each drawing of as many cases from the population, 0 without a cluster.
 * @returns one a drawing of the range
 */
export function clusterMaxima(
  count: number,
  population: WeightedPoints,
  options: ClusterOptions,
  { seed, from, to, progress }: Labellings,
): Float64Array {
  const labelling = new RandomLabelling(population, count)
  const surroundings = new Surroundings(population, options)
  const maxima = new Float64Array(to - from)
  for (let at = from; at < to; at++) {
    const { x, y } = labelling.draw(new Random(seed, 'cluster excess', at))
    const { excess } = surroundings.clusters(x, y)
    maxima[at - from] = excess.reduce((most, { logLikelihoodRatio }) => Math.max(most, logLikelihoodRatio), 0)
    progress?.((at + 1 - from) / (to - from))
  }
  return maxima
}

/** A population that is asked again and again who of it lives near some points. */
class Surroundings {
  readonly #population: WeightedPoints
  readonly #options: ClusterOptions
  readonly #index: Flatbush
  readonly #whole: number

  constructor(population: WeightedPoints, options: ClusterOptions) {
    this.#population = population
    this.#options = options
    const { x, y, weights } = population
    this.#index = new Flatbush(Math.max(1, x.length))
    for (let point = 0; point < x.length; point++) this.#index.add(x[point]!, y[point]!)
    if (x.length === 0) this.#index.add(Number.NaN, Number.NaN)
    this.#index.finish()
    this.#whole = weights === null ? x.length : Array.from(weights).reduce((sum, weight) => sum + weight, 0)
  }

  clusters(x: Float64Array, y: Float64Array): PointClusters & { excess: ClusterExcess[] } {
    const { radius, minPoints } = this.#options
    const found = dbscan(x, y, radius, minPoints)
    const nearest = new Map<number, { distance: number; label: number }>()
    for (let point = 0; point < x.length; point++) {
      if (found.core[point] === 1) this.#giveTo(nearest, x[point]!, y[point]!, found.labels[point]!)
    }
    const sizes = new Float64Array(found.count)
    for (const [point, { label }] of nearest) sizes[label - 1]! += this.#population.weights?.[point] ?? 1
    const cases = new Uint32Array(found.count)
    for (const label of found.labels) if (label > 0) cases[label - 1]!++
    const excess = Array.from(cases, (cases, cluster) => {
      const expected = (x.length * sizes[cluster]!) / this.#whole
      return { cases, expected, logLikelihoodRatio: logLikelihoodRatio(cases, expected, x.length) }
    })
    return { ...found, excess }
  }

  /** Who lives within the radius of a core point and not nearer to another, or as near to one of a lower number. */
  #giveTo(nearest: Map<number, { distance: number; label: number }>, x: number, y: number, label: number): void {
    const { radius } = this.#options
    for (const point of this.#index.search(x - radius, y - radius, x + radius, y + radius)) {
      const distance = (this.#population.x[point]! - x) ** 2 + (this.#population.y[point]! - y) ** 2
      if (distance > radius ** 2) continue
      const before = nearest.get(point)
      const isNearer = before === undefined || distance < before.distance
      if (isNearer || (distance === before.distance && label < before.label)) nearest.set(point, { distance, label })
    }
  }
}
