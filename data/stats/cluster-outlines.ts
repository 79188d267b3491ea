import { assembled, ringsAbove, type Polygons } from './raster-polygons.ts'
import { frameOver } from './study-area.ts'

type Numbers = Float32Array | Float64Array

/** Cells in the radius: the area of a lone point's disc is then right within 1 %. */
const cellsPerRadius = 6
/** Nodes along the longer side at most: a cluster over a city gets coarser cells. */
const longestSide = 1500

/**
 * Outlines of clusters: the places within a radius of any of a cluster's points, the union of their discs. A hull would
 * enclose a quarter where nothing happened between two streets where much did, and is a line where all points lie on one.
 * The distance to the nearest point is sampled at nodes, and the line where it is the radius is drawn between them.
 *
 * O(points × nodes in a disc) a cluster.
 *
 * @param x, y metres
 * @param labels number of each point's cluster from 1, 0 for none
 * @param count clusters
 * @param radius metres; half of DBSCAN's radius joins the discs of neighbours
 * @returns polygons of cluster n at n − 1, in metres
 * @throws RangeError when the radius is no positive number
 */
export function clusterOutlines(x: Numbers, y: Numbers, labels: Int32Array, count: number, radius: number): Polygons[] {
  if (!(radius > 0) || !Number.isFinite(radius))
    throw new RangeError(`a radius is a positive number of metres, not ${radius}`)
  const members: number[][] = Array.from({ length: count }, () => [])
  for (let point = 0; point < labels.length; point++) members[labels[point]! - 1]?.push(point)
  return members.map((points) => outlineOf(x, y, points, radius))
}

function outlineOf(x: Numbers, y: Numbers, points: number[], radius: number): Polygons {
  if (points.length === 0) return []
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const point of points) {
    west = Math.min(west, x[point]!)
    east = Math.max(east, x[point]!)
    south = Math.min(south, y[point]!)
    north = Math.max(north, y[point]!)
  }
  const margin = radius * 1.5
  const side = Math.max(east - west, north - south) + 2 * margin
  const nodes = Math.min(longestSide, Math.ceil((side * cellsPerRadius) / radius))
  const frame = frameOver(west - margin, south - margin, east + margin, north + margin, nodes)
  const { cell, columns, rows } = frame
  // Nodes beyond the line matter only next to it, where their distance is needed to interpolate.
  const reach = radius + 2 * cell
  const nearest = new Float64Array(columns * rows).fill(reach)
  for (const point of points) {
    const lastColumn = Math.min(columns - 1, Math.floor((x[point]! + reach - frame.x) / cell))
    const lastRow = Math.min(rows - 1, Math.floor((y[point]! + reach - frame.y) / cell))
    for (let row = Math.max(0, Math.ceil((y[point]! - reach - frame.y) / cell)); row <= lastRow; row++) {
      const dy = frame.y + row * cell - y[point]!
      for (let column = Math.max(0, Math.ceil((x[point]! - reach - frame.x) / cell)); column <= lastColumn; column++) {
        const dx = frame.x + column * cell - x[point]!
        const distance = Math.sqrt(dx * dx + dy * dy)
        if (distance < nearest[row * columns + column]!) nearest[row * columns + column] = distance
      }
    }
  }
  return assembled(
    ringsAbove(
      frame,
      nearest.map((distance) => reach - distance),
      reach - radius,
    ),
  )
}
