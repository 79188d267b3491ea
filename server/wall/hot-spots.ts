import { createHash } from 'node:crypto'
import { AnalysisQuestion, type UnitResult } from '@minqing/data/domain/analysis'
import { channelsOf } from '@minqing/data/domain/channel'
import { dayText, homeDayNumber } from '@minqing/data/domain/local-time'
import type { WallHotSpots } from '@minqing/data/domain/wall'
import type { Feature, Polygon, Position } from 'geojson'
import { LRUCache } from 'lru-cache'
import type { AnalysisInput } from '../analysis/analysis-input.ts'
import { readPlaces } from '../analysis/read-input.ts'
import type { AnalysisResult } from '../analysis/run-analysis.ts'
import { chooseSize } from '../analysis/units.ts'
import type { ThreadPool } from '../analysis/thread-pool.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'

/**
 * Reads what the hot spots of a wall are computed from, with the wall's own rights: grids, and incidents that residents
 * reported by cell of 50 m (function `count_wall_cells_of_days` of 057.do.wall-hot-spots.sql, index incident_reported).
 * Each incident stands at the middle of its cell.
 *
 * @param area a street or community
 */
export async function readHotSpotInput(
  transaction: Transaction,
  area: string,
  scope: Scope,
  now: Date,
): Promise<AnalysisInput> {
  const question = AnalysisQuestion.parse({ method: 'hot-spots', unit: 'square', filter: { area } })
  const today = dayText(homeDayNumber(now.getTime()))
  const [places, cells] = await Promise.all([
    readPlaces(transaction, question, scope),
    transaction<{ x: number; y: number; count: number }[]>`
      select x, y, cases as count
      from count_wall_cells_of_days(${area}, ${today}::date, ${[...channelsOf('reported')]}::text[]) order by x, y`,
  ])
  const middles = cells.flatMap(({ x, y, count }) => Array.from({ length: count }, () => [x / 1e7, y / 1e7]))
  const positions = Float64Array.from(middles.flat())
  const hectares = places.reduce((sum, place) => sum + place.hectares, 0)
  const size = sizeOfSquares(Number(chooseSize(hectares, middles.length).value))
  return {
    question: { ...question, size },
    places,
    counts: null,
    positions,
    days: null,
    homes: null,
    withoutUnit: 0,
    earlier: null,
  }
}

/** Metres of a side of the cells that cases are counted in, and of the least square that holds whole ones in both directions. */
const cell = 50
const leastSize = 2 * cell

/** Squares in which every one has as many cells: in others more are counted because of how the cells fall. */
function sizeOfSquares(metres: number): number {
  return Math.max(leastSize, Math.ceil(metres / cell) * cell)
}

/** Areas whose last hot spots are cached. */
const mostCached = 50

/** Where there is nothing to compare. */
export const withoutHotSpots: WallHotSpots = { size: null, spots: [] }

/** Computes the hot spots of walls on a thread, and again only when what they are computed from has changed. */
export class WallHotSpotFinder {
  readonly #threads: ThreadPool
  readonly #found = new LRUCache<string, Promise<WallHotSpots>>({ max: mostCached })

  constructor(threads: ThreadPool) {
    this.#threads = threads
  }

  async find(input: AnalysisInput): Promise<WallHotSpots> {
    if (input.places.length === 0) return withoutHotSpots
    const key = keyOf(input)
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const found = this.#compute(input)
    this.#found.set(key, found)
    // One that failed is tried again.
    found.catch(() => this.#found.delete(key))
    return found
  }

  async #compute(input: AnalysisInput): Promise<WallHotSpots> {
    let result: AnalysisResult | undefined
    const task = {
      input,
      beginning: { id: '', data: {}, version: '' },
      progress: new Int32Array(new SharedArrayBuffer(4)),
      alone: true,
    }
    const outcome = await this.#threads.run(task, new AbortController().signal, (made) => (result = made))
    if (outcome.kind === 'refused' || result === undefined) return withoutHotSpots
    const { features } = JSON.parse(Buffer.from(result.bytes).toString()) as { features: Square[] }
    const isCompared = features.some(({ properties }) => properties.z !== null)
    const size = result.record.chosen.find(({ name }) => name === 'size')?.value
    const bySpot = Map.groupBy(features, ({ properties }) => properties.spot)
    const numbers = [...bySpot.keys()].filter((spot) => spot !== null).toSorted((a, b) => a - b)
    return {
      size: isCompared ? Number(size) : null,
      // The sort is stable: among those of one class the hottest comes first.
      spots: numbers.map((spot) => spotOf(bySpot.get(spot) ?? [], features)).toSorted((a, b) => b.class - a.class),
    }
  }
}

type Square = Feature<Polygon, UnitResult>

/** A spot with the squares that touch it: what is significant is that these have so many cases together. */
function spotOf(own: readonly Square[], all: readonly Square[]): WallHotSpots['spots'][number] {
  const corners = new Set(own.flatMap(cornersOf))
  const around = all.filter((square) => cornersOf(square).some((corner) => corners.has(corner)))
  const properties = around.map((square) => square.properties)
  // The name of a square is that of its grid with a number; outside of grids there is none.
  const named = properties.flatMap(({ name, incidents }) => {
    const grid = name.replace(/ ?#\d+$/, '')
    return grid === '' ? [] : [{ grid, incidents }]
  })
  const grids = [...Map.groupBy(named, ({ grid }) => grid)].map(([grid, squares]) => ({
    grid,
    count: casesOf(squares),
  }))
  return {
    name: grids.toSorted((a, b) => b.count - a.count)[0]?.grid ?? '',
    class: Math.max(...own.map((square) => square.properties.class)),
    count: casesOf(properties),
    expected: Number(properties.reduce((sum, { expected }) => sum + expected, 0).toFixed(1)),
    border: bordersOf(around.map(({ geometry }) => geometry)),
  }
}

function casesOf(squares: readonly Pick<UnitResult, 'incidents'>[]): number {
  return squares.reduce((sum, { incidents }) => sum + incidents, 0)
}

/** Corners of squares of a raster, which are the same text where they are the same point. */
function cornersOf({ geometry }: Square): string[] {
  return (geometry.coordinates[0] ?? []).map(String)
}

/** The sides that only one of some squares of a raster has, as coordinates of a MultiLineString. */
function bordersOf(squares: readonly Polygon[]): Position[][] {
  const sides = squares.flatMap(({ coordinates: [ring = []] }) => ring.slice(1).map((end, at) => [ring[at]!, end]))
  const ends = (side: Position[]) => side.map(String).toSorted().join(' ')
  return [...Map.groupBy(sides, ends).values()].flatMap((same) => (same.length === 1 ? same : []))
}

/** Changes with everything that is computed from. */
function keyOf({ question, places, positions }: AnalysisInput): string {
  const hash = createHash('sha256').update(
    JSON.stringify([question, places.map(({ code, geometry }) => [code, geometry])]),
  )
  return hash.update(positions ?? new Float64Array()).digest('base64url')
}
