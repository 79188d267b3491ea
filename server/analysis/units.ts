import { type AnalysisChoice, hasCells } from '@minqing/data/domain/analysis'
import { polygonsArea } from '@minqing/data/geo/ellipsoid-area'
import { AreaLocator } from '@minqing/data/geo/locate'
import { mercatorScale, mercatorX, mercatorY } from '@minqing/data/geo/mercator'
import { polygonsOf, unionBbox } from '@minqing/data/geo/plane'
import { type LocalFrame, toDegrees, toMetres } from '@minqing/data/geo/point-clusters'
import { type FlatPolygons, flatPolygons } from '@minqing/data/stats/contiguity'
import {
  coverWithUnits,
  type RegularUnits,
  unitArea,
  unitOutline,
  unitsOfPoints,
} from '@minqing/data/stats/regular-units'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { type AnalysisInput, mostUnits, type Place, tooManyUnits } from './analysis-input.ts'

/** Units side by side, each array with an entry for each, in the order of `codes`. */
export type Units = {
  codes: string[]
  /** Of a cell: the place it lies in, and its number there. */
  names: string[]
  /** NaN where they are not known. */
  households: Float64Array
  hectares: Float64Array
  incidents: Float64Array
  /** Metres east and north of an origin that all share: the middle of each. */
  x: Float64Array
  y: Float64Array
  /** Outlines as GeoJSON. */
  geometries: string[]
  /** Of the metres. */
  frame: LocalFrame
  /** Units that are cells. */
  cells: RegularUnits | null
  /** Where positions are read: those of the incidents in the same metres. */
  points: Record<'x' | 'y', Float64Array> | null
  /** Where people live, with their households; null unless positions are compared with it. */
  homes: (Record<'x' | 'y', Float64Array> & { weights: Float64Array }) | null
  /** Outlines of the others in the same metres. */
  polygons: FlatPolygons | null
  withoutUnit: number
  /** Incidents by unit, local days and type as in `AnalysisInput`; null for methods that do not need them. −1: in no unit. */
  dated: (Record<'unit' | 'day' | 'happened' | 'type', Int32Array> & { count: Uint32Array }) | null
  /** Reports as in `AnalysisInput`, with metres for positions. */
  reports?: Omit<NonNullable<AnalysisInput['reports']>, 'positions'> & Record<'x' | 'y', Float64Array>
  /** Incidents of the period that is compared with, and the lengths of both in days; null where none is. */
  earlier: { incidents: Float64Array; exposure: { now: number; earlier: number } } | null
}

export type MadeUnits = { units: Units; chosen: AnalysisChoice[] }

/**
 * Units with their counts: the places themselves, or cells laid over the ground of these. For methods that read positions
 * the units are the places, which are the study area and give names, and nothing is counted in them.
 */
export function unitsOf(input: AnalysisInput): MadeUnits {
  const frame = frameOf(input.places)
  return hasCells(input.question.unit) ? cellsOf(input, frame) : { units: placesOf(input, frame), chosen: [] }
}

function placesOf(
  { question, places, counts, positions, homes, days, withoutUnit, earlier, reports }: AnalysisInput,
  frame: LocalFrame,
): Units {
  const middles = places.map(({ lon, lat }) => inMetres(frame, lon, lat))
  const outlines = places.map(({ geometry }) => outlineOf(geometry))
  const own = ({ hectares }: Place, index: number) =>
    question.unit === 'building' ? polygonsArea(polygonsOf(outlines[index]!)) / 10_000 : hectares
  return {
    codes: places.map(({ code }) => code),
    names: places.map(({ name }) => name),
    households: Float64Array.from(places, ({ households }) => households ?? Number.NaN),
    hectares: Float64Array.from(places, own),
    incidents: counts ?? new Float64Array(places.length),
    x: Float64Array.from(middles, ([x]) => x),
    y: Float64Array.from(middles, ([, y]) => y),
    geometries: places.map(({ geometry }) => geometry),
    frame,
    cells: null,
    points: positions && pointsIn(positions, frame),
    homes: homes && { ...pointsIn(homes.positions, frame), weights: homes.households },
    polygons: polygonsIn(outlines, frame),
    withoutUnit,
    dated: days && { ...days, unit: days.place ?? new Int32Array(), count: days.count ?? new Uint32Array() },
    ...(reports === undefined ? {} : { reports: { ...reports, ...pointsIn(reports.positions, frame) } }),
    earlier: earlier && {
      incidents: earlier.counts ?? new Float64Array(places.length),
      exposure: earlier.exposure,
    },
  }
}

function outlineOf(geometry: string): Polygon | MultiPolygon {
  return JSON.parse(geometry) as Polygon | MultiPolygon
}

function polygonsIn(outlines: readonly (Polygon | MultiPolygon)[], frame: LocalFrame): FlatPolygons {
  return flatPolygons(outlines, ([lon = 0, lat = 0]) => inMetres(frame, lon, lat))
}

/** Metres east and north of the frame’s origin. */
function inMetres(frame: LocalFrame, lon: number, lat: number): [x: number, y: number] {
  const [east, south] = toMetres(frame, lon, lat)
  return [east, -south]
}

/** Degrees to which a frame's origin and latitude are rounded: the cells of a street lie where they lay last week. */
const frameDegrees = 0.1

