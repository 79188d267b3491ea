import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { leastCases, leastHouseholds } from '@minqing/data/domain/export'
import { type IncidentType, incidentTypes } from '@minqing/data/domain/incident-type'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { householdCells, type HouseholdCells } from '@minqing/data/stats/household-cells'
import { type CountedGroup, type GroupLevel, publishGroups } from '@minqing/data/stats/published-groups'
import { isCounted } from '../counts/incident-conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAhead } from '../store/read-ahead.ts'
import { localMonthOf } from './months.ts'

/** What a published group of cases has in common. */
export type PublishedGroup = {
  place: 'building' | 'cell' | 'grid' | 'community' | 'street'
  /** Of the building, cell, grid, community or street. */
  code: string
  /** The area that the place lies in, of at least as many digits as are known: what an area filter selects by. */
  area: string
  /** Of a building, its cell. */
  cell: string | null
  /** `YYYY-MM`, or `YYYY` */
  period: string
  /** Null where cases of several types are counted together. */
  type: IncidentType | null
  count: number
}

export type PublishedPlace = { name: string; lon: number | null; lat: number | null }

/** One partition of a street's cases, the same whoever asks and whatever for. */
export type PublishedStreet = { groups: PublishedGroup[]; places: ReadonlyMap<string, PublishedPlace> }

const rowsPerFetch = 5000
const separator = '|'

type Building = { code: string; gridCode: string; households: number; lon: number; lat: number }
type Case = {
  building: string | null
  community: string | null
  grid: string | null
  lon: number | null
  lat: number | null
  month: string
  type: IncidentType
}

/**
 * The groups of a street's cases that may be published: those of whole local months that have ended. Levels from the
 * finest: building of at least `leastHouseholds`, cell of that many within the grid, grid, each by month and type; then
 * grid, community, street by month; street by year. The transaction must see the whole street: who sees a part
 * of it gets a part of the same groups (docs/decisions/0075-published-counts.md).
 *
 * @param before the beginning of the current local month.
 */
export async function readPublished(transaction: Transaction, street: string, before: Date): Promise<PublishedStreet> {
  const buildings = await transaction<(Building & { name: string })[]>`
    select code, grid_code, coalesce(households, 0) as households, center[0] as lon, center[1] as lat,
      coalesce(nullif(name, ''), address) as name
    from building where street_code = ${street} and grid_code is not null and center is not null order by code`
  const areas = await transaction<{ code: string; level: string; name: string; lon: number; lat: number }[]>`
    select code, level, name, center[0] as lon, center[1] as lat from area where street_code = ${street}`
  const grids = new Grids(buildings)
  const cases = new Map<string, CountedGroup>()
  const cursor = transaction<Case[]>`
    select building_code as building, community_code as community, grid_code as grid, position[0] as lon,
      position[1] as lat, to_char(reported_at at time zone ${homeTimeZone}, 'YYYY-MM') as month, type
    from incident where street_code = ${street} and reported_at < ${before} and ${isCounted(transaction)}`.cursor(
    rowsPerFetch,
  )
  for await (const rows of readAhead(cursor))
    for (const row of rows) {
      const { level, key } = beginOf(street, row, grids)
      const found = cases.get(key)
      if (found === undefined) cases.set(key, { level, key, count: 1 })
      else found.count += 1
    }
  const below = (level: string, code: string) =>
    areas.filter((area) => area.level === level && area.code.startsWith(code)).length
  const levels = levelsOf(grids, below)
  // What a year that goes on has gained since the last month would be that month's remainder.
  const unended = localMonthOf(before).slice(0, 4)
  const groups = publishGroups(cases.values(), levels, leastCases)
    .map(groupOf)
    .filter(({ period }) => period !== unended)
    .toSorted(byPlace)
  const places = new Map<string, PublishedPlace>([
    ...areas.map(({ code, name, lon, lat }) => [code, { name, lon, lat }] as const),
    ...buildings.map(({ code, name, lon, lat }) => [code, { name, lon, lat }] as const),
    ...grids.places(new Map(areas.map(({ code, name }) => [code, name]))),
  ])
  return { groups, places }
}

/** The cells of each grid, and the buildings that are large enough to stand for themselves. */
class Grids {
  readonly #cells = new Map<string, HouseholdCells | null>()
  readonly #cellOfBuilding = new Map<string, string>()
  readonly #buildingsOfCell = new Map<string, number>()

  constructor(buildings: readonly Building[]) {
    for (const [grid, own] of Map.groupBy(buildings, ({ gridCode }) => gridCode)) {
      const cells = householdCells(own, leastHouseholds)
      this.#cells.set(grid, cells)
      if (cells === null) continue
      for (const [index, { code, households }] of own.entries()) {
        if (households < leastHouseholds) continue
        const cell = cellCode(grid, cells.cellOf[index] ?? 0)
        this.#cellOfBuilding.set(code, cell)
        this.#buildingsOfCell.set(cell, (this.#buildingsOfCell.get(cell) ?? 0) + 1)
      }
    }
  }

