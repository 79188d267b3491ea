import { DisjointSets } from './disjoint-sets.ts'
import { KdTree } from './kd-tree.ts'

type Numbers = Float32Array | Float64Array

/** Edges of a tree over points: the two points of each, and its length in metres; shortest first. */
export type SpanningTree = { from: Uint32Array; to: Uint32Array; lengths: Float64Array }

/**
 * A minimum spanning tree of points by their mutual reachability, the largest of their distance and of the distances at
 * which each has `minPoints` points around it, itself included (Campello, Moulavi & Sander 2013). Which points stand at the
 * ends of equally long edges is open; which are connected up to a length is not.
 *
 * Borůvka's algorithm on a k-d tree (March, Ram & Gray 2010; McInnes & Healy 2017): in each round every component finds its
 * nearest point outside; what a point has found stays right until the other's component is its own. O(n log n) for
 * n points that are not all at the same distances; 70 bytes a point.
 *
 * @param x, y metres
 * @param progress called after each round with the share of the edges that are found
 * @throws RangeError when there are fewer than minPoints points
 */
export function reachabilityTree(
  x: Numbers,
  y: Numbers,
  minPoints: number,
  progress?: (share: number) => void,
): SpanningTree {
  return new Boruvka(new KdTree(x, y), minPoints).spanningTree(progress)
}

class Boruvka {
  readonly #tree: KdTree
  readonly #count: number
  /** Squared core distance of each point, and the least in each node. */
  readonly #core2: Float64Array
  readonly #least2: Float64Array
  readonly #sets: DisjointSets
  /** Of each point its component, as a point that stands for it; of each node the one of all its points, or −1. */
  readonly #componentOf: Int32Array
  readonly #nodeComponent: Int32Array
  /** Of each point what lies nearest outside its component, −1 if unknown, and how far that is at least. */
  readonly #target: Int32Array
  readonly #distance2: Float64Array
  /** Of each component its shortest edge to another one. */
  readonly #best2: Float64Array
  readonly #bestFrom: Int32Array
  /** The search of one point: where, in which component, and what was found. */
  #x = 0
  #y = 0
  #own2 = 0
  #component = 0
  #found = -1
  #found2 = 0

  constructor(tree: KdTree, minPoints: number) {
    this.#tree = tree
    this.#count = tree.points.length
    this.#core2 = tree.distances2ToNearest(minPoints)
    this.#least2 = new Float64Array(tree.from.length).fill(Infinity)
    for (let node = tree.from.length - 1; node > 0; node--) {
      if (node < tree.firstLeaf) this.#least2[node] = Math.min(this.#least2[2 * node]!, this.#least2[2 * node + 1]!)
      else
        for (let at = tree.from[node]!; at < tree.to[node]!; at++)
          this.#least2[node] = Math.min(this.#least2[node]!, this.#core2[at]!)
    }
    this.#sets = new DisjointSets(this.#count)
    this.#componentOf = new Int32Array(this.#count)
    this.#nodeComponent = new Int32Array(tree.from.length)
    this.#target = new Int32Array(this.#count).fill(-1)
    this.#distance2 = Float64Array.from(this.#core2)
    this.#best2 = new Float64Array(this.#count)
    this.#bestFrom = new Int32Array(this.#count)
  }

