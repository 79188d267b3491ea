import { z } from 'zod'
import { StreetCode } from '@minqing/data/domain/area-code'
import { Incident } from '@minqing/data/domain/incident'
import { closedStatus, closedStatuses } from '@minqing/data/domain/incident-status'
import { type Outcome, outcomes } from '@minqing/data/domain/incident-workflow/outcome'
import { areaPositions } from '@minqing/data/domain/position-source'
import { reasonLabel } from '@minqing/data/duplicates/reason-labels'
import { findSimilar, type Similar } from '@minqing/data/duplicates/find-similar'
import type { Report } from '@minqing/data/duplicates/report'
import type { Actor } from '../access/actor.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { caseNotThere } from './read-loop.ts'

/** The newest, where more have been closed. */
const mostCompared = 800

/** Verification and closing: later steps tell of visits. */
const doneStatuses = ['60', closedStatus]

const Named = z.object({ zh: z.string(), en: z.string() })

/** A closed case that is like another one, and what became of it. */
export const SimilarCase = z.object({
  streetCode: StreetCode,
  ...Incident.pick({ number: true, type: true, title: true, reportedAt: true, closedAt: true }).shape,
  /** Null where no step says it, as of imported cases. */
  outcome: z.enum(outcomes).nullable(),
  /** What was written when it was done; empty where nothing was. */
  ending: z.string(),
  /** From the report to the end; null where the end is not known. */
  days: z.int().nullable(),
  /** From 0 to 1. */
  similarity: z.number(),
  reasons: z.array(Named),
})
export type SimilarCase = z.output<typeof SimilarCase>

type Row = Report & Pick<Incident, 'number' | 'type' | 'closedAt' | 'streetCode'>

/**
 * The closed cases of the same sub-district and type that are most like one, among those that the actor may see.
 *
 * @throws ProblemError `not_found`, also for a case that the actor may not see
 */
export async function findSimilarTo(
  readFrom: ReadSource,
  actor: Actor,
  street: string,
  number: string,
): Promise<SimilarCase[]> {
  return readAs(readFrom, actor.scope, async (transaction) => {
    const [one] = await transaction<Row[]>`
      select ${columns(transaction)} from incident where street_code = ${street} and number = ${number}`
    if (one === undefined) throw caseNotThere(street, number)
    const closed = await transaction<Row[]>`
      select ${columns(transaction)} from incident
      where street_code = ${street} and type = ${one.type} and status = any(${[...closedStatuses]}::text[])
        and number <> ${number}
      order by reported_at desc, number limit ${mostCompared}`
    const found = findSimilar(one, closed)
    const numbers = found.map(({ report }) => report.number)
    const [outcomesOf, endings] = await Promise.all([
      readOutcomes(transaction, street, numbers),
      readEndings(transaction, street, numbers),
    ])
    return found.map((similar) => {
      const { number: other } = similar.report
      return shown(similar, outcomesOf.get(other) ?? null, endings.get(other) ?? '')
    })
  })
}

function columns(transaction: Transaction): Fragment {
  // A position that stands for an area says no more than the code of the area.
  return transaction`street_code, number, type, grid_code, building_code, title, text, address, happened_at, reported_at,
    closed_at,
    case when position is not null and position_source <> all(${[...areaPositions]}::text[])
      then json_build_object('lon', position[0], 'lat', position[1]) end as position`
}

/** How each of them ended, as the last step says that names an outcome. */
async function readOutcomes(
  transaction: Transaction,
  street: string,
  numbers: readonly string[],
): Promise<Map<string, Outcome>> {
  const rows = await transaction<{ number: string; outcome: Outcome }[]>`
    select distinct on (number) number, content ->> 'outcome' as outcome from incident_step
    where street_code = ${street} and number = any(${[...numbers]}::text[]) and content ->> 'outcome' is not null
    order by number, sequence desc`
  return new Map(rows.map((row) => [row.number, row.outcome]))
}

/** What was written when the case was submitted for verification, or else when it was closed. */
async function readEndings(
  transaction: Transaction,
  street: string,
  numbers: readonly string[],
): Promise<Map<string, string>> {
  const rows = await transaction<{ number: string; opinion: string }[]>`
    select distinct on (number) number, opinion from incident_step
    where street_code = ${street} and number = any(${[...numbers]}::text[]) and to_status = any(${doneStatuses}::text[])
      and opinion <> ''
    order by number, to_status, sequence desc`
  return new Map(rows.map((row) => [row.number, row.opinion]))
}

function shown(
  { report, similarity, place, ...measures }: Similar<Row>,
  outcome: Outcome | null,
  ending: string,
): SimilarCase {
  const { streetCode, number, type, title, reportedAt, closedAt } = report
  const said = { ...measures, text: similarity }
  const isNear = place === 'building' || place === '60 m' || place === '120 m' || place === 'grid'
  return {
    streetCode,
    number,
    type,
    title,
    reportedAt,
    closedAt,
    outcome,
    ending,
    days:
      closedAt === null ? null : Math.max(0, Math.round((Date.parse(closedAt) - Date.parse(reportedAt)) / 86_400_000)),
    similarity: Math.round(100 * similarity) / 100,
    reasons: [reasonLabel('text', '', said), ...(isNear ? [reasonLabel('place', place, said)] : [])],
  }
}