function frameOf(places: readonly Place[]): LocalFrame {
  const [west, south, , north] = unionBbox(places.map(({ lon, lat }) => [lon, lat, lon, lat]))
  if (!(west <= 180)) return { x0: 0, y0: 0, eastScale: 1, northScale: 1 }
  const round = (degrees: number) => Math.round(degrees / frameDegrees) * frameDegrees
  const scale = mercatorScale(round((south + north) / 2))
  return { x0: mercatorX(round(west)), y0: mercatorY(round(south)), eastScale: scale.east, northScale: scale.north }
}

/** Sizes that people can remember, in metres. */
const niceSizes = [50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 600, 800, 1000]
/** Cells in a study area that are enough to see where something lies, without most of them being empty. */
const fewestCells = 30

/**
 * The side of a square with twice the area that there is for one incident, √(2A/n): the rule of thumb for quadrat counts
 * (Wong & Lee 2005, Statistical Analysis of Geographic Information, 5.1.1), at the next round number.
 */
export function chooseSize(hectares: number, incidents: number): AnalysisChoice {
  const ideal = Math.sqrt((2 * hectares * 10_000) / Math.max(1, incidents))
  const largest = Math.sqrt((hectares * 10_000) / fewestCells)
  const fitting = niceSizes.filter((size) => size <= largest)
  const size = fitting.find((candidate) => candidate >= ideal) ?? fitting.at(-1) ?? niceSizes[0]!
  const isIdeal = size >= ideal && ideal >= niceSizes[0]!
  return { name: 'size', value: size, because: isIdeal ? 'two-areas-per-incident' : 'limits-of-size' }
}

function cellsOf(
  { question, places, positions, days, withoutUnit, earlier }: AnalysisInput,
  frame: LocalFrame,
): MadeUnits {
  const ground = places.reduce((sum, { hectares }) => sum + hectares, 0)
  const points = pointsIn(positions ?? new Float64Array(), frame)
  const choice: AnalysisChoice =
    question.size === undefined
      ? chooseSize(ground, points.x.length)
      : { name: 'size', value: question.size, because: 'asked' }
  const size = Number(choice.value)
  const shape = question.unit === 'hexagon' ? 'hexagon' : 'square'
  // The size of a hexagon is the distance of opposite sides.
  const side = shape === 'hexagon' ? size / Math.sqrt(3) : size
  const hectares = unitArea({ shape, side }) / 10_000
  if (ground / hectares > mostUnits) throw tooManyUnits()
  const outlines = places.map(({ geometry }) => outlineOf(geometry))
  const cells = coverWithUnits(shape, side, polygonsIn(outlines, frame), points.x, points.y)
  const count = cells.keys.length
  const countedIn = (counted: typeof points) => {
    const incidents = new Float64Array(count)
    // An earlier incident may lie where no cell is.
    for (const cell of unitsOfPoints(cells, counted.x, counted.y)) if (cell >= 0) incidents[cell]! += 1
    return incidents
  }
  return {
    chosen: [choice],
    units: {
      codes: Array.from(cells.keys, (key) => `${shape === 'hexagon' ? 'H' : 'S'}${size}-${key}`),
      names: namesOf(cells, places, outlines, frame),
      households: new Float64Array(count).fill(Number.NaN),
      hectares: new Float64Array(count).fill(hectares),
      incidents: countedIn(points),
      x: cells.x,
      y: cells.y,
      geometries: Array.from({ length: count }, (_, cell) => outlineOfCell(cells, cell, frame)),
      frame,
      cells,
      points,
      homes: null,
      polygons: null,
      withoutUnit,
      dated: days && {
        ...days,
        unit: unitsOfPoints(cells, points.x, points.y),
        count: new Uint32Array(points.x.length).fill(1),
      },
      earlier: earlier && {
        incidents: countedIn(pointsIn(earlier.positions ?? new Float64Array(), frame)),
        exposure: earlier.exposure,
      },
    },
  }
}

function pointsIn(positions: Float64Array, frame: LocalFrame): Record<'x' | 'y', Float64Array> {
  const x = new Float64Array(positions.length / 2)
  const y = new Float64Array(positions.length / 2)
  for (let point = 0; point < x.length; point++)
    [x[point], y[point]] = inMetres(frame, positions[point * 2]!, positions[point * 2 + 1]!)
  return { x, y }
}

/** The name of the place that holds the middle of each cell, with a number among the cells of that place. */
function namesOf(
  cells: RegularUnits,
  places: readonly Place[],
  outlines: readonly (Polygon | MultiPolygon)[],
  frame: LocalFrame,
): string[] {
  const locator = new AreaLocator(outlines.map((geometry, index) => ({ code: String(index), geometry })))
  const seen = new Map<string, number>()
  return Array.from(cells.keys, (_, cell) => {
    const place = locator.locate(...toDegrees(frame, cells.x[cell]!, -cells.y[cell]!))
    const name = place === null ? '' : (places[Number(place)]?.name ?? '')
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    return `${name} #${number}`.trimStart()
  })
}

/** Degrees with seven decimals, as every position has. */
function outlineOfCell(cells: RegularUnits, cell: number, frame: LocalFrame): string {
  const ring = unitOutline(cells, cell).map(([x, y]): Position => {
    const [lon, lat] = toDegrees(frame, x, -y)
    return [Number(lon.toFixed(7)), Number(lat.toFixed(7))]
  })
  return JSON.stringify({ type: 'Polygon', coordinates: [ring] })
}
