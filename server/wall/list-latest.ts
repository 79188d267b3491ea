import type { WallIncident, WallStep } from '@minqing/data/domain/wall'
import { streetOf } from '@minqing/data/domain/area-code'
import { isOverdue } from '../counts/incident-conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { isShownOnWall } from './count-incidents.ts'
import type { WallWindow } from './wall-window.ts'

const most = 20

/** The newest cases (index incident_reported), as what and where by grid. */
export async function latestIncidents(
  transaction: Transaction,
  area: string,
  { now }: WallWindow,
): Promise<WallIncident[]> {
  return transaction<WallIncident[]>`
    select i.type, i.risk, i.status, i.community_code, c.name as community_name, i.grid_code,
      g.name as grid_name, i.reported_at,
      coalesce(${isOverdue(transaction, now)}, false) as overdue
    from incident i left join area c on c.code = i.community_code left join area g on g.code = i.grid_code
    where ${isShownOnWall(transaction, area)} and i.reported_at < ${now}
    order by i.reported_at desc, i.number desc limit ${most}`
}

/** How far back in the log the newest steps are looked for: enough for a community of a large street. */
const lookedThrough = 2000

/**
 * The newest steps of cases, by their position in the street's log: its unique index backwards, until enough are found.
 * Their cases are looked up by number in a statement of their own: one that joins both takes minutes wherever the planner
 * knows too little of the tables, as after the first import.
 */
export async function latestSteps(transaction: Transaction, area: string, { now }: WallWindow): Promise<WallStep[]> {
  const street = streetOf(area)
  const steps = await transaction<(Pick<WallStep, 'position' | 'at' | 'toStatus'> & { number: string })[]>`
    select number, position, at, to_status from incident_step
    where street_code = ${street} and at < ${now} order by position desc limit ${lookedThrough}`
  const numbers = [...new Set(steps.map(({ number }) => number))]
  const shown = await transaction<(Omit<WallStep, 'position' | 'at' | 'toStatus'> & { number: string })[]>`
    select i.number, i.type, i.risk, c.name as community_name, g.name as grid_name
    from incident i
    left join area c on c.code = i.community_code left join area g on g.code = i.grid_code
    where i.street_code = ${street} and i.number = any(${numbers}) and ${isShownOnWall(transaction, area)}`
  const caseOf = new Map(shown.map(({ number, ...rest }) => [number, rest]))
  return steps
    .flatMap(({ number, ...step }) => {
      const own = caseOf.get(number)
      return own === undefined ? [] : [{ ...step, ...own }]
    })
    .slice(0, most)
}
