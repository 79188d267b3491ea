import {
  type AnalysisQuestion,
  type CountedOrigin,
  hasCells,
  isReadByPosition,
  readsPositions,
  readsReports,
  readsTimes,
  unitsFor,
} from '@minqing/data/domain/analysis'
import { type Channel, channels, channelsOf } from '@minqing/data/domain/channel'
import { type IncidentType, incidentTypes } from '@minqing/data/domain/incident-type'
import { homeOffset } from '@minqing/data/domain/local-time'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { ProblemError } from '@minqing/data/domain/problem'
import { areaPositions } from '@minqing/data/domain/position-source'
import type { CountSource } from '../counts/cell-cache.ts'
import { countedIncidents } from '../counts/incident-conditions.ts'
import { smallestAreas } from '../counts/incident-counts.ts'
import { queryCounts } from '../counts/query-counts.ts'
import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import {
  type AnalysisInput,
  countsOf,
  mostPoints,
  mostUnits,
  type Place,
  tooManyPoints,
  tooManyUnits,
  type Total,
  withoutGrids,
} from './analysis-input.ts'
import { readReports } from './read-reports.ts'

/**
 * Reads what a question is about, in one snapshot and under the scope of who asks: places that the scope does not show
 * are no units, and their incidents are not counted.
 *
 * @throws ProblemError `bad_parameter` where there are too few or too many places or positions
 */
export async function readInput(
  transaction: Transaction,
  question: AnalysisQuestion,
  source: CountSource,
): Promise<AnalysisInput> {
  if (!unitsFor(question).includes(question.unit)) throw wrongUnit(question)
  const filter = filterOf(question)
  const compared = question.method === 'comparison' ? earlierPeriod(question) : null
  const places = await readPlaces(transaction, question, source.scope)
  // Metres, the ground and the names of what is found are those of the grids.
  if (isReadByPosition(question.unit) && places.length === 0) throw withoutGrids()
  // One more shows that there are too many.
  const most = readsPositions(question.method) ? mostPoints + 1 : null
  if (readsReports(question.method)) return readReports(transaction, question, places, filter)
  const read = async (own: IncidentFilter | null): Promise<Counted> => {
    if (own === null) return isReadByPosition(question.unit) ? noPositions : { ...countsOf(places, []), days: null }
    if (isReadByPosition(question.unit)) return readPositions(transaction, own, most)
    if (readsTimes(question.method)) return datedCounts(places, await countByDay(transaction, own, question.unit))
    const isOfBuildings = question.unit === 'building'
    const totals = await (isOfBuildings ? countByBuilding : countByArea)(transaction, own, source)
    return { ...countsOf(places, totals), days: null }
  }
  const found = await read(filter)
  if (readsPositions(question.method) && (found.positions?.length ?? 0) > mostPoints * 2) throw tooManyPoints()
  const homes = readsPositions(question.method) ? await readHomes(transaction, question) : null
  if (compared === null) return { question, places, ...found, homes, earlier: null }
  const { from, to, exposure } = compared
  const { counts, positions } = await read(filter && { ...filter, from, to })
  const before = counts === null ? (positions?.length ?? 0) : counts.reduce((sum, count) => sum + count, 0)
  if (before === 0) throw withoutEarlier()
  return { question, places, ...found, homes, earlier: { counts, positions, exposure } }
}

/** The parts of a question that decide what is read: for equal ones `readInput` gives equal inputs of the same data. */
export function readingOf({ method, filter, counted, unit, basis, baseline = 'last-year' }: AnalysisQuestion) {
  const compared = method === 'comparison' ? baseline : null
  const homes = readsPositions(method)
  const kind = readsReports(method) ? 'reports' : readsTimes(method)
  return [filterOf({ filter, counted }), hasCells(unit) ? 'cells' : unit, basis, compared, kind, homes]
}

type Counted = Pick<AnalysisInput, 'counts' | 'positions' | 'days' | 'withoutUnit'>

const dayLength = 86_400_000

/**
 * The period that a comparison is made with, and the lengths of both in days.
 *
 * @throws ProblemError `bad_parameter` where the question has no period with both ends
 */
export function earlierPeriod({ filter, baseline = 'last-year' }: AnalysisQuestion) {
  const [from, to] = [filter.from, filter.to].map((instant) => new Date(instant ?? Number.NaN)) as [Date, Date]
  const length = to.getTime() - from.getTime()
  if (!(length > 0)) throw withoutPeriod()
  const earlier = (instant: Date) => {
    const moved = new Date(instant)
    if (baseline === 'before') moved.setTime(moved.getTime() - length)
    else moved.setUTCFullYear(moved.getUTCFullYear() - 1)
    return moved
  }
  const [begin, end] = [earlier(from), earlier(to)]
  return {
    from: begin.toISOString(),
    to: end.toISOString(),
    exposure: { now: length / dayLength, earlier: (end.getTime() - begin.getTime()) / dayLength },
  }
}

