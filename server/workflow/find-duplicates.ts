import { z } from 'zod'
import { CommunityCode, StreetCode } from '@minqing/data/domain/area-code'
import { Incident } from '@minqing/data/domain/incident'
import { areaPositions } from '@minqing/data/domain/position-source'
import type { Position } from '@minqing/data/domain/position'
import { comparisons } from '@minqing/data/duplicates/compare-reports'
import { areComparable, compared, likelyAmong } from '@minqing/data/duplicates/find-duplicates'
import { reasonLabel } from '@minqing/data/duplicates/reason-labels'
import { profileOf, type Report } from '@minqing/data/duplicates/report'
import { metresPerDegree } from '@minqing/data/geo/ellipsoid-area'
import type { Actor } from '../access/actor.ts'
import { isCounted } from '../counts/incident-conditions.ts'
import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { caseNotThere } from './read-loop.ts'

/** Those nearest in time, where more are near. */
const mostCompared = 400

const Shown = Incident.pick({ number: true, type: true, channel: true, status: true, title: true, address: true })

/** An incident that likely is the same case, and why. */
export const LikelyDuplicate = z.object({
  streetCode: StreetCode,
  communityCode: CommunityCode.nullable(),
  ...Shown.shape,
  reportedAt: Incident.shape.reportedAt,
  /** log₂ of the odds that both are the same case. */
  score: z.number(),
  metres: z.number().nullable(),
  hours: z.number(),
  reasons: z.array(
    z.object({
      comparison: z.enum(comparisons),
      label: z.object({ zh: z.string(), en: z.string() }),
      /** What it adds to the score; negative where it speaks against it. */
      bits: z.number(),
    }),
  ),
})
export type LikelyDuplicate = z.infer<typeof LikelyDuplicate>

/** A report as it is being typed: what is known of it so far. */
export type TypedReport = Omit<Report, 'reportedAt'>

type Row = Report &
  z.infer<typeof Shown> & { streetCode: string; communityCode: string | null; reportedAt: string; happenedAt: string }

/**
 * The incidents that likely are the same case as one, among those that the actor may see.
 *
 * @throws ProblemError `not_found`, also for an incident that the actor may not see.
 */
export async function findDuplicatesOf(
  readFrom: ReadSource,
  actor: Actor,
  street: string,
  number: string,
): Promise<LikelyDuplicate[]> {
  return readAs(readFrom, actor.scope, async (transaction) => {
    const [report] = await transaction<Row[]>`
      select ${columns(transaction)} from incident where street_code = ${street} and number = ${number}`
    if (report === undefined) throw caseNotThere(street, number)
    return likelyOf(report, await readNear(transaction, street, report, number))
  })
}

/** The same for a report that is being typed; nothing of it is stored. */
export async function findDuplicatesWhileTyping(
  readFrom: ReadSource,
  actor: Actor,
  street: string,
  typed: TypedReport,
  now: Date,
): Promise<LikelyDuplicate[]> {
  const report: Report = { ...typed, reportedAt: now.toISOString() }
  return readAs(readFrom, actor.scope, async (transaction) =>
    likelyOf(report, await readNear(transaction, street, report, null)),
  )
}

function columns(transaction: Transaction): Fragment {
  // A position that stands for an area says no more than the code of the area.
  return transaction`street_code, community_code, grid_code, building_code, number, type, channel, status, title, text,
    address, happened_at, reported_at,
    case when position is not null and position_source <> all(${[...areaPositions]}::text[])
      then json_build_object('lon', position[0], 'lat', position[1]) end as position`
}

/**
 * Counted incidents of the street within the days and metres in which reports are compared: those of the building, and
 * those of the grid where a position is missing. Of a report that says nothing of where, all of those days, as its texts
 * may name the building (indexes incident_reported, incident_grid).
 */
async function readNear(
  transaction: Transaction,
  street: string,
  report: Report,
  number: string | null,
): Promise<readonly Row[]> {
  const { position, buildingCode, gridCode, reportedAt } = report
  const places = [
    position === null ? undefined : within(transaction, position),
    buildingCode === null ? undefined : transaction`building_code = ${buildingCode}`,
    gridCode === null
      ? undefined
      : position === null
        ? transaction`grid_code = ${gridCode}`
        : transaction`(grid_code = ${gridCode} and (position is null or position_source = any(${[...areaPositions]}::text[])))`,
  ].filter((place) => place !== undefined)
  const [first, ...others] = places
  const near = first && others.reduce((any, place) => transaction`${any} or ${place}`, first)
  return transaction<Row[]>`
    select ${columns(transaction)} from incident
    where ${allOf(transaction, [
      transaction`street_code = ${street}`,
      transaction`reported_at between ${reportedAt}::timestamptz - make_interval(days => ${compared.days})
        and ${reportedAt}::timestamptz + make_interval(days => ${compared.days})`,
      number === null ? undefined : transaction`number <> ${number}`,
      isCounted(transaction),
      near && transaction`(${near})`,
    ])}
    order by abs(extract(epoch from reported_at - ${reportedAt}::timestamptz)), number limit ${mostCompared}`
}

/** In a square around the circle in which reports are compared. */
function within(transaction: Transaction, { lon, lat }: Position): Fragment {
  const high = compared.metres / metresPerDegree
  const wide = high / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  return transaction`position <@ box(point(${lon - wide}::float8, ${lat - high}::float8),
    point(${lon + wide}::float8, ${lat + high}::float8))`
}

function likelyOf(report: Report, near: readonly Row[]): LikelyDuplicate[] {
  const profile = profileOf(report)
  const others = near.map((row) => profileOf(row)).filter((other) => areComparable(profile, other))
  return likelyAmong(profile, others).map(({ report: row, score, reasons, ...measures }) => ({
    streetCode: row.streetCode,
    communityCode: row.communityCode,
    number: row.number,
    type: row.type,
    channel: row.channel,
    status: row.status,
    title: row.title,
    address: row.address,
    reportedAt: row.reportedAt,
    score: tenth(score),
    metres: measures.metres === null ? null : Math.round(measures.metres),
    hours: tenth(measures.hours),
    reasons: reasons.map(({ comparison, level, bits }) => ({
      comparison,
      label: reasonLabel(comparison, level, measures),
      bits,
    })),
  }))
}

const tenth = (value: number) => Math.round(10 * value) / 10
