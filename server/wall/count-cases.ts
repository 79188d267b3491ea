import { incidentStages, openStatuses, stageOf, type IncidentStatus } from '@minqing/data/domain/incident-status'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { type Risk, risks } from '@minqing/data/domain/risk'
import type { WallPicture } from '@minqing/data/domain/wall'
import type { Transaction } from '../store/connect.ts'
import { wallCases } from './wall-conditions.ts'
import type { WallWindow } from './wall-window.ts'

type Tally = {
  communityCode: string | null
  type: IncidentType
  status: IncidentStatus
  risk: Risk
  open: number
  overdue: number
  recent: number
  previous: number
  today: number
  closedToday: number
  due: number
  closedInTime: number
}

/** One row for each community, type, status and risk that occurs: everything that the wall counts is a sum of these. */
export async function tallyCases(transaction: Transaction, area: string, window: WallWindow): Promise<Tally[]> {
  const { now, today, recent, previous } = window
  return transaction<Tally[]>`
    select i.community_code, i.type, i.status, i.risk,
      count(*) filter (where open) as open,
      count(*) filter (where open and i.due_at < ${now}) as overdue,
      count(*) filter (where i.reported_at >= ${recent} and i.reported_at < ${now}) as recent,
      count(*) filter (where i.reported_at >= ${previous} and i.reported_at < ${recent}) as previous,
      count(*) filter (where i.reported_at >= ${today} and i.reported_at < ${now}) as today,
      count(*) filter (where i.closed_at >= ${today} and i.closed_at < ${now}) as closed_today,
      count(*) filter (where i.due_at >= ${recent} and i.due_at < ${now}) as due,
      count(*) filter (where i.due_at >= ${recent} and i.due_at < ${now} and i.closed_at <= i.due_at) as closed_in_time
    from incident i cross join lateral (select i.status = any(${openStatuses}::text[]) as open) o
    where ${wallCases(transaction, area)}
    group by i.community_code, i.type, i.status, i.risk`
}

type Counts = Pick<
  WallPicture,
  'today' | 'open' | 'overdue' | 'openByStage' | 'recent' | 'previous' | 'closedInTime' | 'byType' | 'byRisk'
>

/** The sums of the whole ground. */
export function sumTallies(tallies: readonly Tally[]): Counts {
  const sum = (of: readonly Tally[], pick: (tally: Tally) => number) => of.reduce((total, one) => total + pick(one), 0)
  const open = (tally: Tally) => tally.open
  return {
    today: { reported: sum(tallies, ({ today }) => today), closed: sum(tallies, ({ closedToday }) => closedToday) },
    open: sum(tallies, open),
    overdue: sum(tallies, ({ overdue }) => overdue),
    openByStage: incidentStages
      .filter((stage) => stage !== 'finished')
      .map((stage) => ({
        stage,
        count: sum(
          tallies.filter(({ status }) => stageOf[status] === stage),
          open,
        ),
      })),
    recent: sum(tallies, ({ recent }) => recent),
    previous: sum(tallies, ({ previous }) => previous),
    closedInTime: { count: sum(tallies, ({ closedInTime }) => closedInTime), of: sum(tallies, ({ due }) => due) },
    byType: byType(tallies),
    byRisk: risks.map((risk) => ({
      risk,
      count: sum(
        tallies.filter((tally) => tally.risk === risk),
        open,
      ),
    })),
  }
}

/** Recent cases by type, most frequent first, with those of the 30 days before. */
export function byType(tallies: readonly Tally[]): WallPicture['byType'] {
  const types = new Map<IncidentType, { count: number; previous: number }>()
  for (const { type, recent, previous } of tallies) {
    const sums = types.get(type) ?? { count: 0, previous: 0 }
    types.set(type, { count: sums.count + recent, previous: sums.previous + previous })
  }
  return [...types]
    .map(([type, sums]) => ({ type, ...sums }))
    .filter(({ count, previous }) => count + previous > 0)
    .toSorted((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1))
}
