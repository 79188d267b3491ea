import { latitudeOf, longitudeOf, mercatorScale, mercatorX, mercatorY } from './mercator.ts'

/**
 * Points that lie together, with a metric frame of their own. Streets on two continents, or one mistyped
 * coordinate, would otherwise share one raster whose cells are kilometres wide.
 */
export type PointCluster = {
  /** Mercator of the frame's origin (its north-west corner), and ground metres per unit there. */
  x0: number
  y0: number
  eastScale: number
  northScale: number
  /** Metres that the points extend east and south of the origin. */
  width: number
  height: number
  /** Index of each point in the arrays it was made from. */
  rows: Uint32Array
  /** Metres east and south of the origin. Float32 holds 1 cm up to 100 km. */
  east: Float32Array
  south: Float32Array
}

/** Degrees of the cells whose touching neighbours belong together: about 10 km, far above any bandwidth. */
const cellDegrees = 0.1
const columns = Math.ceil(360 / cellDegrees)
/** Origins are snapped so that a few new points do not shift the raster that is shown. */
const snapDegrees = 0.01

/**
 * Groups points into clusters.
 * @param x, y degrees × 1e7; points whose `x` is `absent` are left out
 * @returns largest cluster first; empty when no point has a place
 */
export function clusterPoints(x: Int32Array, y: Int32Array, absent: number): PointCluster[] {
  const rowsOfCell = new Map<number, number[]>()
  for (let row = 0; row < x.length; row++) {
    const lon = x[row]!
    if (lon === absent) continue
    const key = Math.floor((lon * 1e-7 + 180) / cellDegrees) + columns * Math.floor((y[row]! * 1e-7 + 90) / cellDegrees)
    const rows = rowsOfCell.get(key)
    if (rows === undefined) rowsOfCell.set(key, [row])
    else rows.push(row)
  }
  const clusters = connectedCells(rowsOfCell).map((cells) =>
    clusterOf(x, y, Uint32Array.from(cells.flatMap((cell) => rowsOfCell.get(cell)!)).sort()),
  )
  return clusters.sort((a, b) => b.rows.length - a.rows.length)
}

/** Groups of occupied cells that touch along a side or at a corner. */
function connectedCells(cells: ReadonlyMap<number, unknown>): number[][] {
  const seen = new Set<number>()
  const groups: number[][] = []
  for (const start of cells.keys()) {
    if (seen.has(start)) continue
    seen.add(start)
    const group = [start]
    for (let next = 0; next < group.length; next++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const neighbour = group[next]! + dx + dy * columns
          if (!cells.has(neighbour) || seen.has(neighbour)) continue
          seen.add(neighbour)
          group.push(neighbour)
        }
      }
    }
    groups.push(group)
  }
  return groups
}

function clusterOf(x: Int32Array, y: Int32Array, rows: Uint32Array<ArrayBuffer>): PointCluster {
  let west = Infinity
  let east = -Infinity
  let south = Infinity
  let north = -Infinity
  for (const row of rows) {
    west = Math.min(west, x[row]! * 1e-7)
    east = Math.max(east, x[row]! * 1e-7)
    south = Math.min(south, y[row]! * 1e-7)
    north = Math.max(north, y[row]! * 1e-7)
  }
  const originLongitude = Math.floor(west / snapDegrees) * snapDegrees
  const originLatitude = Math.ceil(north / snapDegrees) * snapDegrees
  const middle = Math.round((south + north) / 2 / snapDegrees) * snapDegrees
  const scale = mercatorScale(middle)
  const x0 = mercatorX(originLongitude)
  const y0 = mercatorY(originLatitude)
  const cluster: PointCluster = {
    x0,
    y0,
    eastScale: scale.east,
    northScale: scale.north,
    width: (mercatorX(east) - x0) * scale.east,
    height: (mercatorY(south) - y0) * scale.north,
    rows,
    east: new Float32Array(rows.length),
    south: new Float32Array(rows.length),
  }
  for (let i = 0; i < rows.length; i++) {
    cluster.east[i] = (mercatorX(x[rows[i]!]! * 1e-7) - x0) * scale.east
    cluster.south[i] = (mercatorY(y[rows[i]!]! * 1e-7) - y0) * scale.north
  }
  return cluster
}

/** The metric frame of a cluster, without its points. */
export type LocalFrame = Pick<PointCluster, 'x0' | 'y0' | 'eastScale' | 'northScale'>

/** Longitude and latitude of a point given in metres from a cluster's origin. */
export function toDegrees(frame: LocalFrame, east: number, south: number): [longitude: number, latitude: number] {
  return [longitudeOf(frame.x0 + east / frame.eastScale), latitudeOf(frame.y0 + south / frame.northScale)]
}

/** Metres east and south of a cluster's origin. */
export function toMetres(frame: LocalFrame, longitude: number, latitude: number): [east: number, south: number] {
  return [(mercatorX(longitude) - frame.x0) * frame.eastScale, (mercatorY(latitude) - frame.y0) * frame.northScale]
}
