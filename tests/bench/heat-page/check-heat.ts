import type { IncidentColumns } from '@minqing/data/domain/incident-columns'
import { toMetres } from '@minqing/data/geo/point-clusters'
import type { DensityResult } from '../../../web/map/density/density-result.ts'
import { densityClasses, type Rgba } from '../../../web/map/layers/density-classes.ts'
import type { Stage } from './stage.ts'

/** Pixels between places that are looked at. */
const every = 24
/** Of a class's width: nearer to its limit than this a pixel is a blend of two, and the raster rounds. */
const nearLimit = 0.25

/**
 * Compares the stage's picture with one computed from every point: the raster's integral is
 * the number of incidents, and pixels have the colour of their class.
 * @returns pixels that were compared
 * @throws Error when anything differs
 */
export function checkHeat(stage: Stage, result: DensityResult, columns: IncidentColumns, rows: Uint32Array): number {
  if (result.mode !== 'heat') throw new Error('there is no heat')
  const [cluster] = result.clusters
  if (cluster === undefined) throw new Error('there is no heat')
  const { raster, frame } = cluster
  const integral = (raster.values.reduce((sum, value) => sum + value, 0) * raster.cell ** 2) / 10_000
  if (result.incidents !== rows.length || Math.abs(integral / rows.length - 1) > 1e-4)
    throw new Error(`${rows.length} incidents pass; the result has ${result.incidents}, its integral is ${integral}`)

  const points = Float64Array.from({ length: rows.length * 2 }, () => 0)
  for (let i = 0; i < rows.length; i++)
    points.set(toMetres(frame, columns.x[rows[i]!]! * 1e-7, columns.y[rows[i]!]! * 1e-7), i * 2)
  const { breaks, colours: classes } = densityClasses(result.peak, 'light')
  const colours: Rgba[] = [[0, 0, 0, 0], ...classes]
  const { viewport } = stage
  const pixels = stage.picture()
  const found = new Map<number, number>()
  for (let y = every / 2; y < viewport.height; y += every)
    for (let x = every / 2; x < viewport.width; x += every) {
      const [lon = 0, lat = 0] = viewport.unproject([x + 0.5, y + 0.5])
      const [west, south, east, north] = raster.bounds
      const far = lon < west || lon > east || lat < south || lat > north
      const level = far ? 0 : perHectare(points, toMetres(frame, lon, lat), raster.bandwidth) / breaks[0]!
      if (Math.abs(level - Math.round(level)) < nearLimit && level > nearLimit) continue
      const at = ((viewport.height - 1 - y) * viewport.width + x) * 4
      const drawn = nearest(colours, pixels.subarray(at, at + 4))
      const wanted = Math.min(Math.floor(level), breaks.length)
      if (drawn !== wanted) throw new Error(`at ${x}, ${y} class ${drawn} is drawn, ${level.toFixed(2)} is right`)
      found.set(drawn, (found.get(drawn) ?? 0) + 1)
    }
  if (found.size < 3) throw new Error(`only ${found.size} classes were seen`)
  return [...found.values()].reduce((sum, count) => sum + count, 0)
}

/** The quartic kernel summed over every point. */
function perHectare(points: Float64Array, [east, south]: [number, number], bandwidth: number): number {
  let sum = 0
  for (let i = 0; i < points.length; i += 2) {
    const u2 = ((points[i]! - east) ** 2 + (points[i + 1]! - south) ** 2) / bandwidth ** 2
    if (u2 < 1) sum += (1 - u2) ** 2
  }
  return ((sum * 3) / (Math.PI * bandwidth ** 2)) * 10_000
}

/** Which of the colours a pixel of the canvas, whose colour is multiplied by its opacity, comes closest to. */
function nearest(colours: Rgba[], pixel: Uint8Array): number {
  const away = colours.map(([red, green, blue, alpha]) =>
    [(red * alpha) / 255, (green * alpha) / 255, (blue * alpha) / 255, alpha].reduce(
      (sum, channel, i) => sum + Math.abs(channel - pixel[i]!),
      0,
    ),
  )
  return away.indexOf(Math.min(...away))
}