  spanningTree(progress?: (share: number) => void): SpanningTree {
    const edges = Math.max(0, this.#count - 1)
    const from = new Uint32Array(edges)
    const to = new Uint32Array(edges)
    const lengths2 = new Float64Array(edges)
    for (let made = 0; made < edges;) {
      this.#nameComponents()
      this.#findEdges()
      for (let component = 0; component < this.#count; component++) {
        const at = this.#bestFrom[component]!
        if (at === -1 || this.#sets.areJoined(at, this.#target[at]!)) continue
        this.#sets.join(at, this.#target[at]!)
        from[made] = at
        to[made] = this.#target[at]!
        lengths2[made++] = this.#best2[component]!
      }
      progress?.(made / edges)
    }
    return this.#sorted(from, to, lengths2)
  }

  #nameComponents(): void {
    const tree = this.#tree
    for (let at = 0; at < this.#count; at++) this.#componentOf[at] = this.#sets.rootOf(at)
    for (let node = tree.from.length - 1; node > 0; node--) {
      if (node < tree.firstLeaf) {
        const [left, right] = [this.#nodeComponent[2 * node]!, this.#nodeComponent[2 * node + 1]!]
        this.#nodeComponent[node] = left === right ? left : -1
      } else {
        const [first, end] = [tree.from[node]!, tree.to[node]!]
        let component = first < end ? this.#componentOf[first]! : -1
        for (let at = first; at < end; at++) if (this.#componentOf[at] !== component) component = -1
        this.#nodeComponent[node] = component
      }
    }
  }

  #findEdges(): void {
    this.#best2.fill(Infinity)
    this.#bestFrom.fill(-1)
    for (let at = 0; at < this.#count; at++) {
      const target = this.#target[at]!
      if (target !== -1 && this.#componentOf[target] === this.#componentOf[at]) this.#target[at] = -1
      else if (target !== -1) this.#offer(at)
    }
    const { firstLeaf, from, to } = this.#tree
    for (let leaf = firstLeaf; leaf < 2 * firstLeaf; leaf++) {
      for (let at = from[leaf]!; at < to[leaf]!; at++) {
        if (this.#target[at] === -1 && this.#distance2[at]! < this.#best2[this.#componentOf[at]!]!)
          this.#search(at, leaf)
      }
    }
  }

  /** What a point has found, to its component. */
  #offer(at: number): void {
    const component = this.#componentOf[at]!
    if (this.#distance2[at]! >= this.#best2[component]!) return
    this.#best2[component] = this.#distance2[at]!
    this.#bestFrom[component] = at
  }

  /** The nearest point outside that is nearer than what the component has; from the leaf up to the root. */
  #search(at: number, leaf: number): void {
    this.#x = this.#tree.x[at]!
    this.#y = this.#tree.y[at]!
    this.#own2 = this.#core2[at]!
    this.#component = this.#componentOf[at]!
    this.#found = -1
    this.#found2 = this.#best2[this.#component]!
    this.#visit(leaf)
    for (let node = leaf; node > 1 && this.#found2 > this.#own2; node >>= 1) this.#visit(node ^ 1)
    this.#target[at] = this.#found
    this.#distance2[at] = this.#found2
    if (this.#found !== -1) this.#offer(at)
  }

  #visit(node: number): void {
    const tree = this.#tree
    if (this.#nodeComponent[node] === this.#component || this.#least2[node]! >= this.#found2) return
    if (tree.distance2ToBox(node, this.#x, this.#y) >= this.#found2) return
    if (node < tree.firstLeaf) {
      const [left, right] = [2 * node, 2 * node + 1]
      const isLeftNear = tree.distance2ToBox(left, this.#x, this.#y) <= tree.distance2ToBox(right, this.#x, this.#y)
      this.#visit(isLeftNear ? left : right)
      this.#visit(isLeftNear ? right : left)
      return
    }
    const end = tree.to[node]!
    for (let at = tree.from[node]!; at < end; at++) {
      if (this.#componentOf[at] === this.#component) continue
      const dx = tree.x[at]! - this.#x
      const dy = tree.y[at]! - this.#y
      const distance2 = Math.max(dx * dx + dy * dy, this.#core2[at]!, this.#own2)
      if (distance2 >= this.#found2) continue
      this.#found = at
      this.#found2 = distance2
    }
  }

  #sorted(from: Uint32Array, to: Uint32Array, lengths2: Float64Array): SpanningTree {
    const { points } = this.#tree
    const order = new Uint32Array(lengths2.length)
    for (let edge = 0; edge < order.length; edge++) order[edge] = edge
    order.sort((a, b) => lengths2[a]! - lengths2[b]!)
    return {
      from: order.map((edge) => points[from[edge]!]!),
      to: order.map((edge) => points[to[edge]!]!),
      lengths: Float64Array.from(order, (edge) => Math.sqrt(lengths2[edge]!)),
    }
  }
}