/** All would be new: more likely, what there was has not been imported. */
export function withoutEarlier(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '用来比较的前期没有事件', en: 'The earlier period has no incidents' },
    {
      parameter: 'filter',
      remedy: {
        zh: '请选择较短或较晚的时期，或改为与前一个同样长的时期比较',
        en: 'Choose a shorter or later period, or compare with the period just before it',
      },
    },
  )
}

function wrongUnit({ method }: AnalysisQuestion): ProblemError {
  if (method === 'silence') return onlyAreas()
  if (method !== 'warning') return readsPositions(method) ? onlyPoints() : notPoints()
  return new ProblemError(
    'bad_parameter',
    {
      zh: '早期预警按网格或社区判断：更小的单元一周里的事件太少',
      en: 'Early warnings are of grids or communities: smaller units have too few incidents a week',
    },
    {
      parameter: 'unit',
      remedy: { zh: '请选择网格或社区作为统计单元', en: 'Choose grids or communities as units' },
    },
  )
}

function onlyAreas(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: '沉默区域按网格或社区估计：更小的单元反映太少',
      en: 'Silent areas are grids or communities: of smaller units there are too few reports',
    },
    {
      parameter: 'unit',
      remedy: { zh: '请选择网格或社区作为统计单元', en: 'Choose grids or communities as units' },
    },
  )
}

function onlyPoints(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: '这个方法按每件事件的位置计算，没有统计单元',
      en: 'This method reads the position of each incident, not units',
    },
    { parameter: 'unit', remedy: { zh: '请把统计单元设为 point', en: 'Set the unit to point' } },
  )
}

function notPoints(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '这个方法需要统计单元，不能直接用事件位置', en: 'This method counts in units, and not at positions' },
    {
      parameter: 'unit',
      remedy: {
        zh: '请选择网格、社区、楼栋、方格或蜂窝',
        en: 'Choose grids, communities, buildings, squares or hexagons',
      },
    },
  )
}

function withoutPeriod(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '两期对比需要起止日期', en: 'A comparison needs a period with a beginning and an end' },
    {
      parameter: 'filter',
      remedy: { zh: '请选择开始和结束日期', en: 'Choose the first and the last day' },
    },
  )
}

/** The filter with the channels that are counted; null where it leaves none. */
export function filterOf({ filter, counted }: Pick<AnalysisQuestion, 'filter' | 'counted'>): IncidentFilter | null {
  const own = channelsCounted(counted)
  const asked: readonly Channel[] = (filter.channel ?? []).length === 0 ? channels : (filter.channel ?? [])
  const both = asked.filter((channel) => own.includes(channel))
  if (both.length === 0) return null
  return both.length === channels.length ? { ...filter, channel: undefined } : { ...filter, channel: both }
}

function channelsCounted(counted: CountedOrigin): readonly Channel[] {
  return counted === 'both' ? channels : channelsOf(counted)
}

/** The units themselves, or the areas on whose ground cells are laid. */
export async function readPlaces(
  transaction: Transaction,
  { unit, filter: { area } }: AnalysisQuestion,
  { areas }: Scope,
): Promise<Place[]> {
  if (unit === 'building') return within(await buildingsIn(transaction, area))
  const found = await areasIn(transaction, unit === 'community' ? 'community' : 'grid', area)
  // What a scope lies in is shown to it, but not counted by it.
  return within(found.filter(({ code }) => areas.some((own) => own === 'all' || code.startsWith(own))))
}

async function countByArea(transaction: Transaction, filter: IncidentFilter, source: CountSource): Promise<Total[]> {
  const { areas } = await queryCounts(transaction, { filter, areas: smallestAreas }, source)
  return [...areas].map(([code, { total }]) => ({ code, total }))
}

async function countByBuilding(transaction: Transaction, filter: IncidentFilter): Promise<Total[]> {
  return transaction<Total[]>`
    select building_code as code, count(*) as total from incident
    where ${countedIncidents(transaction, filter)} group by 1`
}

type Dated = { day: number; happened: number; type: IncidentType }
type DatedTotal = Total & Dated

