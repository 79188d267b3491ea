import type { AnalysisQuestion } from '@minqing/data/domain/analysis'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { type IncidentType, incidentTypes } from '@minqing/data/domain/incident-type'
import { areaPositions } from '@minqing/data/domain/position-source'
import { ProblemError } from '@minqing/data/domain/problem'
import { reportedIncidents } from '../counts/incident-conditions.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { type AnalysisInput, countsOf, mostPoints, type Place, tooManyPoints } from './analysis-input.ts'

/**
 * Each report of residents with a position that is a place, those included that were merged into another case: that
 * several people report the same thing is what the method learns from.
 *
 * @param filter of the reports; null where it leaves none
 * @throws ProblemError `bad_parameter` where something else than reports is to be counted, or there are too many
 */
export async function readReports(
  transaction: Transaction,
  question: AnalysisQuestion,
  places: Place[],
  filter: IncidentFilter | null,
): Promise<AnalysisInput> {
  if (question.counted !== 'reported') throw onlyReports()
  const code = transaction(question.unit === 'community' ? 'community_code' : 'grid_code')
  const rows =
    filter === null
      ? []
      : await transaction<Report[]>`
          select ${code} as code, type, position[0] as lon, position[1] as lat,
            ${daysOf(transaction, 'reported_at')} as reported, ${daysOf(transaction, 'happened_at')} as happened,
            ${daysOf(transaction, 'closed_at')} as settled
          from incident
          where position is not null and position_source <> all(${[...areaPositions]}::text[])
            and ${reportedIncidents(transaction, filter)}
          order by reported_at, number limit ${mostPoints + 1}`
  if (rows.length > mostPoints) throw tooManyPoints()
  const placeOf = new Map(places.map(({ code: own }, index) => [own, index]))
  const own = rows.filter((row) => row.code !== null && placeOf.has(row.code))
  const positions = new Float64Array(own.length * 2)
  for (const [index, { lon, lat }] of own.entries()) positions.set([lon, lat], index * 2)
  const totals = own.map((row) => ({ code: row.code, total: 1 }))
  return {
    question,
    places,
    ...countsOf(places, totals),
    withoutUnit: rows.length - own.length,
    days: null,
    homes: null,
    earlier: null,
    reports: {
      place: Int32Array.from(own, (row) => placeOf.get(row.code ?? '') ?? -1),
      type: Int32Array.from(own, ({ type }) => incidentTypes.indexOf(type)),
      positions,
      reported: Float64Array.from(own, ({ reported }) => reported),
      // The same instant for both is what is filled in where nobody knows when it happened.
      happened: Float64Array.from(own, ({ reported, happened }) => (happened < reported ? happened : Number.NaN)),
      settled: Float64Array.from(own, ({ settled }) => settled ?? Infinity),
    },
  }
}

type Report = {
  code: string | null
  type: IncidentType
  lon: number
  lat: number
  reported: number
  happened: number
  settled: number | null
}

/** Days since 1970-01-01, with fractions. */
function daysOf(transaction: Transaction, column: 'reported_at' | 'happened_at' | 'closed_at'): Fragment {
  return transaction`(extract(epoch from ${transaction(column)}) / 86400)::float8`
}

function onlyReports(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    {
      zh: '沉默区域只能由群众反映的事件来估计：主动发现的取决于去了哪里',
      en: 'Silent areas are estimated from what residents reported: what workers discovered depends on where they went',
    },
    { parameter: 'counted', remedy: { zh: '请把统计对象设为群众反映', en: 'Count what residents reported' } },
  )
}
