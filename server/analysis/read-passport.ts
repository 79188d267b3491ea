import { type AnalysisRecord, isReadByPosition, type UnitResult } from '@minqing/data/domain/analysis'
import type { AnalysisPassport } from '@minqing/data/domain/analysis-passport'
import { channelOriginOf, type Channel } from '@minqing/data/domain/channel'
import { dayLength, dayText, homeDayNumber, homeOffset, startOfHomeDay } from '@minqing/data/domain/local-time'
import { closedStatuses } from '@minqing/data/domain/incident-status'
import type { BoundingBox } from '@minqing/data/domain/position'
import { ProblemError } from '@minqing/data/domain/problem'
import { AreaLocator, type LocatedArea } from '@minqing/data/geo/locate'
import { bboxOfGeometry, unionBbox } from '@minqing/data/geo/plane'
import { rateRatio } from '@minqing/data/stats/rate-ratio'
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { countedIncidents } from '../counts/incident-conditions.ts'
import { asBoxes } from '../store/geometry.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { filterOf } from './read-input.ts'

type UnitFeature = Feature<Polygon | MultiPolygon, UnitResult>
export type StoredResult = FeatureCollection<Polygon | MultiPolygon, UnitResult> & { analysis: AnalysisRecord }

type Row = {
  buildingCode: string | null
  type: string
  channel: Channel
  status: string
  reportedAt: string
  closedAt: string | null
  lon: number | null
  lat: number | null
}

/** Closed incidents from which a day is taken to compare before and after. */
const fewestClosed = 5
const mostBuildings = 8

/**
 * What is known of the hot spot that a unit belongs to, or of the unit alone: read from the present data under the scope
 * of who asks, for the period of the question.
 *
 * @param now ends a period that is open
 * @throws ProblemError `not_found` where the result has no such unit
 */
export async function readPassport(
  transaction: Transaction,
  result: StoredResult,
  code: string,
  now: Date,
): Promise<AnalysisPassport> {
  const features = featuresOf(result, code)
  const units = features.map(({ properties }) => properties)
  const { question } = result.analysis
  const inSpot = conditionOf(transaction, features, question.unit)
  const found = await transaction<Row[]>`
    select building_code, type, channel, status, reported_at, closed_at, position[0] as lon, position[1] as lat
    from incident where ${inSpot} and ${countedIncidents(transaction, question.filter)}`
  const rows = withinOutlines(found, features, question.unit)
  const counted = rows.filter(({ channel }) => isCountedOrigin(channel, question.counted))
  const days = counted.map(({ reportedAt }) => homeDayNumber(Date.parse(reportedAt)))
  const closed = counted.flatMap(({ status, reportedAt, closedAt }) =>
    closedAt !== null && closedStatuses.some((own) => own === status)
      ? [(Date.parse(closedAt) - Date.parse(reportedAt)) / dayLength]
      : [],
  )
  const discovered = rows.filter(({ channel }) => channelOriginOf[channel] === 'discovered').length
  return {
    units: units.map((unit) => unit.code),
    incidents: units.reduce((sum, { incidents }) => sum + incidents, 0),
    expected: Number(units.reduce((sum, { expected }) => sum + expected, 0).toFixed(3)),
    z: extreme(
      units.map(({ z }) => z),
      Math.max,
    ),
    q: extreme(
      units.map(({ q }) => q),
      Math.min,
    ),
    reported: rows.length - discovered,
    discovered,
    types: tally(counted.map(({ type }) => type)),
    channels: tally(rows.map(({ channel }) => channel)),
    statuses: tally(counted.map(({ status }) => status)),
    hours: byHour(counted),
    buildings: await nameBuildings(transaction, tally(counted.flatMap(({ buildingCode }) => buildingCode ?? []))),
    firstWeek: days.length === 0 ? null : weekOf(Math.min(...days)),
    lastWeek: days.length === 0 ? null : weekOf(Math.max(...days)),
    closed: closed.length,
    medianDays: closed.length === 0 ? null : Number(median(closed).toFixed(1)),
    change: await readChange(transaction, result.analysis, counted, days, now),
  }
}

function featuresOf({ features }: StoredResult, code: string): UnitFeature[] {
  const own = features.find(({ properties }) => properties.code === code)
  if (own === undefined)
    throw new ProblemError(
      'not_found',
      { zh: `这个分析结果里没有单元“${code}”`, en: `The analysis has no unit “${code}”` },
      { remedy: { zh: '请从结果的列表或地图中选择单元', en: 'Choose a unit from the table or the map of the result' } },
    )
  const { spot } = own.properties
  return spot === null ? [own] : features.filter(({ properties }) => properties.spot === spot)
}

function isCountedOrigin(channel: Channel, counted: AnalysisRecord['question']['counted']): boolean {
  return counted === 'both' || channelOriginOf[channel] === counted
}

const columns = { grid: 'grid_code', community: 'community_code', building: 'building_code' } as const

