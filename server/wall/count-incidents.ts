import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { dispatchedStatus, openStages, stageOf, unknownStatus } from '@minqing/data/domain/incident-status'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { risks } from '@minqing/data/domain/risk'
import type { Share, WallCommunity, WallCounts, WallDimension, WallPicture } from '@minqing/data/domain/wall'
import { countRows } from '../counts/count-rows.ts'
import { isCounted } from '../counts/incident-conditions.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { WallWindow } from './wall-window.ts'

/** Cases of the wall's street or community, neither drafts nor void ones. Columns belong to `incident i`. */
export function isShownOnWall(transaction: Transaction, area: string): Fragment {
  const community = area.length === codeLength.street ? transaction`` : transaction`and i.community_code = ${area}`
  return transaction`i.street_code = ${streetOf(area)} ${community} and ${isCounted(transaction)}`
}

type Tally = Awaited<ReturnType<typeof tallyIncidents>>[number]

/** One row for each community, type, status and risk that occurs: the other counts are sums of these. */
export async function tallyIncidents(transaction: Transaction, area: string, window: WallWindow) {
  const { now, today, recent, previous } = window
  const due = { from: recent, to: now }
  return countRows(transaction, {
    filter: { area },
    now,
    by: ['community', 'type', 'status', 'risk'],
    measures: {
      open: { only: 'open' },
      overdue: { only: 'overdue' },
      recent: { reported: { from: recent, to: now } },
      previous: { reported: { from: previous, to: recent } },
      today: { reported: { from: today, to: now } },
      closedToday: { closed: { from: today, to: now } },
      due: { due },
      closedInTime: { due, inTime: true },
    },
  })
}

type Counts = Pick<
  WallPicture,
  'today' | 'open' | 'overdue' | 'openByStage' | 'recent' | 'previous' | 'closedInTime' | 'byRisk'
>

/** The sums of an area. */
export function sumTallies(tallies: readonly Tally[]): Counts {
  const sum = (of: readonly Tally[], pick: (tally: Tally) => number) => of.reduce((total, one) => total + pick(one), 0)
  const open = (tally: Tally) => tally.open
  // Whether a case of unknown status was closed in time is unknown too.
  const known = tallies.filter(({ status }) => status !== unknownStatus)
  return {
    today: { reported: sum(tallies, ({ today }) => today), closed: sum(tallies, ({ closedToday }) => closedToday) },
    open: sum(tallies, open),
    overdue: sum(tallies, ({ overdue }) => overdue),
    openByStage: openStages.map((stage) => ({
      stage,
      count: sum(
        tallies.filter(({ status }) => stageOf[status] === stage),
        open,
      ),
    })),
    recent: sum(tallies, ({ recent }) => recent),
    previous: sum(tallies, ({ previous }) => previous),
    closedInTime: { count: sum(tallies, ({ closedInTime }) => closedInTime), of: sum(known, ({ due }) => due) },
    byRisk: risks.map((risk) => ({
      risk,
      count: sum(
        tallies.filter((tally) => tally.risk === risk),
        open,
      ),
    })),
  }
}

/** The three most frequent types of recent cases. */
export function frequentTypes(tallies: readonly Tally[]): WallCommunity['topTypes'] {
  const types = new Map<IncidentType, number>()
  for (const { type, recent } of tallies) if (recent > 0) types.set(type, (types.get(type) ?? 0) + recent)
  return [...types]
    .map(([type, count]) => ({ type, count }))
    .toSorted((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1))
    .slice(0, 3)
}

const hour = 3_600_000
const days = 30
const hourFormat = new Intl.DateTimeFormat('en-GB', { timeZone: homeTimeZone, hour: '2-digit', hourCycle: 'h23' })

/** Hour of the local day (0–23). */
function localHour(instant: number): number {
  return Number(hourFormat.format(instant))
}

/** Cases of the last 24 clock hours, and the mean of each hour of the day over the last 30 days. */
export async function countHours(
  transaction: Transaction,
  area: string,
  { now, recent, firstHour }: WallWindow,
): Promise<WallPicture['lastHours']> {
  const first = Date.parse(firstHour)
  const rows = await countRows(transaction, {
    filter: { area, from: recent, to: now },
    now,
    by: ['hour'],
    measures: { count: { reported: { from: firstHour, to: now } }, all: {} },
  })
  return Array.from({ length: 24 }, (_, index) => {
    const from = first + index * hour
    const row = rows.find((one) => one.hour === localHour(from))
    return { from: new Date(from).toISOString(), count: row?.count ?? 0, mean: (row?.all ?? 0) / days }
  })
}

/**
 * Cases signed for (40 → any other status) within two hours of their first dispatch ÷ cases dispatched in the window.
 * One that was dispatched less than two hours ago and is not yet signed for is left out.
 */
export async function countResponses(transaction: Transaction, area: string, window: WallWindow): Promise<Share> {
  const { recent, now } = window
  // Materialized: row-level security hides from the planner how few rows these are (index incident_step_at).
  const [row] = await transaction<[Share]>`
    with dispatched as materialized (
      select street_code, number, min(at) as at from incident_step
      where street_code = ${streetOf(area)} and to_status = ${dispatchedStatus} and at >= ${recent} and at < ${now}
      group by street_code, number
    )
    select count(*) filter (where signed.at <= dispatched.at + interval '2 hours') as count, count(*) as "of"
    from dispatched join incident i using (street_code, number)
    left join lateral (
      select min(s.at) as at from incident_step s
      where s.street_code = dispatched.street_code and s.number = dispatched.number
        and s.from_status = ${dispatchedStatus} and s.at >= dispatched.at
    ) signed on true
    where ${isShownOnWall(transaction, area)}
      and (signed.at is not null or dispatched.at <= ${now}::timestamptz - interval '2 hours')`
  return row
}

/**
 * Cases of the last so many days by some dimensions, and those of as many days before: what a panel asks for that needs
 * no more of the picture.
 */
export async function countReported(
  transaction: Transaction,
  area: string,
  by: readonly WallDimension[],
  now: Date,
  daysBack: number,
): Promise<WallCounts> {
  const [to, middle, from] = [0, daysBack, 2 * daysBack].map((ago) =>
    new Date(now.getTime() - ago * 24 * hour).toISOString(),
  )
  return countRows(transaction, {
    filter: { area, from: from!, to: to! },
    now,
    by,
    measures: { count: { reported: { from: middle!, to: to! } }, previous: { reported: { from: from!, to: middle! } } },
  })
}
