import { toDegrees, type PointCluster } from './point-clusters.ts'

/** Counts in regular hexagons with a flat top, on a grid of cells fixed to the cluster's origin. */
export type HexagonBins = {
  /** Longitude and latitude of each occupied hexagon's centre, in pairs. */
  centers: Float64Array<ArrayBuffer>
  counts: Uint32Array<ArrayBuffer>
  /** Metres from the centre to a corner. */
  circumradius: number
  /** Square metres of one hexagon. */
  area: number
  /** Position in `counts` by the key of `hexagonKey`. */
  index: Map<number, number>
  /** Largest number of cases per hectare, and the number of cases in all. */
  peak: number
  cases: number
}

const squareMetresPerHectare = 10_000

/**
 * Counts a cluster's points in hexagons.
 * @param mask one byte a row of the arrays the cluster was made from; null counts every row
 * @param circumradius metres
 * @param weights cases of each row, where a row is more than one
 * @throws RangeError when the radius is no positive number
 */
export function binHexagons(
  cluster: PointCluster,
  mask: Uint8Array | null,
  circumradius: number,
  weights: Float32Array | null = null,
): HexagonBins {
  if (!(circumradius > 0)) throw new RangeError(`a radius is a positive number of metres, not ${circumradius}`)
  const index = new Map<number, number>()
  const counts: number[] = []
  const keys: number[] = []
  let cases = 0
  for (let i = 0; i < cluster.rows.length; i++) {
    if (mask !== null && mask[cluster.rows[i]!] !== 1) continue
    const weight = weights === null ? 1 : weights[cluster.rows[i]!]!
    cases += weight
    const key = hexagonKey(cluster.east[i]!, cluster.south[i]!, circumradius)
    const at = index.get(key)
    if (at === undefined) {
      index.set(key, keys.length)
      keys.push(key)
      counts.push(weight)
    } else counts[at]! += weight
  }
  const centers = new Float64Array(keys.length * 2)
  for (const [i, key] of keys.entries()) centers.set(toDegrees(cluster, ...hexagonCenter(key, circumradius)), i * 2)
  const area = ((3 * Math.sqrt(3)) / 2) * circumradius ** 2
  const most = counts.reduce((most, count) => Math.max(most, count), 0)
  return {
    centers,
    counts: Uint32Array.from(counts),
    circumradius,
    area,
    index,
    peak: (most / area) * squareMetresPerHectare,
    cases,
  }
}

/** Axial coordinates lie within ±2^20 of the origin: 1 m hexagons over 1,500 km. */
const half = 2 ** 20

/**
 * The hexagon that holds a point in metres from the origin: axial coordinates by cube rounding
 * (redblobgames.com/grids/hexagons, “Rounding to nearest hex”), packed into one number.
 */
export function hexagonKey(east: number, south: number, circumradius: number): number {
  const q = ((2 / 3) * east) / circumradius
  const r = ((Math.sqrt(3) / 3) * south - east / 3) / circumradius
  const s = -q - r
  let roundQ = Math.round(q)
  let roundR = Math.round(r)
  const offQ = Math.abs(roundQ - q)
  const offR = Math.abs(roundR - r)
  const offS = Math.abs(Math.round(s) - s)
  if (offQ > offR && offQ > offS) roundQ = -roundR - Math.round(s)
  else if (offR > offS) roundR = -roundQ - Math.round(s)
  return (roundQ + half) * 2 * half + roundR + half
}

/** Centre of a hexagon in metres east and south of the origin. */
export function hexagonCenter(key: number, circumradius: number): [east: number, south: number] {
  const q = Math.floor(key / (2 * half)) - half
  const r = (key % (2 * half)) - half
  return [1.5 * circumradius * q, Math.sqrt(3) * circumradius * (r + q / 2)]
}
