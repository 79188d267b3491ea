import { FileProblem } from '../file-problem.ts'

/**
 * Where the nodes lie that ways refer to: their ids sorted in one array, their positions in another, sixteen bytes a
 * node. First `want` each id, then `settle`, then `put` what the file says, then ask.
 */
export class NodePositions {
  /** 128 MiB of positions: about a hundred thousand nodes a square kilometre of a dense city, so a district or two. */
  static readonly most = 8_000_000
  #ids = new Float64Array(65_536)
  #count = 0
  #lonLat = new Int32Array()
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  get count(): number {
    return this.#count
  }

  want(ids: readonly number[]): void {
    if (this.#count + ids.length > this.#ids.length) this.#grow(ids.length)
    this.#ids.set(ids, this.#count)
    this.#count += ids.length
  }

  settle(): void {
    this.#compact()
    this.#lonLat = new Int32Array(this.#count * 2).fill(absent)
  }

  put(id: number, lon: number, lat: number): void {
    const at = this.#find(id)
    if (at === -1) return
    this.#lonLat[at * 2] = Math.round(lon * 1e7)
    this.#lonLat[at * 2 + 1] = Math.round(lat * 1e7)
  }

  /** Degrees, or null for a node that the file does not have. */
  get(id: number): [lon: number, lat: number] | null {
    const at = this.#find(id)
    const lon = at === -1 ? absent : (this.#lonLat[at * 2] as number)
    return lon === absent ? null : [lon / 1e7, (this.#lonLat[at * 2 + 1] as number) / 1e7]
  }

  #find(id: number): number {
    let low = 0
    let high = this.#count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = this.#ids[middle] as number
      if (found === id) return middle
      if (found < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  /** Ids come several times, once a way: duplicates are removed before the array grows. */
  #grow(more: number): void {
    this.#compact()
    if (this.#count + more > NodePositions.most)
      throw new FileProblem(
        `“${this.#file}”太大：要画的对象涉及超过 ${NodePositions.most / 1e6} 百万个节点。请先用 osmium extract 裁出本街道或本区的范围`,
        `“${this.#file}” is too large: what would be drawn refers to more than ${NodePositions.most / 1e6} million nodes. Cut your area out first (osmium extract)`,
      )
    if ((this.#count + more) * 1.5 < this.#ids.length) return
    const larger = new Float64Array(Math.min(NodePositions.most, Math.ceil((this.#count + more) * 2)))
    larger.set(this.#ids.subarray(0, this.#count))
    this.#ids = larger
  }

  #compact(): void {
    const sorted = this.#ids.subarray(0, this.#count).sort()
    let count = 0
    for (let i = 0; i < sorted.length; i++)
      if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i] as number
    this.#count = count
  }
}

/** No longitude: beyond what a degree can be. */
const absent = -2_147_483_648