  /** Null for a building of too few households, or one of another grid. */
  cellOfBuilding(grid: string, building: string | null): string | null {
    const cell = building === null ? undefined : this.#cellOfBuilding.get(building)
    return cell?.startsWith(grid) === true ? cell : null
  }

  cellAt(grid: string, lon: number, lat: number): string | null {
    const cells = this.#cells.get(grid) ?? null
    return cells === null ? null : cellCode(grid, cells.cellAt(lon, lat))
  }

  buildingsOf(cell: string): number {
    return this.#buildingsOfCell.get(cell) ?? 0
  }

  cellsOf(grid: string): number {
    return this.#cells.get(grid)?.cells.length ?? 0
  }

  places(names: ReadonlyMap<string, string>): [string, PublishedPlace][] {
    return [...this.#cells].flatMap(([grid, cells]) =>
      (cells?.cells ?? []).map(({ lon, lat }, index): [string, PublishedPlace] => [
        cellCode(grid, index),
        { name: `${names.get(grid) ?? grid}-${index + 1}`, lon: rounded(lon), lat: rounded(lat) },
      ]),
    )
  }
}

const rounded = (degrees: number) => Math.round(degrees * 1e7) / 1e7

function cellCode(grid: string, index: number): string {
  return `${grid}-C${String(index + 1).padStart(4, '0')}`
}

/** An order of its own: that of the rows would say which of them were written last. */
function byPlace(one: PublishedGroup, other: PublishedGroup): number {
  const parts = ({ area, place, code, period, type }: PublishedGroup) => [area, place, code, period, type ?? '']
  const others = parts(other)
  for (const [index, part] of parts(one).entries()) {
    const against = others[index] ?? ''
    if (part !== against) return part < against ? -1 : 1
  }
  return 0
}

/** The finest group of a case. */
function beginOf(street: string, row: Case, grids: Grids): { level: number; key: string } {
  const { building, community, grid, lon, lat, month, type } = row
  const key = (...parts: string[]) => parts.join(separator)
  if (community === null) return { level: 5, key: key(street, month) }
  if (grid === null) return { level: 4, key: key(street, community, month) }
  const own = grids.cellOfBuilding(grid, building)
  if (own !== null) return { level: 0, key: key(street, community, grid, own, building ?? '', month, type) }
  const cell = lon === null || lat === null ? null : grids.cellAt(grid, lon, lat)
  if (cell !== null) return { level: 1, key: key(street, community, grid, cell, month, type) }
  return { level: 2, key: key(street, community, grid, month, type) }
}

/** What a key is made of on each level. */
const partsOf = [
  ['street', 'community', 'grid', 'cell', 'building', 'month', 'type'],
  ['street', 'community', 'grid', 'cell', 'month', 'type'],
  ['street', 'community', 'grid', 'month', 'type'],
  ['street', 'community', 'grid', 'month'],
  ['street', 'community', 'month'],
  ['street', 'month'],
  ['street', 'year'],
] as const

type Part = (typeof partsOf)[number][number]

function read(level: number, key: string): Partial<Record<Part, string>> {
  const values = key.split(separator)
  return Object.fromEntries((partsOf[level] ?? []).map((part, index) => [part, values[index] ?? '']))
}

function levelsOf(grids: Grids, below: (level: string, code: string) => number): GroupLevel[] {
  const children: ((parts: Partial<Record<Part, string>>) => number)[] = [
    () => 0,
    ({ cell = '' }) => grids.buildingsOf(cell),
    ({ grid = '' }) => grids.cellsOf(grid),
    () => incidentTypes.length,
    ({ community = '' }) => below('grid', community),
    ({ street = '' }) => below('community', street),
    () => 12,
  ]
  return partsOf.map((_, level) => ({
    parentOf: (key) => {
      const parts = read(level, key)
      const { month = '' } = parts
      return (
        partsOf[level + 1]?.map((part) => (part === 'year' ? month.slice(0, 4) : parts[part])).join(separator) ?? null
      )
    },
    childrenOf: (key) => children[level]?.(read(level, key)) ?? 0,
  }))
}

function groupOf({ level, key, count }: CountedGroup): PublishedGroup {
  const { street = '', community, grid, cell, building, month, year, type } = read(level, key)
  const place = (['building', 'cell', 'grid', 'community', 'street'] as const)[
    level < 3 ? level : Math.min(level - 1, 4)
  ]!
  return {
    place,
    code: building ?? cell ?? grid ?? community ?? street,
    area: grid ?? community ?? street,
    cell: cell ?? null,
    period: month ?? year ?? '',
    type: (type as IncidentType | undefined) ?? null,
    count,
  }
}

/** The streets whose groups a filter may select, of those that the transaction sees. */
export async function publishedStreets(transaction: Transaction, area: string | undefined): Promise<string[]> {
  const prefix = area === undefined ? '' : area.length < codeLength.street ? area : streetOf(area)
  const rows = await transaction<{ code: string }[]>`
    select code from area where level = 'street' and starts_with(code, ${prefix}) order by code`
  return rows.map(({ code }) => code)
}
