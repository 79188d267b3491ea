import type { AnalysisQuestion, UnitResult } from '@minqing/data/domain/analysis'
import { ProblemError } from '@minqing/data/domain/problem'
import { significanceLevels } from '@minqing/data/domain/significance'
import { AreaLocator } from '@minqing/data/geo/locate'
import { likelihoodBandwidth } from '@minqing/data/stats/density-bandwidth'
import { contourBands } from '@minqing/data/stats/density-contours'
import { densityExcess, excessMaxima } from '@minqing/data/stats/density-excess'
import { canonicalFactor } from '@minqing/data/stats/density-kernel'
import { classBreaks } from '@minqing/data/stats/density-raster'
import { kernelDensity } from '@minqing/data/stats/kernel-density'
import { thresholdOf } from '@minqing/data/stats/random-labelling'
import { assembled, type Polygons, ringsAbove } from '@minqing/data/stats/raster-polygons'
import { isInside, type StudyArea } from '@minqing/data/stats/study-area'
import type { Units } from '../units.ts'
import type { Method, MethodInput } from './method.ts'
import { outlineOf, PlaceNames } from './outline-results.ts'
import { groundRaster, type Population, populationOf } from './population.ts'
import { seed } from './significance.ts'

const kernel = 'quartic'
/** Of the Gaussian kernel with which the excess is tested, in relation to the quartic one that is drawn. */
const gaussianShare = 1 / canonicalFactor(kernel)
/** Enough for a p of 0.005; each of them is a density of as many incidents. */
const replications = 199
const level = 0.05
const mostClasses = 7
/** Nodes along the longer side: of the raster that is drawn, and of the one on which bandwidths are tried. */
const [mostNodes, triedNodes] = [1024, 256]
/** Cells in the standard deviation of the Gaussian; the kernels need two. */
const cellsPerDeviation = 3
const fewestCells = 2
/** Incidents of which a density says something. */
const fewestIncidents = 10
/** Of the incidents expected within the kernel, where an excess is tested. */
const leastExpected = 1
/** Incidents of a spot: at the edge of what is tested the tails of a few kernels reach beyond any incident. */
const fewestInSpot = 3
/** Bandwidths that people can remember are whole multiples of this, in metres. */
const step = 5

type Points = Record<'x' | 'y', Float64Array>

/**
 * Incidents per hectare by a quartic kernel, each divided by the share of its kernel inside the study area, as outlines of
 * classes; and the spots where incidents are denser than as many drawn from the households of all buildings, or from the
 * ground, ever are in 95 of 100 drawings (`densityExcess`), z being compared with the largest of each drawing.
 *
 * @throws ProblemError `bad_parameter` with too few incidents, or a bandwidth that is too narrow for the area
 */
export const density: Method = ({ question, units, progress }) => {
  const all = units.points ?? { x: new Float64Array(), y: new Float64Array() }
  if (all.x.length < fewestIncidents) throw tooFew()
  const ground = groundRaster(units, 1, triedNodes)
  const points = insideOf(ground, all)
  const bandwidth = bandwidthOf(question, points, ground)
  progress(0.1)
  const deviation = bandwidth.value * gaussianShare
  const area = groundRaster(units, deviation / cellsPerDeviation, mostNodes)
  if (deviation < fewestCells * area.frame.cell) throw tooNarrow(area)
  const population = populationOf(units, question, deviation / 2)
  const { frame, values, peak } = kernelDensity({ ...points, weights: null }, area, {
    kernel,
    bandwidth: bandwidth.value,
    edge: 'jones',
    adaptive: false,
    method: 'binned',
  })
  const limits = classBreaks(peak, mostClasses)
  const bands = contourBands(frame, values, limits).filter(({ polygons }) => polygons.length > 0)
  progress(0.2)
  const { spots, testedShare } = spotsOf(points, population, area, deviation, (done) => progress(0.2 + done * 0.75))
  const rows = (outlines: readonly { polygons: Polygons }[]) =>
    rowsOf(
      units,
      points,
      population,
      outlines.map(({ polygons }) => polygons),
    )
  const bandRows = rows(bands)
  const spotRows = rows(spots)
    .map((own, index) => ({ ...own, ...spots[index]! }))
    .filter(({ members }) => members.length >= fewestInSpot)
  const names = new PlaceNames(units)
  const properties = [
    ...bands.map(({ from, to }, index): UnitResult => {
      const code = `D${index + 1}`
      return {
        ...bandRows[index]!.row,
        code,
        name: to === null ? `≥ ${from}` : `${from}–${to}`,
        value: from,
        band: { from, to },
      }
    }),
    ...spotRows.map(({ row, members, z, p, class: own }, index): UnitResult => ({
      ...row,
      code: `E${index + 1}`,
      name: names.nameOf(members),
      z,
      p,
      q: p,
      class: own,
      spot: index + 1,
    })),
  ]
  const counted = bandRows.reduce((sum, { row }) => sum + row.incidents, 0)
  return {
    chosen: [bandwidth, population.choice, { name: 'replications', value: replications, because: 'usual' }],
    islands: 0,
    testedShare,
    properties,
    outlines: {
      geometries: [...bandRows, ...spotRows].map(({ geometry }) => geometry),
      outside: all.x.length - counted,
    },
  }
}

function insideOf(area: StudyArea, { x, y }: Points): Points {
  const inside = [...x.keys()].filter((point) => isInside(area, x[point]!, y[point]!))
  return { x: Float64Array.from(inside, (point) => x[point]!), y: Float64Array.from(inside, (point) => y[point]!) }
}

