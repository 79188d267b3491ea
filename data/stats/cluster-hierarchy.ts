import { DisjointSets } from './disjoint-sets.ts'
import type { SpanningTree } from './mutual-reachability.ts'

/**
 * Components of points as the length up to which they are connected grows. Node i below `points` is a point; above, one
 * that joins all components that edges of one length connect at once, so that it does not depend on the order of edges
 * that are equally long.
 */
export type Dendrogram = {
  points: number
  root: number
  /** Length in metres at which each node comes to be; 0 of a point. */
  heights: Float64Array
  sizes: Int32Array
  /** Children as a list: the first of each node and the next of each child; −1 ends it. */
  firstChild: Int32Array
  nextSibling: Int32Array
}

/**
 * @param tree shortest edges first
 * @param resolution lengths below are taken as this
 */
export function dendrogramOf({ from, to, lengths }: SpanningTree, resolution: number): Dendrogram {
  const points = lengths.length + 1
  const heights = new Float64Array(2 * points)
  const sizes = new Int32Array(2 * points).fill(1, 0, points)
  const firstChild = new Int32Array(2 * points).fill(-1)
  const lastChild = new Int32Array(2 * points).fill(-1)
  const nextSibling = new Int32Array(2 * points).fill(-1)
  const nodeOf = Int32Array.from({ length: points }, (_, at) => at)
  const sets = new DisjointSets(points)
  let next = points
  const append = (parent: number, first: number, last: number) => {
    if (firstChild[parent] === -1) firstChild[parent] = first
    else nextSibling[lastChild[parent]!] = first
    lastChild[parent] = last
  }
  for (let edge = 0; edge < lengths.length; edge++) {
    const height = Math.max(lengths[edge]!, resolution)
    let a = nodeOf[sets.rootOf(from[edge]!)]!
    let b = nodeOf[sets.rootOf(to[edge]!)]!
    const isOpen = (node: number) => node >= points && heights[node] === height
    if (!isOpen(a)) [a, b] = [b, a]
    if (isOpen(a)) {
      // Made by an edge of the same length: what is connected now belongs to it.
      if (isOpen(b)) append(a, firstChild[b]!, lastChild[b]!)
      else append(a, b, b)
      sizes[a]! += sizes[b]!
    } else {
      heights[next] = height
      sizes[next] = sizes[a]! + sizes[b]!
      append(next, a, a)
      append(next, b, b)
      a = next++
    }
    nodeOf[sets.join(from[edge]!, to[edge]!)] = a
  }
  const root = points === 0 ? -1 : nodeOf[sets.rootOf(0)]!
  return { points, root, heights, sizes, firstChild, nextSibling }
}

/**
 * The clusters of a dendrogram that have at least so many points, from all points (cluster 0) down; a parent has a lower
 * number than its children. Density is 1 / length in 1/m: the density of a cluster grows from `births` on, points leave it
 * at `leaves`, until it splits into clusters or dissolves at `deaths`.
 */
export type ClusterTree = {
  parents: Int32Array
  births: Float64Array
  deaths: Float64Array
  /** Σ over a cluster's points of the density at which each leaves it, less the one at its birth (excess of mass). */
  stabilities: Float64Array
  /** Of each point the smallest cluster that it was in, and the density at which it left that. */
  clusterOf: Int32Array
  leaves: Float64Array
}

/** Condenses a dendrogram (Campello, Moulavi, Zimek & Sander 2015, ACM TKDD 10, §3.2 and 5.1). O(points). */
export function clusterTreeOf(dendrogram: Dendrogram, leastPoints: number): ClusterTree {
  const { points, root, heights, sizes, firstChild, nextSibling } = dendrogram
  const parents: number[] = [-1]
  const births: number[] = [0]
  const deaths: number[] = [0]
  const stabilities: number[] = [0]
  const clusterOf = new Int32Array(points)
  const leaves = new Float64Array(points)
  const pending: [node: number, cluster: number][] = points > 1 ? [[root, 0]] : []
  const below: number[] = []
  const leave = (node: number, cluster: number, density: number) => {
    below.push(node)
    for (let next = below.pop(); next !== undefined; next = below.pop()) {
      if (next < points) {
        clusterOf[next] = cluster
        leaves[next] = density
      } else for (let child = firstChild[next]!; child !== -1; child = nextSibling[child]!) below.push(child)
    }
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, cluster] = next
    const density = 1 / heights[node]!
    let large = 0
    for (let child = firstChild[node]!; child !== -1; child = nextSibling[child]!)
      if (sizes[child]! >= leastPoints) large++
    for (let child = firstChild[node]!; child !== -1; child = nextSibling[child]!) {
      const isLarge = sizes[child]! >= leastPoints
      if (isLarge && large === 1) {
        pending.push([child, cluster])
        continue
      }
      stabilities[cluster]! += sizes[child]! * (density - births[cluster]!)
      if (isLarge) {
        pending.push([child, parents.length])
        parents.push(cluster)
        births.push(density)
        deaths.push(density)
        stabilities.push(0)
      } else leave(child, cluster, density)
    }
    if (large !== 1) deaths[cluster] = density
  }
  return {
    parents: Int32Array.from(parents),
    births: Float64Array.from(births),
    deaths: Float64Array.from(deaths),
    stabilities: Float64Array.from(stabilities),
    clusterOf,
    leaves,
  }
}
