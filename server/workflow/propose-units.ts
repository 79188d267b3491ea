import { z } from 'zod'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Actor } from '../access/actor.ts'
import { isClosed, isOpen } from '../counts/incident-conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { caseNotThere } from './read-loop.ts'

/** Past cases of the type that are looked at, those of the last ones that were reported. */
const mostPast = 400
const mostUnits = 5

/** A unit that a case can be dispatched to, with why. A person decides. */
export const UnitProposal = z.object({
  unit: z.string(),
  /** Closed cases of this type that it handled last, and how many of them in the same community. */
  handled: z.int(),
  sameCommunity: z.int(),
  /** Of those with a due time: how many there are, and how many were closed by it. */
  due: z.int(),
  inTime: z.int(),
  /** Median days from the report to the closing. */
  days: z.number().nullable(),
  /** Open cases that it has now, and how many of them are past their due time. */
  open: z.int(),
  overdue: z.int(),
})
export type UnitProposal = z.infer<typeof UnitProposal>

export const UnitProposals = z.object({
  /** Of how many past cases of the type the units are. */
  past: z.int(),
  units: z.array(UnitProposal),
  /** The worker on duty in the grid of the case; null where there is none, or who asks may not see contacts. */
  worker: z.string().nullable(),
})
export type UnitProposals = z.infer<typeof UnitProposals>

/**
 * Units that dealt with cases of the same type, those first that did so in the same community, then by how many they
 * closed in time; with what they have to do now.
 *
 * @throws ProblemError `not_found`, also for what the actor may not see.
 */
export async function proposeUnits(
  readFrom: ReadSource,
  actor: Actor,
  street: string,
  number: string,
  now: Date,
): Promise<UnitProposals> {
  return readAs(readFrom, actor.scope, async (transaction) => {
    const [own] = await transaction<{ type: IncidentType; communityCode: string | null; gridCode: string | null }[]>`
      select type, community_code, grid_code from incident where street_code = ${street} and number = ${number}`
    if (own === undefined) throw caseNotThere(street, number)
    const past = await readPast(transaction, street, own.type, own.communityCode)
    const loads = await readLoads(
      transaction,
      street,
      past.map(({ unit }) => unit),
      now,
    )
    const [worker] = await transaction<{ worker: string | null }[]>`
      select worker from area_with_contacts where street_code = ${street} and code = ${own.gridCode}`
    const units = past.map((one): UnitProposal => ({ ...one, ...(loads.get(one.unit) ?? { open: 0, overdue: 0 }) }))
    const share = ({ due, inTime }: UnitProposal) => (due === 0 ? 0 : inTime / due)
    return {
      past: past.reduce((sum, { handled }) => sum + handled, 0),
      units: units
        .toSorted(
          (a, b) =>
            Number(b.sameCommunity > 0) - Number(a.sameCommunity > 0) || share(b) - share(a) || b.handled - a.handled,
        )
        .slice(0, mostUnits),
      worker: worker?.worker ?? null,
    }
  })
}

/** The unit that was responsible when each of the last closed cases of the type was dispatched for the last time. */
async function readPast(
  transaction: Transaction,
  street: string,
  type: IncidentType,
  community: string | null,
): Promise<Omit<UnitProposal, 'open' | 'overdue'>[]> {
  return transaction`
    select s.unit, count(*)::integer as handled,
      (count(*) filter (where i.community_code = ${community}))::integer as same_community,
      (count(i.due_at))::integer as due, (count(*) filter (where i.closed_at <= i.due_at))::integer as in_time,
      round((percentile_cont(0.5) within group (order by extract(epoch from i.closed_at - i.reported_at)) / 86400)::numeric,
        1)::float8 as days
    from (
      select number, community_code, reported_at, due_at, closed_at from incident
      where street_code = ${street} and type = ${type} and ${isClosed(transaction, transaction`status`)}
      order by reported_at desc limit ${mostPast}
    ) i
    join lateral (
      select unit from incident_step
      where street_code = ${street} and number = i.number and to_status in ('40', '50') and unit <> ''
      order by sequence desc limit 1
    ) s on true
    group by s.unit`
}

/** Open cases by the unit of their last step. */
async function readLoads(
  transaction: Transaction,
  street: string,
  units: readonly string[],
  now: Date,
): Promise<Map<string, Pick<UnitProposal, 'open' | 'overdue'>>> {
  const rows = await transaction<Pick<UnitProposal, 'unit' | 'open' | 'overdue'>[]>`
    select s.unit, count(*)::integer as open, (count(*) filter (where i.due_at < ${now}))::integer as overdue
    from (select number, due_at from incident where street_code = ${street} and ${isOpen(transaction)}) i
    join lateral (
      select unit from incident_step where street_code = ${street} and number = i.number order by sequence desc limit 1
    ) s on true
    where s.unit = any(${[...units]}::text[])
    group by s.unit`
  return new Map(rows.map(({ unit, open, overdue }) => [unit, { open, overdue }]))
}
