import { Random } from './random.ts'

/**
 * Knox's test for near repeats: whether incidents that are near in space are also near in time more often than chance
 * would have it (Knox 1964, “The detection of space-time interactions”, Applied Statistics 13; as a table of bands with
 * permuted times: Johnson et al. 2007, Journal of Quantitative Criminology 23; Ratcliffe's Near Repeat Calculator).
 *
 * Places and times stay what they are, only which incident has which time is permuted. So what happens more at some
 * places or in some weeks is accounted for; what moves from one place to another over the period is not (Kulldorff &
 * Hjalmars 1999, Biometrics 55(2)): a period during which the population moved shows interaction without contagion.
 */
export type KnoxBands = {
  /** Upper edges, ascending, in the units of the positions: (0, 100] is a band and includes 100. The first includes 0,
   * so that a first edge of 0 is the band of the same place. */
  distance: readonly number[]
  /** The same in the units of the times. */
  time: readonly number[]
}

/** Pairs of incidents within the largest distance, each once. */
export type KnoxPairs = {
  incidents: number
  /** Number of bands of distance. */
  bands: number
  /** The partners of incident i in band b are `partners[offsets[i * bands + b]]` to before the next offset; all > i. */
  offsets: Uint32Array
  partners: Uint32Array
}

export type KnoxCell = {
  /** Bands by number. */
  distance: number
  time: number
  observed: number
  /** Mean over all permutations, which is exact: pairs in the distance band × pairs in the time band / all pairs. */
  expected: number
  /** observed / expected; not a number when nothing is expected. */
  ratio: number
  /** Share of permutations with as many pairs, itself included: (r + 1) / (permutations + 1). One-sided. */
  p: number
}

const mostPairsByDefault = 2 ** 27

/**
 * Finds the pairs.
 * @param x, y metres, one for each incident
 * @param mostPairs 134,217,728 by default; more are refused while they are counted, before there is memory for them
 * @throws RangeError when the edges do not ascend or there are more pairs
 *
 * O(incidents + pairs in the neighbouring cells); 4 bytes for each pair and for each incident and band.
 */
