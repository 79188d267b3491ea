import type { Position } from 'geojson'

/** Between two points of an arc that is drawn as a line; what GDAL takes too. Of a circle of 100 m, 6 cm beside it. */
const step = (4 * Math.PI) / 180

/**
 * A circular string (SQL/MM part 3) as a line: each arc goes from a point through the next to the one after it; where
 * the first and the last are the same it is a whole circle, with the middle one opposite.
 *
 * @returns null when the number of points cannot be one of arcs
 */
export function strokeArcs(points: readonly Position[]): Position[] | null {
  const [first] = points
  if (first === undefined) return []
  if (points.length < 3 || points.length % 2 === 0) return null
  const line: Position[] = [first]
  for (let at = 0; at + 2 < points.length; at += 2) {
    const [from, through, to] = points.slice(at, at + 3)
    if (from !== undefined && through !== undefined && to !== undefined) strokeArc(from, through, to, line)
  }
  return line
}

function strokeArc(from: Position, through: Position, to: Position, line: Position[]): void {
  const center = centerOf(from, through, to)
  if (center === null) {
    line.push(through, to)
    return
  }
  const angle = ([x = 0, y = 0]: Position) => Math.atan2(y - center[1], x - center[0])
  const turn = (end: number) => (((end - angle(from)) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)
  // Counter-clockwise where the middle point comes before the end that way round.
  const toEnd = turn(angle(to)) || 2 * Math.PI
  const sweep = turn(angle(through)) <= toEnd ? toEnd : toEnd - 2 * Math.PI
  const radius = Math.hypot((from[0] ?? 0) - center[0], (from[1] ?? 0) - center[1])
  const steps = Math.ceil(Math.abs(sweep) / step)
  for (let at = 1; at < steps; at++) {
    const here = angle(from) + (sweep * at) / steps
    line.push([center[0] + radius * Math.cos(here), center[1] + radius * Math.sin(here)])
  }
  line.push(to)
}

/** The middle of the circle through three points; null where they lie on a line. */
function centerOf(from: Position, through: Position, to: Position): [number, number] | null {
  const [x = 0, y = 0] = from
  const [bx, by] = [(through[0] ?? 0) - x, (through[1] ?? 0) - y]
  const [cx, cy] = [(to[0] ?? 0) - x, (to[1] ?? 0) - y]
  if (cx === 0 && cy === 0) return bx === 0 && by === 0 ? null : [x + bx / 2, y + by / 2]
  const cross = 2 * (bx * cy - by * cx)
  if (Math.abs(cross) < 1e-12 * (bx * bx + by * by + cx * cx + cy * cy)) return null
  const [b, c] = [bx * bx + by * by, cx * cx + cy * cy]
  return [x + (cy * b - by * c) / cross, y + (bx * c - cx * b) / cross]
}