/** The bandwidth with which incidents elsewhere predict best where each one is, or the one that was asked for. */
function bandwidthOf({ bandwidth }: AnalysisQuestion, points: Points, area: StudyArea) {
  if (points.x.length < fewestIncidents) throw tooFew()
  if (bandwidth !== undefined) return { name: 'bandwidth', value: bandwidth, because: 'asked' } as const
  try {
    const found = likelihoodBandwidth({ ...points, weights: null }, area, kernel)
    const value = Math.max(step, Math.round(found.bandwidth / step) * step)
    return { name: 'bandwidth', value, because: 'predicts-best' } as const
  } catch (error) {
    // All lie on one place.
    if (error instanceof RangeError) throw tooFew()
    throw error
  }
}

type Spot = { polygons: Polygons; z: number; p: number; class: number }

/** Where z reaches what the largest of a drawing reaches in one of twenty, the highest first; and the share of the ground that was tested. */
function spotsOf(
  points: Points,
  { points: population }: Population,
  area: StudyArea,
  bandwidth: number,
  progress: MethodInput['progress'],
): { spots: Spot[]; testedShare: number } {
  const options = { bandwidth, leastExpected }
  const { frame, z } = densityExcess({ ...points, weights: null }, population, area, options)
  const tested = z.filter((own, node) => area.inside[node] === 1 && !Number.isNaN(own)).length
  const testedShare = tested / Math.max(1, area.inside.filter((own) => own === 1).length)
  if (tested === 0) return { spots: [], testedShare }
  const maxima = excessMaxima(points.x.length, population, area, options, { seed, from: 0, to: replications, progress })
  const threshold = thresholdOf(maxima, level)
  if (!(threshold > 0) || threshold === Infinity) return { spots: [], testedShare }
  const outlines = assembled(ringsAbove(frame, z, threshold)).map((rings): Polygons => [rings])
  const locator = locatorOf(outlines)
  const highest = outlines.map(() => threshold)
  for (const [node, own] of z.entries()) {
    if (!(own >= threshold)) continue
    const x = frame.x + (node % frame.columns) * frame.cell
    const found = locator.locate(x, frame.y + Math.floor(node / frame.columns) * frame.cell)
    if (found !== null) highest[Number(found)] = Math.max(highest[Number(found)]!, own)
  }
  const spots = outlines
    .map((polygons, index) => {
      const score = highest[index]!
      const p = (1 + maxima.filter((other) => other >= score).length) / (replications + 1)
      const reached = significanceLevels.find(({ q }) => p <= q)
      return { polygons, z: Number(score.toFixed(6)), p, class: reached?.class ?? 0 }
    })
    .filter((spot) => spot.class > 0)
    .toSorted((a, b) => b.z - a.z)
  return { spots, testedShare }
}

function locatorOf(outlines: readonly Polygons[]): AreaLocator {
  return new AreaLocator(
    outlines.map((coordinates, index) => ({
      code: String(index),
      geometry: { type: 'MultiPolygon' as const, coordinates },
    })),
  )
}

/** What lies in each of some outlines: incidents, and what the population leads to expect. */
function rowsOf(units: Units, { x, y }: Points, { measure, points: population }: Population, outlines: Polygons[]) {
  const locator = locatorOf(outlines)
  const members = outlines.map((): number[] => [])
  for (let point = 0; point < x.length; point++) {
    const found = locator.locate(x[point]!, y[point]!)
    if (found !== null) members[Number(found)]!.push(point)
  }
  const sizes = new Float64Array(outlines.length)
  let whole = 0
  for (let place = 0; place < population.x.length; place++) {
    const weight = population.weights?.[place] ?? 1
    whole += weight
    const found = locator.locate(population.x[place]!, population.y[place]!)
    if (found !== null) sizes[Number(found)]! += weight
  }
  return outlines.map((polygons, index) => {
    const { geometry, hectares } = outlineOf(units, polygons)
    const own = members[index]!
    const households = measure === 'rate' ? Math.round(sizes[index]!) : null
    const size = households === null ? hectares : households / 1000
    const row: UnitResult = {
      code: '',
      name: '',
      incidents: own.length,
      households,
      hectares,
      expected: whole > 0 ? Number(((x.length * sizes[index]!) / whole).toFixed(3)) : 0,
      value: size > 0 ? Number((own.length / size).toFixed(4)) : null,
      z: null,
      p: null,
      q: null,
      class: 0,
      spot: null,
    }
    return { row, geometry, members: own }
  })
}

function tooFew(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: `核密度至少需要 ${fewestIncidents} 件位置不同的事件`,
      en: `A density needs at least ${fewestIncidents} incidents at different places`,
    },
    {
      parameter: 'filter',
      remedy: { zh: '请选择较长的时间或较大的区域', en: 'Choose a longer period or a larger area' },
    },
  )
}

function tooNarrow({ frame }: StudyArea): ProblemError {
  const least = Math.ceil((fewestCells * frame.cell) / gaussianShare)
  return new ProblemError(
    'bad_parameter',
    {
      zh: `对这样大的区域，带宽不能小于 ${least} 米`,
      en: `For an area of this size the bandwidth cannot be below ${least} m`,
    },
    {
      parameter: 'bandwidth',
      remedy: { zh: '请增大带宽或缩小区域', en: 'Choose a wider bandwidth or a smaller area' },
    },
  )
}
