import type { MultiPolygon, Polygon, Position } from 'geojson'
import { boxOfPositions } from './box-of-positions.ts'

type Cell = { x: number; y: number; half: number; distance: number }

/**
 * The point of a polygon that lies farthest from its edges, where a label has most room: the pole of inaccessibility
 * (Garcia-Castellanos & Lombardo 2007), found by subdividing the most promising cell, as mapbox/polylabel does.
 * Of several polygons the one with the largest box is labelled.
 * @param geometry in degrees
 * @returns longitude and latitude, within 2 % of the polygon's shorter side of the true pole; null when it is empty
 */
export function labelPoint(geometry: Polygon | MultiPolygon): [number, number] | null {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const largest = polygons
    .map((rings) => ({ rings, box: boxOf(rings[0] ?? []) }))
    .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)[0]
  if (largest === undefined || !(largest.box.width > 0 && largest.box.height > 0)) return null
  const { west, south, width, height } = largest.box
  // Degrees of longitude are shorter than those of latitude: measure in a plane where they are not.
  const squeeze = Math.cos(((south + height / 2) * Math.PI) / 180)
  const rings = largest.rings.map((ring) => ring.map(([x = 0, y = 0]): Position => [x * squeeze, y]))
  const cellAt = (x: number, y: number, half: number): Cell => ({ x, y, half, distance: inside(x, y, rings) })

  const side = Math.min(width * squeeze, height)
  const open: Cell[] = []
  for (let x = west * squeeze; x < (west + width) * squeeze; x += side)
    for (let y = south; y < south + height; y += side) open.push(cellAt(x + side / 2, y + side / 2, side / 2))
  let best = cellAt((west + width / 2) * squeeze, south + height / 2, 0)
  while (open.length > 0) {
    // A few dozen cells are ever open: looking through them is quicker than keeping a queue.
    const next = open.reduce((most, cell, index) => (reach(cell) > reach(open[most]!) ? index : most), 0)
    const cell = open.splice(next, 1)[0]!
    if (cell.distance > best.distance) best = cell
    if (reach(cell) - best.distance <= side * 0.02) break
    const half = cell.half / 2
    for (const dx of [-half, half]) for (const dy of [-half, half]) open.push(cellAt(cell.x + dx, cell.y + dy, half))
  }
  return [best.x / squeeze, best.y]
}

/** No point of the cell can be farther from the edges than this. */
function reach(cell: Cell): number {
  return cell.distance + cell.half * Math.SQRT2
}

/** Distance to the nearest edge, negative outside. */
function inside(x: number, y: number, rings: Position[][]): number {
  let within = false
  let nearest = Infinity
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax = 0, ay = 0] = ring[i]!
      const [bx = 0, by = 0] = ring[j]!
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within
      nearest = Math.min(nearest, squaredDistance(x, y, ax, ay, bx, by))
    }
  }
  return (within ? 1 : -1) * Math.sqrt(nearest)
}

function squaredDistance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length2))
  return (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2
}

function boxOf(ring: Position[]) {
  const [west, south, east, north] = boxOfPositions(ring)
  return { west, south, width: east - west, height: north - south }
}
