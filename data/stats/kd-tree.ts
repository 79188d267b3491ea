type Numbers = Float32Array | Float64Array

/** Points of one leaf at most. */
const leafSize = 12

/**
 * A balanced k-d tree of points in the plane (Bentley 1975; Friedman, Bentley & Finkel 1977). Node 1 is the root, the
 * children of node i are 2i and 2i + 1, all leaves are on one level; a node is split at the median of its longer side.
 * Building takes O(n log n), finding the nearest of evenly or unevenly spread points O(log n).
 */
export class KdTree {
  /** Index of each point in the arrays it came from; the points of a node stand together. */
  readonly points: Uint32Array
  /** Coordinates in the order of `points`. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Of each node, its first point, and the one after its last. */
  readonly from: Uint32Array
  readonly to: Uint32Array
  /** Of each node west, south, east and north of its points. */
  readonly boxes: Float64Array
  /** The leftmost leaf: nodes from here on are leaves. */
  readonly firstLeaf: number

  constructor(x: Numbers, y: Numbers) {
    const count = x.length
    this.points = new Uint32Array(count)
    for (let i = 0; i < count; i++) this.points[i] = i
    this.x = Float64Array.from(x)
    this.y = Float64Array.from(y)
    let leaves = 1
    while (count / leaves > leafSize) leaves *= 2
    this.firstLeaf = leaves
    this.from = new Uint32Array(2 * leaves)
    this.to = new Uint32Array(2 * leaves)
    this.boxes = new Float64Array(8 * leaves)
    this.#build(1, 0, count)
  }

  #build(node: number, from: number, to: number): void {
    this.from[node] = from
    this.to[node] = to
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let at = from; at < to; at++) {
      const x = this.x[at]!
      const y = this.y[at]!
      if (x < west) west = x
      if (x > east) east = x
      if (y < south) south = y
      if (y > north) north = y
    }
    this.boxes.set([west, south, east, north], 4 * node)
    if (node >= this.firstLeaf) return
    const middle = (from + to) >> 1
    this.#select(middle, from, to - 1, east - west >= north - south ? this.x : this.y)
    this.#build(2 * node, from, middle)
    this.#build(2 * node + 1, middle, to)
  }

  /** Puts the points that come before and after place k along an axis on their sides (Floyd & Rivest 1975). */
  #select(k: number, left: number, right: number, axis: Float64Array): void {
    while (right > left) {
      if (right - left > 600) {
        const n = right - left + 1
        const m = k - left + 1
        const z = Math.log(n)
        const s = 0.5 * Math.exp((2 * z) / 3)
        const sd = 0.5 * Math.sqrt((z * s * (n - s)) / n) * (m - n / 2 < 0 ? -1 : 1)
        this.#select(
          k,
          Math.max(left, Math.floor(k - (m * s) / n + sd)),
          Math.min(right, Math.floor(k + ((n - m) * s) / n + sd)),
          axis,
        )
      }
      const middle = axis[k]!
      let i = left
      let j = right
      this.#swap(left, k)
      if (axis[right]! > middle) this.#swap(left, right)
      while (i < j) {
        this.#swap(i++, j--)
        while (axis[i]! < middle) i++
        while (axis[j]! > middle) j--
      }
      if (axis[left] === middle) this.#swap(left, j)
      else this.#swap(++j, right)
      if (j <= k) left = j + 1
      if (k <= j) right = j - 1
    }
  }

  #swap(i: number, j: number): void {
    const [point, x, y] = [this.points[i]!, this.x[i]!, this.y[i]!]
    this.points[i] = this.points[j]!
    this.x[i] = this.x[j]!
    this.y[i] = this.y[j]!
    this.points[j] = point
    this.x[j] = x
    this.y[j] = y
  }

  /** Squared distance from a place to a node's box; 0 inside. */
  distance2ToBox(node: number, x: number, y: number): number {
    const at = 4 * node
    const dx = Math.max(0, this.boxes[at]! - x, x - this.boxes[at + 2]!)
    const dy = Math.max(0, this.boxes[at + 1]! - y, y - this.boxes[at + 3]!)
    return dx * dx + dy * dy
  }

  /**
   * Squared distance of each point, in the order of `points`, to its k-th nearest one, itself being the first.
   * O(n k log n).
   * @throws RangeError when there are fewer than k points
   */
  distances2ToNearest(k: number): Float64Array {
    const count = this.points.length
    if (k > count) throw new RangeError(`of ${count} points none has a ${k}th nearest`)
    const result = new Float64Array(count)
    const nearest = new Float64Array(k)
    for (let leaf = this.firstLeaf; leaf < 2 * this.firstLeaf; leaf++) {
      for (let at = this.from[leaf]!; at < this.to[leaf]!; at++) {
        nearest.fill(Infinity)
        this.#collect(leaf, this.x[at]!, this.y[at]!, nearest)
        // From the leaf to the root, the other side of each split.
        for (let node = leaf; node > 1; node >>= 1) this.#collect(node ^ 1, this.x[at]!, this.y[at]!, nearest)
        result[at] = nearest[k - 1]!
      }
    }
    return result
  }

  /** Puts the squared distances to a node's points in their places of an ascending list. */
  #collect(node: number, x: number, y: number, nearest: Float64Array): void {
    const last = nearest.length - 1
    if (this.distance2ToBox(node, x, y) >= nearest[last]!) return
    if (node < this.firstLeaf) {
      const isLeftNear = this.distance2ToBox(2 * node, x, y) <= this.distance2ToBox(2 * node + 1, x, y)
      this.#collect(isLeftNear ? 2 * node : 2 * node + 1, x, y, nearest)
      this.#collect(isLeftNear ? 2 * node + 1 : 2 * node, x, y, nearest)
      return
    }
    for (let at = this.from[node]!; at < this.to[node]!; at++) {
      const dx = this.x[at]! - x
      const dy = this.y[at]! - y
      const distance = dx * dx + dy * dy
      if (distance >= nearest[last]!) continue
      let place = last
      while (place > 0 && nearest[place - 1]! > distance) {
        nearest[place] = nearest[place - 1]!
        place--
      }
      nearest[place] = distance
    }
  }
}