/** Rows of places by their codes; of cells and outlines those in their bbox (index incident_position). */
function conditionOf(
  transaction: Transaction,
  features: readonly UnitFeature[],
  unit: AnalysisRecord['question']['unit'],
): Fragment {
  if (isReadByPosition(unit)) {
    const [box] = asBoxes(transaction, boxOf(features))
    return transaction`position <@ ${box!}`
  }
  const codes = features.map(({ properties }) => properties.code)
  const streets = [...new Set(codes.map((code) => code.slice(0, 9)))]
  return transaction`
    street_code = any(${streets}::text[]) and ${transaction(columns[unit])} = any(${codes}::text[])`
}

function boxOf(features: readonly UnitFeature[]): BoundingBox {
  return unionBbox(features.map(({ geometry }) => bboxOfGeometry(geometry)))
}

function withinOutlines(
  rows: Row[],
  features: readonly UnitFeature[],
  unit: AnalysisRecord['question']['unit'],
): Row[] {
  if (!isReadByPosition(unit)) return rows
  const areas = features.map(({ properties, geometry }): LocatedArea => ({ code: properties.code, geometry }))
  const locator = new AreaLocator(areas)
  return rows.filter(({ lon, lat }) => lon !== null && lat !== null && locator.locate(lon, lat) !== null)
}

/** Most frequent first, equal ones by code. */
function tally(codes: readonly string[]): { code: string; count: number }[] {
  const counts = Map.groupBy(codes, (code) => code)
  return [...counts]
    .map(([code, all]) => ({ code, count: all.length }))
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}

function byHour(rows: readonly Row[]): number[] {
  const hours = Array.from({ length: 24 }, () => 0)
  for (const { reportedAt } of rows) hours[new Date(Date.parse(reportedAt) + homeOffset).getUTCHours()]! += 1
  return hours
}

async function nameBuildings(transaction: Transaction, counts: { code: string; count: number }[]) {
  const top = counts.slice(0, mostBuildings)
  const codes = top.map(({ code }) => code)
  const streets = [...new Set(codes.map((code) => code.slice(0, 9)))]
  const rows = await transaction<{ code: string; name: string }[]>`
    select code, name from building where street_code = any(${streets}::text[]) and code = any(${codes}::text[])`
  const names = new Map(rows.map(({ code, name }) => [code, name]))
  return top.map(({ code, count }) => ({ code, name: names.get(code) ?? '', count }))
}

/**
 * Reports before and after the day by which half of the closed incidents were closed, over the same number of days on
 * each side, in relation to what happened elsewhere in the area in the same days. Given what happened elsewhere, the
 * reports after are binomial among those before and after (`rateRatio`).
 */
async function readChange(
  transaction: Transaction,
  { question }: AnalysisRecord,
  counted: readonly Row[],
  days: readonly number[],
  now: Date,
): Promise<AnalysisPassport['change']> {
  const closings = counted.flatMap(({ closedAt }) => (closedAt === null ? [] : [homeDayNumber(Date.parse(closedAt))]))
  const filter = filterOf(question)
  if (closings.length < fewestClosed || filter === null) return null
  const turn = Math.floor(median(closings))
  const first = filter.from === undefined ? Math.min(...days) : homeDayNumber(Date.parse(filter.from))
  const end = homeDayNumber(Math.min(now.getTime(), filter.to === undefined ? Infinity : Date.parse(filter.to)))
  const length = Math.min(turn - first, end - turn)
  if (length < 1) return null
  const within = (from: number) => days.filter((day) => day >= from && day < from + length).length
  const [before, after] = [within(turn - length), within(turn)]
  const all = async (from: number) => {
    const period = { from: instantOf(from), to: instantOf(from + length) }
    const [row] = await transaction<[{ total: number }]>`
      select count(*) as total from incident where ${countedIncidents(transaction, { ...filter, ...period })}`
    return row.total
  }
  const [elsewhereBefore, elsewhereAfter] = [(await all(turn - length)) - before, (await all(turn)) - after]
  if (elsewhereBefore <= 0 || elsewhereAfter <= 0 || before + after === 0) return null
  const { ratio, lower, upper } = rateRatio(
    { cases: after, exposure: elsewhereAfter },
    { cases: before, exposure: elsewhereBefore },
  )
  const finite = (value: number) => (Number.isFinite(value) ? Number(value.toFixed(3)) : null)
  return {
    day: dayText(turn),
    days: length,
    before,
    after,
    elsewhereBefore,
    elsewhereAfter,
    ratio: finite(ratio),
    lower: finite(lower),
    upper: finite(upper),
  }
}

function instantOf(day: number): string {
  return new Date(startOfHomeDay(day)).toISOString()
}

/** The Monday of a day; 1970-01-01 was a Thursday. */
function weekOf(day: number): string {
  return dayText(day - ((((day + 3) % 7) + 7) % 7))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function extreme(values: readonly (number | null)[], choose: (...values: number[]) => number): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : choose(...known)
}
