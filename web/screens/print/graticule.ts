import type { Point } from './drawing.ts'

/** Seconds of arc between two lines, from the smallest to the largest. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000]

/** Lines that are wanted along the longer side, at most. */
const mostLines = 6

export type GraticuleLine = {
  /** Where the line enters and leaves the frame, in the frame's units. */
  ends: readonly [Point, Point]
  /** `114°21′30″E` */
  label: string
}

/** A map's frame: its size, and where the ground is in it, in the same units from its upper left corner. */
export type MapFrame = {
  width: number
  height: number
  project: (lon: number, lat: number) => Point
  unproject: (x: number, y: number) => Point
}

/**
 * Meridians and parallels across a frame, a round number of seconds apart. In web Mercator both are straight, also in a
 * map that is rotated or tilted: two points give the line.
 */
export function graticule(frame: MapFrame): GraticuleLine[] {
  const { width, height, unproject } = frame
  const corners = [unproject(0, 0), unproject(width, 0), unproject(width, height), unproject(0, height)]
  const lons = corners.map(([lon]) => lon)
  const lats = corners.map(([, lat]) => lat)
  const [west, east] = [Math.min(...lons), Math.max(...lons)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const step = stepFor(Math.max(east - west, north - south))
  // Two places near the middle give the line: what lies far outside a tilted map may be behind the camera.
  const [centreLon, centreLat] = unproject(width / 2, height / 2)
  const [byLon, byLat] = [(east - west) / 20, (north - south) / 20]
  const meridians = multiples(west, east, step).map((seconds) => ({
    ends: across(frame, [seconds / 3600, centreLat - byLat], [seconds / 3600, centreLat + byLat]),
    label: degreesText(seconds, 'E', 'W'),
  }))
  const parallels = multiples(south, north, step).map((seconds) => ({
    ends: across(frame, [centreLon - byLon, seconds / 3600], [centreLon + byLon, seconds / 3600]),
    label: degreesText(seconds, 'N', 'S'),
  }))
  return [...meridians, ...parallels].flatMap(({ ends, label }) => (ends === null ? [] : [{ ends, label }]))
}

/** Seconds of arc. */
function stepFor(degrees: number): number {
  return steps.find((step) => (degrees * 3600) / step <= mostLines) ?? steps.at(-1)!
}

/** Multiples of `step` seconds between two degrees, in seconds. */
function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil((from * 3600) / step)
  const last = Math.floor((to * 3600) / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step)
}

/** The part of the line through two places of the ground that lies in the frame; null where it passes beside it. */
function across({ width, height, project }: MapFrame, from: Point, to: Point): [Point, Point] | null {
  const [x0, y0] = project(...from)
  const [x1, y1] = project(...to)
  const [dx, dy] = [x1 - x0, y1 - y0]
  // Liang–Barsky, along the whole line.
  let [enter, leave] = [-Infinity, Infinity]
  for (const [delta, start, limit] of [
    [dx, x0, width],
    [dy, y0, height],
  ] as const) {
    if (Math.abs(delta) < 1e-9) {
      if (start < 0 || start > limit) return null
      continue
    }
    const [a, b] = [-start / delta, (limit - start) / delta]
    enter = Math.max(enter, Math.min(a, b))
    leave = Math.min(leave, Math.max(a, b))
  }
  if (!(enter < leave)) return null
  return [
    [x0 + enter * dx, y0 + enter * dy],
    [x0 + leave * dx, y0 + leave * dy],
  ]
}

/** Whole seconds as `114°21′30″E`, without the parts that are zero at the end. */
export function degreesText(seconds: number, positive: string, negative: string): string {
  const all = Math.abs(Math.round(seconds))
  const [degrees, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  const fine = rest > 0 ? `${two(minutes)}′${two(rest)}″` : minutes > 0 ? `${two(minutes)}′` : ''
  return `${degrees}°${fine}${seconds < 0 ? negative : positive}`
}
