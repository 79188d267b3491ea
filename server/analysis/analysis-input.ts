import type { AnalysisQuestion } from '@minqing/data/domain/analysis'
import { ProblemError } from '@minqing/data/domain/problem'

/** Units that one analysis may have: a result of so many is some ten megabytes. */
export const mostUnits = 60_000
/** Positions that one analysis may group: drawn and grouped two hundred times they take some minutes. */
export const mostPoints = 100_000

/** A unit that is there already (area or building), or an area on whose ground cells are laid. */
export type Place = {
  code: string
  name: string
  households: number | null
  hectares: number
  lon: number
  lat: number
  /** Outline as GeoJSON, in the text that the database has. */
  geometry: string
}

/** What was read for a question, as it travels to a worker thread. Places are in the order of their codes. */
export type AnalysisInput = {
  question: AnalysisQuestion
  places: Place[]
  /** Incidents of each place; null where units are cells. */
  counts: Float64Array | null
  /** Longitude and latitude of each incident in pairs, in the order of both; null where units are places. */
  positions: Float64Array | null
  /**
   * When incidents were reported and happened, for methods that need it, else null: local days (`homeDayNumber`) and types
   * (indices of `incidentTypes`), of each position or, where units are places, of so many incidents of a place (an index
   * into `places`).
   */
  days: {
    day: Int32Array
    happened: Int32Array
    type: Int32Array
    place: Int32Array | null
    count: Uint32Array | null
  } | null
  /**
   * Reports of residents, those merged into another included, in the order in which they came; only for methods that need
   * each of them. `place` is an index into `places`, `type` of `incidentTypes`, `positions` pairs of longitude and
   * latitude; times are days since 1970-01-01, `happened` NaN where unknown, `settled` Infinity where it is not. `from` is
   * the beginning of the period, before which some reports are known, and `until` the end of what is known.
   */
  reports?: {
    from: number
    until: number
    place: Int32Array
    type: Int32Array
    positions: Float64Array
    reported: Float64Array
    happened: Float64Array
    settled: Float64Array
  }
  /** Middles of buildings in pairs of longitude and latitude, and their households; null unless positions are compared with them. */
  homes: { positions: Float64Array; households: Float64Array } | null
  /** Incidents that lie in no unit: without a place, or known by an address that stands for an area. */
  withoutUnit: number
  /** The incidents of the period that is compared with, and how long both are; null for other methods. */
  earlier: (Pick<AnalysisInput, 'counts' | 'positions'> & { exposure: { now: number; earlier: number } }) | null
}

/** Incidents of an area or building; null: in none. */
export type Total = { code: string | null; total: number }

/** Incidents by place, and those that lie in none. Codes may be longer than those of the places that they lie in. */
export function countsOf(places: readonly Place[], totals: readonly Total[]) {
  const positionOf = new Map(places.map(({ code }, index) => [code, index]))
  const digits = places[0]?.code.length
  const counts = new Float64Array(places.length)
  let withoutUnit = 0
  for (const { code, total } of totals) {
    const place = code === null ? undefined : positionOf.get(code.slice(0, digits))
    if (place === undefined) withoutUnit += total
    else counts[place]! += total
  }
  return { counts, positions: null, withoutUnit }
}

export function tooManyPoints(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: `事件超过 ${mostPoints} 件`, en: `There are more than ${mostPoints} incidents` },
    {
      parameter: 'filter',
      remedy: {
        zh: '请缩小区域或时间范围，或选择类型',
        en: 'Choose a smaller area, a shorter period, or types',
      },
    },
  )
}

export function withoutGrids(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: '该区域没有网格，不能按事件位置分析',
      en: 'There are no grids in this area, so that positions cannot be analysed',
    },
    {
      parameter: 'filter',
      remedy: {
        zh: '请先导入网格边界，或选择有网格的区域',
        en: 'Import the outlines of grids first, or choose an area that has them',
      },
    },
  )
}

export function tooManyUnits(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: `统计单元超过 ${mostUnits} 个`, en: `There are more than ${mostUnits} units` },
    {
      parameter: 'unit',
      remedy: {
        zh: '请缩小区域，或改用更大的单元（网格、社区，或边长更大的方格）',
        en: 'Choose a smaller area or larger units: grids, communities, or larger cells',
      },
    },
  )
}