async function countByDay(
  transaction: Transaction,
  filter: IncidentFilter,
  unit: AnalysisQuestion['unit'],
): Promise<DatedTotal[]> {
  const code = transaction(unit === 'building' ? 'building_code' : 'grid_code')
  return transaction<DatedTotal[]>`
    select street_code, ${unit === 'community' ? transaction`community_code` : code} as code,
      ${dayOf(transaction, 'reported_at')} as day, ${dayOf(transaction, 'happened_at')} as happened, type,
      count(*) as total
    from incident where ${countedIncidents(transaction, filter)} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`
}

/** Local day number of a column of instants. */
function dayOf(transaction: Transaction, column: 'reported_at' | 'happened_at'): Fragment {
  return transaction`(floor((extract(epoch from ${transaction(column)}) + ${homeOffset / 1000}) / 86400))::integer`
}

const typeIndex = new Map<string, number>(incidentTypes.map((type, index) => [type, index]))

function datesOf(rows: readonly Dated[]) {
  return {
    day: Int32Array.from(rows, ({ day }) => day),
    happened: Int32Array.from(rows, ({ happened }) => happened),
    type: Int32Array.from(rows, ({ type }) => typeIndex.get(type) ?? 0),
  }
}

/** The same as `countsOf`, and by day. */
function datedCounts(places: readonly Place[], totals: readonly DatedTotal[]): Counted {
  const positionOf = new Map(places.map(({ code }, index) => [code, index]))
  const own = totals.filter(({ code }) => code !== null && positionOf.has(code))
  return {
    ...countsOf(places, totals),
    days: {
      ...datesOf(own),
      place: Int32Array.from(own, ({ code }) => positionOf.get(code ?? '') ?? -1),
      count: Uint32Array.from(own, ({ total }) => total),
    },
  }
}

const noPositions: Counted = { counts: null, positions: new Float64Array(), days: null, withoutUnit: 0 }

/**
 * Each incident's own position; one that stands for an area says nothing of where in it.
 *
 * @param most rows that are read; null: all
 */
export async function readPositions(
  transaction: Transaction,
  filter: IncidentFilter,
  most: number | null,
): Promise<Counted> {
  const counted = countedIncidents(transaction, filter)
  const [rows, [all]] = await Promise.all([
    transaction<(Dated & { lon: number; lat: number })[]>`
      select position[0] as lon, position[1] as lat,
        ${dayOf(transaction, 'reported_at')} as day, ${dayOf(transaction, 'happened_at')} as happened, type
      from incident
      where position is not null and position_source <> all(${[...areaPositions]}::text[]) and ${counted}
      order by 1, 2, 3, 4, 5 limit ${most}`,
    transaction<[{ total: number }]>`select count(*) as total from incident where ${counted}`,
  ])
  const positions = new Float64Array(rows.length * 2)
  for (const [index, { lon, lat }] of rows.entries()) positions.set([lon, lat], index * 2)
  const days = { ...datesOf(rows), place: null, count: null }
  return { counts: null, positions, days, withoutUnit: all.total - rows.length }
}

async function areasIn(transaction: Transaction, level: 'community' | 'grid', area = ''): Promise<Place[]> {
  return transaction<Place[]>`
    select code, name, households, area_m2 / 10000 as hectares, center[0] as lon, center[1] as lat, geometry from area
    where level = ${level} and starts_with(code, ${area})
    order by code limit ${mostUnits + 1}`
}

async function buildingsIn(transaction: Transaction, area = ''): Promise<Place[]> {
  return transaction<Place[]>`
    select code, name, households, 0::float8 as hectares, center[0] as lon, center[1] as lat, geometry from building
    where ${buildingsOf(transaction, area)}
    order by code limit ${mostUnits + 1}`
}

function buildingsOf(transaction: Transaction, area: string): Fragment {
  const below = area.length > 12 ? transaction`grid_code = ${area}` : transaction`starts_with(code, ${area})`
  const street = area.length < 9 ? undefined : transaction`street_code = ${area.slice(0, 9)}`
  return allOf(transaction, [street, below])
}

/** Where people live, for methods that compare positions with it. */
async function readHomes(
  transaction: Transaction,
  { filter: { area = '' } }: AnalysisQuestion,
): Promise<AnalysisInput['homes']> {
  const rows = await transaction<{ lon: number; lat: number; households: number }[]>`
    select center[0] as lon, center[1] as lat, households from building
    where households > 0 and center is not null and ${buildingsOf(transaction, area)}
    order by code`
  const positions = new Float64Array(rows.length * 2)
  for (const [index, { lon, lat }] of rows.entries()) positions.set([lon, lat], index * 2)
  return { positions, households: Float64Array.from(rows, ({ households }) => households) }
}

function within(places: Place[]): Place[] {
  if (places.length > mostUnits) throw tooManyUnits()
  return places
}
