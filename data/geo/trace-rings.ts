/** Directed edges between corners of whole numbers, gathered to be joined into rings. */
export class EdgeList {
  length = 0
  #values = new Int32Array(5 * 8)

  /** @param tag any number that stays with the edge */
  add(x1: number, y1: number, x2: number, y2: number, tag: number): void {
    if (5 * (this.length + 1) > this.#values.length) {
      const grown = new Int32Array(Math.ceil(1.5 * this.#values.length))
      grown.set(this.#values)
      this.#values = grown
    }
    const at = 5 * this.length++
    this.#values[at] = x1
    this.#values[at + 1] = y1
    this.#values[at + 2] = x2
    this.#values[at + 3] = y2
    this.#values[at + 4] = tag
  }

  x1 = (edge: number) => this.#values[5 * edge]!
  y1 = (edge: number) => this.#values[5 * edge + 1]!
  x2 = (edge: number) => this.#values[5 * edge + 2]!
  y2 = (edge: number) => this.#values[5 * edge + 3]!
  tag = (edge: number) => this.#values[5 * edge + 4]!
}

/** Corners of a ring, the first not repeated, and the tags of its edges. */
export type TracedRing = { corners: [x: number, y: number][]; tags: Set<number> }

/** Units over which a chain that ends is carried on: the tip of a wedge may be too narrow to be distinguished from its sides. */
const bridged = 300

/**
 * Joins directed edges into the rings around the faces on their left: where several edges leave a corner, the ring turns
 * as far left as it can, and faces that touch at a corner stay apart. A ring that comes by a corner twice is two rings.
 * Edges that occur twice count once, those that occur in both directions not at all, chains that do not close are left
 * out.
 */
export function traceRings(edges: EdgeList): TracedRing[] {
  const { x1, y1, x2, y2 } = edges
  const order = Uint32Array.from({ length: edges.length }, (_, edge) => edge).sort(
    (a, b) => x1(a) - x1(b) || y1(a) - y1(b) || x2(a) - x2(b) || y2(a) - y2(b),
  )
  /** The first edge in order that does not begin before a corner. */
  const firstFrom = (x: number, y: number): number => {
    let [low, high] = [0, order.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const edge = order[middle]!
      if (x1(edge) < x || (x1(edge) === x && y1(edge) < y)) low = middle + 1
      else high = middle
    }
    return low
  }
  const used = new Uint8Array(edges.length)
  for (let at = 1; at < order.length; at++) {
    const [edge, before] = [order[at]!, order[at - 1]!]
    if (x1(edge) === x1(before) && y1(edge) === y1(before) && x2(edge) === x2(before) && y2(edge) === y2(before))
      used[edge] = 1
  }
  for (const edge of order) {
    if (used[edge] === 1) continue
    for (let at = firstFrom(x2(edge), y2(edge)); at < order.length; at++) {
      const other = order[at]!
      if (x1(other) !== x2(edge) || y1(other) !== y2(edge)) break
      if (used[other] === 1 || x2(other) !== x1(edge) || y2(other) !== y1(edge)) continue
      used[edge] = 1
      used[other] = 1
      break
    }
  }
  const turnOf = (from: number, to: number): number => {
    const [dx, dy] = [x2(from) - x1(from), y2(from) - y1(from)]
    const [ex, ey] = [x2(to) - x1(to), y2(to) - y1(to)]
    const turn = Math.atan2(dx * ey - dy * ex, dx * ex + dy * ey)
    // Straight back is the last choice.
    return Math.abs(turn) > Math.PI - 1e-9 ? -Math.PI : turn
  }
  /** The edge that goes on from another. */
  const after = (edge: number): number | null => {
    let best: number | null = null
    for (let at = firstFrom(x2(edge), y2(edge)); at < order.length; at++) {
      const other = order[at]!
      if (x1(other) !== x2(edge) || y1(other) !== y2(edge)) break
      if (used[other] === 0 && (best === null || turnOf(edge, other) > turnOf(edge, best))) best = other
    }
    return best ?? nearest(x2(edge), y2(edge))
  }
  const nearest = (x: number, y: number): number | null => {
    let best: number | null = null
    let distance = bridged
    for (let at = firstFrom(x - bridged, -Infinity); at < order.length; at++) {
      const other = order[at]!
      if (x1(other) > x + bridged) break
      const far = Math.hypot(x1(other) - x, y1(other) - y)
      if (used[other] === 0 && far <= distance) {
        best = other
        distance = far
      }
    }
    return best
  }
  const rings: TracedRing[] = []
  for (const first of order) {
    if (used[first] === 1) continue
    const chain: number[] = []
    let edge: number | null = first
    do {
      chain.push(edge)
      // The first one stays free until the ring comes back to it.
      if (edge !== first) used[edge] = 1
      edge = after(edge)
    } while (edge !== null && edge !== first)
    used[first] = 1
    if (edge === first) rings.push(...simpleRings(edges, chain))
  }
  return rings
}

/** A closed chain as rings that come by no corner twice. */
function simpleRings({ x1, y1, tag }: EdgeList, chain: readonly number[]): TracedRing[] {
  const rings: TracedRing[] = []
  const open: number[] = []
  const places = new Map<string, number>()
  const close = (from: number) => {
    const ring = open.splice(from)
    for (const edge of ring) places.delete(`${x1(edge)} ${y1(edge)}`)
    if (ring.length > 2) rings.push({ corners: ring.map((edge) => [x1(edge), y1(edge)]), tags: new Set(ring.map(tag)) })
  }
  for (const edge of chain) {
    const place = `${x1(edge)} ${y1(edge)}`
    const before = places.get(place)
    if (before !== undefined) close(before)
    places.set(place, open.length)
    open.push(edge)
  }
  close(0)
  return rings
}
