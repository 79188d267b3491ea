import { createHash } from 'node:crypto'
import { AnalysisQuestion, type UnitResult } from '@minqing/data/domain/analysis'
import { channelsOf } from '@minqing/data/domain/channel'
import { dayText, homeDayNumber } from '@minqing/data/domain/local-time'
import type { WallHotSpots } from '@minqing/data/domain/wall'
import { ProblemError } from '@minqing/data/domain/problem'
import { Random } from '@minqing/data/stats/random'
import type { Feature, Polygon, Position } from 'geojson'
import { LRUCache } from 'lru-cache'
import type { AnalysisInput } from '../analysis/analysis-input.ts'
import { readPlaces } from '../analysis/read-input.ts'
import { chooseSize } from '../analysis/units.ts'
import type { ThreadPool } from '../analysis/thread-pool.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'

/**
 * Reads what the hot spots of a wall are computed from, with the wall's own rights: grids, and incidents that residents
 * reported by cell of 50 m (function `count_wall_cells_of_days` of 057.do.wall-hot-spots.sql, index incident_reported).
 * Each incident gets a place in its cell, by chance but always the same: with all of them in the middle, squares that
 * hold one more row of cells than others would be hot because of how the cells fall.
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
  const positions = Float64Array.from(cells.flatMap(placesInCell))
  const hectares = places.reduce((sum, place) => sum + place.hectares, 0)
  const size = Math.max(leastSize, Number(chooseSize(hectares, positions.length / 2).value))
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

/** Metres of a side of the cells, and of the least square: in a smaller one the place within a cell would matter. */
const cell = 50
const leastSize = 2 * cell
/** Metres of a degree of latitude, as the cells have it. */
const degree = 111_320

/** Longitudes and latitudes in turn. */
function placesInCell({ x, y, count }: { x: number; y: number; count: number }): number[] {
  const random = new Random('wall', x, y)
  const [lon, lat] = [x / 1e7, y / 1e7]
  const [wide, high] = [cell / (degree * Math.cos((lat / 180) * Math.PI)), cell / degree]
  return Array.from({ length: count }, () => [
    lon + (random.next() - 0.5) * wide,
    lat + (random.next() - 0.5) * high,
  ]).flat()
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
    const result = await this.#threads.compute(input).catch(refused)
    if (result === null) return withoutHotSpots
    const { features } = JSON.parse(Buffer.from(result.bytes).toString()) as { features: Square[] }
    const isCompared = features.some(({ properties }) => properties.z !== null)
    const size = result.record.chosen.find(({ name }) => name === 'size')?.value
    const at = squaresByCorner(features)
    const bySpot = Map.groupBy(features, ({ properties }) => properties.spot)
    const numbers = [...bySpot.keys()].filter((spot) => spot !== null).toSorted((a, b) => a - b)
    return {
      size: isCompared ? Number(size) : null,
      // The sort is stable: among those of one class the hottest comes first.
      spots: numbers.map((spot) => spotOf(bySpot.get(spot) ?? [], at)).toSorted((a, b) => b.class - a.class),
    }
  }
}

/** There are too many squares. */
function refused(error: unknown): null {
  if (error instanceof ProblemError) return null
  throw error
}

type Square = Feature<Polygon, UnitResult>

/** A spot with the squares that touch it: what is significant is that these have so many cases together. */
function spotOf(own: readonly Square[], at: ReadonlyMap<string, Square[]>): WallHotSpots['spots'][number] {
  const around = [...new Set(own.flatMap(cornersOf).flatMap((corner) => at.get(corner) ?? []))]
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

function squaresByCorner(squares: readonly Square[]): Map<string, Square[]> {
  const found = new Map<string, Square[]>()
  for (const square of squares)
    for (const corner of new Set(cornersOf(square))) {
      const others = found.get(corner)
      if (others === undefined) found.set(corner, [square])
      else others.push(square)
    }
  return found
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
