import type { AnalysisChoice, AnalysisQuestion, UnitResult } from '@minqing/data/domain/analysis'
import { significanceLevels } from '@minqing/data/domain/significance'
import { AreaLocator } from '@minqing/data/geo/locate'
import { type ClusterExcess, clusterExcess, clusterMaxima } from '@minqing/data/stats/cluster-excess'
import { clusterOutlines } from '@minqing/data/stats/cluster-outlines'
import { dbscanRadius } from '@minqing/data/stats/dbscan-radius'
import { hdbscan } from '@minqing/data/stats/hdbscan'
import { KdTree } from '@minqing/data/stats/kd-tree'
import { Random } from '@minqing/data/stats/random'
import { RandomLabelling } from '@minqing/data/stats/random-labelling'
import type { Polygons } from '@minqing/data/stats/raster-polygons'
import { scanSignificance } from '@minqing/data/stats/scan-significance'
import { logLikelihoodRatio } from '@minqing/data/stats/scan-statistic'
import type { Units } from '../units.ts'
import type { Method, MethodInput } from './method.ts'
import { outlineOf, PlaceNames } from './outline-results.ts'
import { type Population, populationOf } from './population.ts'
import { seed } from './significance.ts'

/** Enough for a p below 0.01; each of them groups as many points as there are incidents. */
const replications = 199
/** Metres below which a radius says nothing: many positions are those of a building's middle. */
const leastRadius = 30
/** Points that make a cluster at least, where the number is chosen. */
const fewestPoints = 5
/** Drawings from which a radius is chosen, and the share of their points that may have enough neighbours within it. */
const [drawings, shareByChance] = [5, 0.05]
/** Places of the ground along the distance between evenly spread incidents, and along the radius that is asked for. */
const [placesPerIncident, placesPerRadius] = [4, 3]

type Points = Record<'x' | 'y', Float64Array>
type Options = { radius: number; minPoints: number }

/** Each cluster's incidents with what is expected, the radius in which points are joined, and p; null: not tested. */
type Found = { labels: Int32Array; excess: ClusterExcess[]; radii: number[]; p: (number | null)[] }

/**
 * Groups of incidents that lie close together, wherever units have their borders. DBSCAN's are compared with as many
 * incidents drawn from the households of all buildings, or from the ground (`clusterExcess`): p of a cluster is that of
 * its likelihood ratio among the largest of 199 drawings, so that all clusters are one test. HDBSCAN's are not tested: it
 * looks for what is dense in its surroundings, which chance does everywhere. Nor is a cluster of DBSCAN's with nobody of the
 * population near.
 */
export const clusters: Method = ({ question, units, progress }) => {
  const points = units.points ?? { x: new Float64Array(), y: new Float64Array() }
  const minPoints = minPointsOf(question, points.x.length)
  const clustering = {
    name: 'clustering',
    value: question.clustering ?? 'dbscan',
    because: question.clustering === undefined ? 'one-density' : 'asked',
  } as const
  if (points.x.length < minPoints.value)
    return {
      chosen: [clustering, minPoints],
      islands: 0,
      properties: [],
      outlines: { geometries: [], outside: points.x.length },
    }
  const population = populationOf(units, question, spacingOf(units, question, points.x.length))
  const chosen = [clustering, minPoints, population.choice]
  if (clustering.value === 'hdbscan')
    return { chosen, islands: 0, ...outlined(units, points, untested(points, population, minPoints.value), population) }
  const reach =
    question.reach === undefined
      ? radiusOf(points, population, minPoints.value)
      : ({ name: 'reach', value: question.reach, because: 'asked' } as const)
  const found = tested(points, population, { radius: reach.value, minPoints: minPoints.value }, progress)
  return {
    chosen: [...chosen, reach, { name: 'replications', value: replications, because: 'usual' }],
    islands: 0,
    ...outlined(units, points, found, population),
  }
}

/** Metres between the places that stand for the ground. */
function spacingOf({ hectares }: Units, { reach }: AnalysisQuestion, incidents: number): number {
  const ground = hectares.reduce((sum, own) => sum + own, 0) * 10_000
  return Math.min(Math.sqrt(ground / incidents) / placesPerIncident, (reach ?? Infinity) / placesPerRadius)
}

/** The clusters in the order of their likelihood ratios, the one that chance explains least first. */
function outlined(units: Units, points: Points, { labels, excess, radii, p }: Found, population: Population) {
  const members = membersOf(labels, excess.length)
  const order = [...excess.entries()].toSorted(
    ([a, { logLikelihoodRatio: left, cases: few }], [b, { logLikelihoodRatio: right, cases: many }]) =>
      right - left || many - few || a - b,
  )
  const names = new PlaceNames(units)
  const geometries: string[] = []
  let spots = 0
  const properties = order.map(([cluster, own], index) => {
    const { geometry, hectares } = outlineOf(units, discsOf(points, members[cluster]!, radii[cluster]! / 2))
    geometries.push(geometry)
    const spot = levelOf(p[cluster]!) > 0 ? ++spots : null
    const name = names.nameOf(members[cluster]!)
    const shown = { rank: index + 1, spot, name, hectares, p: p[cluster]! }
    return clusterResult(own, shown, population, points.x.length)
  })
  return { properties, outlines: { geometries, outside: labels.filter((label) => label === 0).length } }
}

/** The points of cluster n at n − 1. */
function membersOf(labels: Int32Array, count: number): number[][] {
  const members = Array.from({ length: count }, (): number[] => [])
  for (const [point, label] of labels.entries()) if (label > 0) members[label - 1]!.push(point)
  return members
}

