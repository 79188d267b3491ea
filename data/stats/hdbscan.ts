import { clusterTreeOf, dendrogramOf, type ClusterTree } from './cluster-hierarchy.ts'
import { reachabilityTree } from './mutual-reachability.ts'

type Numbers = Float32Array | Float64Array

export type HdbscanOptions = {
  /** Points, itself included, within whose distance a point's surroundings count as dense; more smooth more. */
  minPoints: number
  /** Points of the smallest group that is a cluster. */
  leastPoints: number
  /**
   * Metres: distances below count as this. Positions are not known better, and cases at one address would make a density
   * that is infinite.
   */
  resolution: number
  /** Called with the share that is done. */
  progress?: (share: number) => void
}

export type HierarchicalClusters = {
  /** Number of the cluster of each point from 1, in the order of their first points; 0 is noise. */
  labels: Int32Array
  /** How long each point belongs to its cluster as the density grows, from 0 to 1 for its densest part; 0 for noise. */
  probabilities: Float64Array
  /** GLOSH: from 0 for a point in the densest part of its surroundings to 1 for one far from any. */
  outlierScores: Float64Array
  /** Of each cluster, cluster n at n − 1: how much density it has over its surroundings, in points per metre. */
  stabilities: Float64Array
  count: number
}

/**
 * HDBSCAN (Campello, Moulavi & Sander 2013; Campello, Moulavi, Zimek & Sander 2015, Hierarchical density estimates for
 * data clustering, visualization, and outlier detection, ACM TKDD 10): clusters of different densities without a radius.
 * The components of DBSCAN* at every radius are a tree; of the clusters on each path from its root the most stable one is
 * chosen (excess of mass). All points together are no cluster. Edges of equal lengths are removed at once, as the papers
 * define it, so that neither the order of the points nor that of the edges changes a cluster.
 *
 * O(n log n); memory 200 bytes a point.
 *
 * @param x, y metres
 * @throws RangeError when a number of points is below 2 or the resolution not positive, or a point has no position
 */
export function hdbscan(x: Numbers, y: Numbers, options: HdbscanOptions): HierarchicalClusters {
  const { minPoints, leastPoints, resolution, progress } = options
  if (!Number.isInteger(minPoints) || minPoints < 1)
    throw new RangeError(`at least one point is near itself, not ${minPoints}`)
  if (!Number.isInteger(leastPoints) || leastPoints < 2)
    throw new RangeError(`at least two points make a cluster, not ${leastPoints}`)
  if (!(resolution > 0)) throw new RangeError(`a resolution is a positive number of metres, not ${resolution}`)
  for (let i = 0; i < x.length; i++)
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i]))
      throw new RangeError(`point ${i} has no position: ${x[i]}, ${y[i]}`)
  // Too few for any to be dense: all are noise.
  if (x.length < Math.max(minPoints, leastPoints)) {
    const none = new Float64Array(x.length)
    return {
      labels: new Int32Array(x.length),
      probabilities: none,
      outlierScores: none,
      stabilities: new Float64Array(0),
      count: 0,
    }
  }
  const tree = clusterTreeOf(dendrogramOf(reachabilityTree(x, y, minPoints, progress), resolution), leastPoints)
  return labelled(tree, chosenClusters(tree))
}

/** One byte a cluster: chosen when it is more stable than what is chosen below it together. */
function chosenClusters({ parents, stabilities }: ClusterTree): Uint8Array {
  const chosen = new Uint8Array(parents.length)
  const below = new Float64Array(parents.length)
  for (let cluster = parents.length - 1; cluster > 0; cluster--) {
    const isChosen = stabilities[cluster]! >= below[cluster]!
    chosen[cluster] = isChosen ? 1 : 0
    below[parents[cluster]!]! += isChosen ? stabilities[cluster]! : below[cluster]!
  }
  return chosen
}

function labelled(tree: ClusterTree, chosen: Uint8Array): HierarchicalClusters {
  const { parents, deaths, stabilities, clusterOf, leaves } = tree
  // Of each cluster the uppermost chosen one that it is part of, −1 for none; and the density of its densest part.
  const within = new Int32Array(parents.length).fill(-1)
  for (let cluster = 1; cluster < parents.length; cluster++) {
    const above = within[parents[cluster]!]!
    within[cluster] = above === -1 && chosen[cluster] === 1 ? cluster : above
  }
  const densest = Float64Array.from(deaths)
  for (let cluster = parents.length - 1; cluster > 0; cluster--)
    densest[parents[cluster]!] = Math.max(densest[parents[cluster]!]!, densest[cluster]!)
  const points = clusterOf.length
  const numbers = new Int32Array(parents.length)
  const result = {
    labels: new Int32Array(points),
    probabilities: new Float64Array(points),
    outlierScores: new Float64Array(points),
    stabilities: [] as number[],
    count: 0,
  }
  for (let point = 0; point < points; point++) {
    const cluster = within[clusterOf[point]!]!
    result.outlierScores[point] = 1 - leaves[point]! / densest[clusterOf[point]!]!
    if (cluster === -1) continue
    if (numbers[cluster] === 0) {
      numbers[cluster] = ++result.count
      result.stabilities.push(stabilities[cluster]!)
    }
    result.labels[point] = numbers[cluster]!
    result.probabilities[point] = Math.min(1, leaves[point]! / deaths[cluster]!)
  }
  return { ...result, stabilities: Float64Array.from(result.stabilities) }
}
