import type { AnalysisQuestion } from '@minqing/data/domain/analysis'
import { streetOf } from '@minqing/data/domain/area-code'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { type IncidentType, incidentTypes } from '@minqing/data/domain/incident-type'
import { dayLength } from '@minqing/data/domain/local-time'
import { areaPositions } from '@minqing/data/domain/position-source'
import { ProblemError } from '@minqing/data/domain/problem'
import { sameThing } from '@minqing/data/stats/silent-areas'
import { reportedIncidents } from '../counts/incident-conditions.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { type AnalysisInput, countsOf, mostPoints, type Place, tooManyPoints } from './analysis-input.ts'

/**
 * Each report of residents with a position that is a place, those included that were merged into another case: that
 * several people report the same thing is what the method learns from. So are those of the days before the period, by
 * which a thing is recognised that began before it.
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
  const streets = [...new Set(places.map(({ code }) => streetOf(code)))]
  const from = filter?.from === undefined ? -Infinity : Date.parse(filter.from) / dayLength
  const rows =
    filter === null ? [] : await reportsOf(transaction, question, streets, { ...filter, from: before(filter) })
  if (rows.length > mostPoints) throw tooManyPoints()
  const [last] = await transaction<[{ day: number | null }]>`
    select max(${daysOf(transaction, 'reported_at')}) as day from incident where street_code = any(${streets}::text[])`
  const end = filter?.to === undefined ? Infinity : Date.parse(filter.to) / dayLength
  const placeOf = new Map(places.map(({ code }, index) => [code, index]))
  const own = rows.filter((row) => row.code !== null && placeOf.has(row.code))
  const positions = new Float64Array(own.length * 2)
  for (const [index, { lon, lat }] of own.entries()) positions.set([lon, lat], index * 2)
  const counted = rows.filter(({ reported }) => reported >= from)
  return {
    question,
    places,
    ...countsOf(
      places,
      counted.map(({ code }) => ({ code, total: 1 })),
    ),
    days: null,
    homes: null,
    earlier: null,
    reports: {
      from,
      until: Math.min(end, last.day ?? end),
      place: Int32Array.from(own, ({ code }) => placeOf.get(code ?? '') ?? -1),
      type: Int32Array.from(own, ({ type }) => incidentTypes.indexOf(type)),
      positions,
      reported: Float64Array.from(own, ({ reported }) => reported),
      // The same instant for both is what is filled in where nobody knows when it happened.
      happened: Float64Array.from(own, ({ reported, happened }) => (happened < reported ? happened : Number.NaN)),
      settled: Float64Array.from(own, ({ settled }) => settled ?? Infinity),
    },
  }
}

/** The instant from which reports are of things that may go on in the period. */
function before({ from }: IncidentFilter): string | undefined {
  return from === undefined ? undefined : new Date(Date.parse(from) - sameThing.days * dayLength).toISOString()
}

async function reportsOf(
  transaction: Transaction,
  { unit }: AnalysisQuestion,
  streets: readonly string[],
  filter: IncidentFilter,
): Promise<Report[]> {
  const code = transaction(unit === 'community' ? 'community_code' : 'grid_code')
  const isMerged = transaction`(street_code, number) in (select street_code, number from merged)`
  return transaction<Report[]>`
    with merged as materialized (
      select street_code, number from incident_step
      where street_code = any(${[...streets]}::text[]) and action in ('merge', 'unmerge')
      group by street_code, number
      having max(sequence) filter (where action = 'merge') > coalesce(max(sequence) filter (where action = 'unmerge'), 0)
    )
    select ${code} as code, type, position[0] as lon, position[1] as lat,
      ${daysOf(transaction, 'reported_at')} as reported, ${daysOf(transaction, 'happened_at')} as happened,
      ${daysOf(transaction, 'closed_at')} as settled
    from incident
    where street_code = any(${[...streets]}::text[]) and position is not null
      and position_source <> all(${[...areaPositions]}::text[])
      and ${reportedIncidents(transaction, filter, isMerged)}
    order by reported_at, number limit ${mostPoints + 1}`
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