export function knoxPairs(
  x: Float64Array,
  y: Float64Array,
  edges: readonly number[],
  mostPairs = mostPairsByDefault,
): KnoxPairs {
  checkEdges(edges, 'distance')
  const [incidents, bands] = [x.length, edges.length]
  if (y.length !== incidents) throw new RangeError(`${incidents} eastings and ${y.length} northings`)
  const squares = edges.map((edge) => edge * edge)
  const cells = new Cells(x, y, edges.at(-1)!)
  const offsets = new Uint32Array(incidents * bands + 1)
  let pairs = 0
  for (let i = 0; i < incidents; i++) {
    cells.eachNear(i, (j) => {
      const band = bandOf(squares, (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2)
      if (j <= i || band === bands) return
      offsets[i * bands + band + 1]!++
      pairs++
    })
    if (pairs > mostPairs)
      throw new RangeError(`more than ${mostPairs} pairs up to ${edges.at(-1)}: take less distance`)
  }
  for (let row = 0; row < incidents * bands; row++) offsets[row + 1]! += offsets[row]!
  const partners = new Uint32Array(pairs)
  const next = offsets.slice()
  for (let i = 0; i < incidents; i++)
    cells.eachNear(i, (j) => {
      const band = bandOf(squares, (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2)
      if (j > i && band < bands) partners[next[i * bands + band]!++] = j
    })
  return { incidents, bands, offsets, partners }
}

/** Pairs by band of distance and of time, row by row: an entry for each band of time, of the first distance first. */
export function knoxTable(pairs: KnoxPairs, times: Float64Array, edges: readonly number[]): Float64Array {
  checkEdges(edges, 'time')
  const table = new Float64Array(pairs.bands * edges.length)
  count(pairs, times, Float64Array.from(edges), table)
  return table
}

export type KnoxPermutations = {
  seed: number
  /** [from, to): a range of permutations by number, so that workers share them; the first is 0. */
  from: number
  to: number
  /** Called after each with how many of the range are done; what it throws ends the work. */
  progress?: (done: number) => void
}

/**
 * How many permutations of the range have at least as many pairs as observed, for each cell. Counts of ranges add up;
 * they do not depend on how the permutations are divided. O(pairs) for each permutation.
 */
export function knoxExceedances(
  pairs: KnoxPairs,
  times: Float64Array,
  edges: readonly number[],
  { seed, from, to, progress }: KnoxPermutations,
): Float64Array {
  const observed = knoxTable(pairs, times, edges)
  const ends = Float64Array.from(edges)
  const exceedances = new Float64Array(observed.length)
  const [permuted, table] = [new Float64Array(times.length), new Float64Array(observed.length)]
  for (let permutation = from; permutation < to; permutation++) {
    const random = new Random(seed, 'knox', permutation)
    permuted.set(times)
    for (let i = permuted.length - 1; i > 0; i--) {
      const j = random.whole(0, i)
      const time = permuted[i]!
      permuted[i] = permuted[j]!
      permuted[j] = time
    }
    table.fill(0)
    count(pairs, permuted, ends, table)
    for (let cell = 0; cell < table.length; cell++) if (table[cell]! >= observed[cell]!) exceedances[cell]!++
    progress?.(permutation - from + 1)
  }
  return exceedances
}

/**
 * The table with ratio and p of each cell.
 * @param exceedances of `permutations` permutations, all ranges added up
 */
export function knoxCells(
  pairs: KnoxPairs,
  times: Float64Array,
  edges: readonly number[],
  exceedances: Float64Array,
  permutations: number,
): KnoxCell[] {
  const observed = knoxTable(pairs, times, edges)
  const byTime = pairsByTime(times, edges)
  const all = (times.length * (times.length - 1)) / 2
  return Array.from(observed, (pairsObserved, cell) => {
    const [distance, time] = [Math.floor(cell / edges.length), cell % edges.length]
    let byDistance = 0
    for (let i = 0; i < pairs.incidents; i++) {
      const row = i * pairs.bands + distance
      byDistance += pairs.offsets[row + 1]! - pairs.offsets[row]!
    }
    const expected = all === 0 ? 0 : (byDistance * byTime[time]!) / all
    const ratio = expected > 0 ? pairsObserved / expected : Number.NaN
    return {
      distance,
      time,
      observed: pairsObserved,
      expected,
      ratio,
      p: (exceedances[cell]! + 1) / (permutations + 1),
    }
  })
}

/** All pairs by their difference in time, near or not, by ascending times. */
function pairsByTime(times: Float64Array, edges: readonly number[]): number[] {
  const sorted = times.toSorted()
  const within = edges.map((edge) => {
    let [pairs, first] = [0, 0]
    for (let i = 0; i < sorted.length; i++) {
      while (sorted[i]! - sorted[first]! > edge) first++
      pairs += i - first
    }
    return pairs
  })
  return within.map((pairs, band) => pairs - (within[band - 1] ?? 0))
}

function count(
  { incidents, bands, offsets, partners }: KnoxPairs,
  times: Float64Array,
  ends: Float64Array,
  table: Float64Array,
) {
  if (times.length !== incidents) throw new RangeError(`${times.length} times of ${incidents} incidents`)
  const last = ends.length
  const longest = ends[last - 1]!
  for (let i = 0; i < incidents; i++) {
    const time = times[i]!
    for (let band = 0; band < bands; band++) {
      const end = offsets[i * bands + band + 1]!
      for (let at = offsets[i * bands + band]!; at < end; at++) {
        const apart = Math.abs(time - times[partners[at]!]!)
        if (apart > longest) continue
        let step = 0
        while (apart > ends[step]!) step++
        table[band * last + step]!++
      }
    }
  }
}

/** Number of the first edge that is not below; as many as there are edges when all are. */
function bandOf(edges: readonly number[], value: number): number {
  let band = 0
  while (band < edges.length && value > edges[band]!) band++
  return band
}

function checkEdges(edges: readonly number[], what: string): void {
  const ascend = edges.every((edge, i) => Number.isFinite(edge) && edge >= 0 && (i === 0 || edge > edges[i - 1]!))
  if (edges.length === 0 || !ascend)
    throw new RangeError(`edges of bands of ${what} ascend from 0, unlike ${edges.join(', ')}`)
}

/** Incidents in square cells as wide as the largest distance, so that partners lie in nine of them. */
class Cells {
  readonly #side: number
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #cells = new Map<string, number[]>()

  constructor(x: Float64Array, y: Float64Array, distance: number) {
    // A largest distance of 0 is that of incidents in one place.
    this.#side = distance > 0 ? distance : 1
    this.#x = x
    this.#y = y
    for (let i = 0; i < x.length; i++) {
      const [column, row] = this.#cellOf(i)
      const cell = this.#cells.get(`${column},${row}`)
      if (cell === undefined) this.#cells.set(`${column},${row}`, [i])
      else cell.push(i)
    }
  }

  eachNear(i: number, visit: (j: number) => void): void {
    const [column, row] = this.#cellOf(i)
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++) for (const j of this.#cells.get(`${column + dx},${row + dy}`) ?? []) visit(j)
  }

  #cellOf(i: number): [number, number] {
    return [Math.floor(this.#x[i]! / this.#side), Math.floor(this.#y[i]! / this.#side)]
  }
}
