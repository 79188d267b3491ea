import type { AnalysisChoice, AnalysisQuestion } from '@minqing/data/domain/analysis'
import { ProblemError } from '@minqing/data/domain/problem'
import { kernelDensity } from '@minqing/data/stats/kernel-density'
import { Random } from '@minqing/data/stats/random'
import type { WeightedPoints } from '@minqing/data/stats/raster-frame'
import { type StudyArea, studyArea } from '@minqing/data/stats/study-area'
import type { Units } from '../units.ts'
import { seed } from './significance.ts'

/** What the positions of incidents are compared with: where chance would put them. */
export type Population = {
  choice: AnalysisChoice
  measure: 'rate' | 'density'
  points: WeightedPoints
}

/** Nodes along the longer side of the ground. */
const fewestNodes = 20
const longestSide = 800

/** Metres within which an incident is at a building, and within which households spend what of their day is near home. */
const [atHome, nearHome] = [20, 150]
/** Cells in the latter. */
const cellsNearHome = 4
/** Of the densest place: less is the rounding of the convolution, where there are no households at all. */
const roundedShare = 1e-9

/**
 * Households of buildings where they are known, because more happens where more people live, at their buildings and
 * around them in the proportion in which incidents are; otherwise, or if it is
 * asked for, the ground, evenly.
 *
 * @param spacing metres between the places of the ground that stand for it
 * @throws RangeError where the study area has no extent; ProblemError where households are asked for and none are known
 */
export function populationOf(units: Units, { measure }: AnalysisQuestion, spacing: number): Population {
  const { homes } = units
  const isKnown = homes !== null && homes.x.length > 0
  if (measure === 'rate' && !isKnown) throw withoutHomes()
  if (measure !== 'density' && isKnown)
    return {
      choice: { name: 'measure', value: 'rate', because: measure === undefined ? 'homes' : 'asked' },
      measure: 'rate',
      points: aroundHomes(units, homes, spacing),
    }
  return {
    choice: { name: 'measure', value: 'density', because: measure === undefined ? 'no-homes' : 'asked' },
    measure: 'density',
    points: groundOf(units, spacing),
  }
}

/**
 * The ground of all places as a raster of cells of about a size in metres, with no more nodes along its longer side than
 * `most`. @throws RangeError where there is none
 */
export function groundRaster({ polygons }: Units, cell: number, most: number): StudyArea {
  const corners = polygons?.corners ?? new Float64Array()
  const extent = (first: number) => {
    let [low, high] = [Infinity, -Infinity]
    for (let at = first; at < corners.length; at += 2) {
      low = Math.min(low, corners[at]!)
      high = Math.max(high, corners[at]!)
    }
    return high - low
  }
  const nodes = Math.ceil(Math.max(extent(0), extent(1)) / cell)
  const ends = polygons?.rings.slice(1) ?? new Uint32Array()
  return studyArea({ corners, ends }, Math.min(most, Math.max(fewestNodes, nodes)))
}

/**
 * As large a share of the households as of the incidents that lie at a building stands at its building, and the rest
 * around it: on the next street the households of no building would be expected to have anything happen to them.
 */
function aroundHomes(units: Units, homes: NonNullable<Units['homes']>, spacing: number): WeightedPoints {
  const area = groundRaster(units, Math.min(spacing, nearHome / cellsNearHome), longestSide)
  const bandwidth = Math.max(nearHome, 2 * area.frame.cell)
  const { values } = kernelDensity(homes, area, {
    kernel: 'quartic',
    bandwidth,
    edge: 'jones',
    adaptive: false,
    method: 'binned',
  })
  const ground = placesIn(area)
  const peak = ground.nodes.reduce((most, node) => Math.max(most, values[node]!), 0)
  const spread = Float64Array.from(ground.nodes, (node) => (values[node]! > peak * roundedShare ? values[node]! : 0))
  // Without ground around them all stand at their buildings.
  const share = peak > 0 ? shareAtHome(units, homes) : 1
  const households = sumOf(homes.weights)
  const scale = (households * (1 - share)) / Math.max(Number.MIN_VALUE, sumOf(spread))
  return {
    x: joined(homes.x, ground.x),
    y: joined(homes.y, ground.y),
    weights: joined(
      homes.weights.map((own) => own * share),
      spread.map((own) => own * scale),
    ),
  }
}

/** Share of the incidents that have a building with households within reach; 1 without incidents. */
function shareAtHome({ points }: Units, homes: NonNullable<Units['homes']>): number {
  if (points === null || points.x.length === 0) return 1
  const cellOf = (x: number, y: number) => `${Math.floor(x / atHome)} ${Math.floor(y / atHome)}`
  const homesOf = Map.groupBy(homes.x.keys(), (home) => cellOf(homes.x[home]!, homes.y[home]!))
  const around = [-atHome, 0, atHome]
  const near = points.x.filter((x, point) => {
    const y = points.y[point]!
    const cells = around.flatMap((east) => around.map((north) => cellOf(x + east, y + north)))
    const isNear = (home: number) => Math.hypot(homes.x[home]! - x, homes.y[home]! - y) <= atHome
    return cells.some((cell) => homesOf.get(cell)?.some(isNear) ?? false)
  })
  return near.length / points.x.length
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function groundOf(units: Units, spacing: number): WeightedPoints {
  const { x, y } = placesIn(groundRaster(units, spacing, longestSide))
  return { x, y, weights: new Float64Array(x.length).fill(1) }
}

/** One place in each cell of a raster, anywhere in it: even, but not in rows, whose distances would be all the same. */
function placesIn({ frame, inside }: StudyArea) {
  const random = new Random(seed, 'ground')
  const nodes = [...inside.keys()].filter((node) => inside[node] === 1)
  const [x, y] = [new Float64Array(nodes.length), new Float64Array(nodes.length)]
  for (const [at, node] of nodes.entries()) {
    x[at] = frame.x + ((node % frame.columns) + random.between(-0.5, 0.5)) * frame.cell
    y[at] = frame.y + (Math.floor(node / frame.columns) + random.between(-0.5, 0.5)) * frame.cell
  }
  return { nodes, x, y }
}

function withoutHomes(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '没有楼栋的户数可以比较', en: 'No households of buildings are known to compare with' },
    {
      parameter: 'measure',
      remedy: {
        zh: '请改为每公顷事件数，或先导入楼栋及户数',
        en: 'Compare incidents per hectare, or import buildings with their households first',
      },
    },
  )
}