/** The places within a radius of any of some points. */
function discsOf({ x, y }: Points, members: readonly number[], radius: number): Polygons {
  const at = (values: Float64Array) => Float64Array.from(members, (point) => values[point]!)
  return clusterOutlines(at(x), at(y), new Int32Array(members.length).fill(1), 1, radius)[0] ?? []
}

/** As many as the logarithm of all (Birant & Kut 2007, ST-DBSCAN, §3.1), and never a handful that chance would bring together. */
function minPointsOf({ minPoints }: AnalysisQuestion, incidents: number) {
  return minPoints === undefined
    ? ({
        name: 'minPoints',
        value: Math.max(fewestPoints, Math.round(Math.log(Math.max(1, incidents)))),
        because: 'logarithm',
      } as const)
    : ({ name: 'minPoints', value: minPoints, because: 'asked' } as const)
}

/**
 * The bend in the distances of the incidents (`dbscanRadius`), unless chance would connect what lies within it: then the
 * distance within which one in twenty of as many incidents drawn from the population has enough neighbours.
 */
function radiusOf({ x, y }: Points, { points: population }: Population, minPoints: number) {
  const bend = dbscanRadius(x, y, minPoints, leastRadius).radius
  const labelling = new RandomLabelling(population, x.length)
  const distances = Array.from({ length: drawings }, (_, drawing) => {
    const drawn = labelling.draw(new Random(seed, 'radius', drawing))
    return [...new KdTree(drawn.x, drawn.y).distances2ToNearest(minPoints)]
  }).flat()
  const nth = distances.toSorted((a, b) => a - b)[Math.floor(distances.length * shareByChance)] ?? 0
  const byChance = Math.max(leastRadius, Math.sqrt(nth))
  const value = Math.round(Math.min(bend, byChance))
  const because: AnalysisChoice['because'] =
    value <= leastRadius ? 'least-distance' : byChance < bend ? 'rare-by-chance' : 'bend-of-distances'
  return { name: 'reach', value, because } as const
}

function tested(
  { x, y }: Points,
  { points: population }: Population,
  options: Options,
  progress: MethodInput['progress'],
): Found {
  const { labels, excess: all } = clusterExcess({ x, y }, population, options)
  // Where nobody is expected nothing can be compared.
  const excess = all.map((own) => (own.expected > 0 ? own : { ...own, logLikelihoodRatio: 0 }))
  const radii = excess.map(() => options.radius)
  if (excess.length === 0) return { labels, excess, radii, p: [] }
  const maxima = clusterMaxima(x.length, population, options, { seed, from: 0, to: replications, progress })
  const ratios = excess.map(({ logLikelihoodRatio: ratio }) => ratio)
  const p = scanSignificance(ratios, maxima).map((own, cluster) => (excess[cluster]!.expected > 0 ? own.p : null))
  return { labels, excess, radii, p }
}

/** Points of a cluster that are joined to be drawn, and the share of them that is. */
const [joined, shareJoined] = [3, 0.9]

/**
 * Each cluster has a radius of its own, within which most of its points have others, and the population within it, for
 * comparison alone.
 */
function untested(points: Points, { points: population }: Population, minPoints: number): Found {
  const { x, y } = points
  const { labels, count } = hdbscan(x, y, { minPoints, leastPoints: minPoints, resolution: 1 })
  const members = membersOf(labels, count)
  const radii = members.map((own) => {
    const at = (values: Float64Array) => Float64Array.from(own, (point) => values[point]!)
    const near = new KdTree(at(x), at(y)).distances2ToNearest(joined).toSorted()
    return Math.max(leastRadius, Math.sqrt(near[Math.floor(near.length * shareJoined)] ?? 0))
  })
  const surroundings = members.map((own, cluster) => ({
    code: String(cluster),
    geometry: { type: 'MultiPolygon' as const, coordinates: discsOf(points, own, radii[cluster]!) },
  }))
  const locator = new AreaLocator(surroundings)
  const sizes = new Float64Array(count)
  let whole = 0
  for (let place = 0; place < population.x.length; place++) {
    const weight = population.weights?.[place] ?? 1
    const cluster = locator.locate(population.x[place]!, population.y[place]!)
    whole += weight
    if (cluster !== null) sizes[Number(cluster)]! += weight
  }
  const excess = members.map(({ length: cases }, cluster) => {
    const expected = whole > 0 ? (x.length * sizes[cluster]!) / whole : 0
    return { cases, expected, logLikelihoodRatio: expected > 0 ? logLikelihoodRatio(cases, expected, x.length) : 0 }
  })
  return { labels, excess, radii, p: excess.map(() => null) }
}

function clusterResult(
  { cases, expected, logLikelihoodRatio: ratio }: ClusterExcess,
  own: { rank: number; spot: number | null; name: string; hectares: number; p: number | null },
  { measure, points: { weights } }: Population,
  incidents: number,
): UnitResult {
  const { rank, spot, name, hectares, p } = own
  const whole = weights === null ? 0 : Array.from(weights).reduce((sum, weight) => sum + weight, 0)
  const households = measure === 'rate' ? Math.round((expected * whole) / incidents) : null
  const size = households === null ? hectares : households / 1000
  return {
    code: `C${rank}`,
    name,
    incidents: cases,
    households,
    hectares,
    expected: Number(expected.toFixed(3)),
    value: size > 0 ? Number((cases / size).toFixed(4)) : null,
    z: null,
    p,
    q: p,
    class: levelOf(p),
    spot,
    logLikelihoodRatio: Number.isFinite(ratio) ? Number(ratio.toFixed(6)) : null,
    ...(p !== null ? {} : { tested: false as const }),
  }
}

function levelOf(p: number | null): 0 | 1 | 2 | 3 {
  return significanceLevels.find(({ q }) => p !== null && p <= q)?.class ?? 0
}
