import { codeLength, communityOf, streetOf } from '@minqing/data/domain/area-code'
import { boardFigures, type FigureBoard, longestStreak } from '@minqing/data/domain/figure-board'
import { type FigureName, firstTimes } from '@minqing/data/domain/figures'
import { addMonths, calendarPeriod, instantsOf } from '@minqing/data/domain/figure-periods'
import { inArea, isOpen } from '../counts/incident-conditions.ts'
import { allOf } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import { askedStreets } from './asked-streets.ts'
import { caseFacts } from './case-facts.ts'
import { figureSums, nothing, type Sums, valuesOf } from './count-figures.ts'

type Standing = Sums & { code: string }

/**
 * How each community of an area stands in a month, as known at an instant.
 *
 * @param month `YYYY-MM`
 * @throws ProblemError `bad_parameter` for more cases than can be read
 */
export async function countBoard(
  transaction: Transaction,
  scope: Scope,
  { area, month, asOf }: { area: string | undefined; month: string; asOf: Date },
): Promise<FigureBoard> {
  const streets = await askedStreets(transaction, scope, area)
  const { from, until } = instantsOf(calendarPeriod('month', `${month}-01`))
  const communities = await listCommunities(transaction, streets, scope, area)
  const standings = new Map<string, Standing>()
  const streaks = new Map<string, number>()
  for (const street of streets) {
    for (const one of await countStreet(transaction, street, { area, from, until, asOf })) standings.set(one.code, one)
    const own = communities.filter(({ code }) => streetOf(code) === street).map(({ code }) => code)
    for (const [code, streak] of await countStreaks(transaction, street, own, { area, month, asOf }))
      streaks.set(code, streak)
  }
  return {
    month,
    asOf: asOf.toISOString(),
    communities: communities.map(({ code, name }) => {
      const all = valuesOf(standings.get(code) ?? nothing())
      const only = (names: readonly FigureName[]) =>
        names.flatMap((name) => all.filter(({ figure }) => figure === name))
      const figures = only(boardFigures)
      const overdue = figures.find(({ figure }) => figure === 'overdue')?.numerator ?? 0
      const streak = streaks.get(code) ?? 0
      return { code, name, figures, isCleared: overdue === 0, streak, firstTimes: only(firstTimes) }
    }),
  }
}

/** Those that a scope shows at least a part of, by code; outlines of areas are for everybody. */
async function listCommunities(
  transaction: Transaction,
  streets: readonly string[],
  { areas }: Scope,
  area = '',
): Promise<{ code: string; name: string }[]> {
  const rows = await transaction<{ code: string; name: string }[]>`
    select code, name from area where level = 'community' and street_code = any(${[...streets]}::text[]) order by code`
  const asked = area.length > codeLength.community ? communityOf(area) : area
  const isSeen = (code: string) => areas.some((own) => own === 'all' || code.startsWith(own) || own.startsWith(code))
  return rows.filter(({ code }) => code.startsWith(asked) && isSeen(code))
}

type Month = { area: string | undefined; from: Date; until: Date; asOf: Date }

async function countStreet(transaction: Transaction, street: string, month: Month): Promise<Standing[]> {
  return transaction<Standing[]>`
    ${caseFacts(transaction, street, month)}
    select left(area_code, 12) as code, ${figureSums(transaction)} from facts where length(area_code) >= 12 group by 1`
}

/**
 * Of each community, for how many months in a row none of its cases was open and overdue at the end, the last of them
 * still running perhaps; as each step knew the due time. Months before its first case count for nothing.
 */
async function countStreaks(
  transaction: Transaction,
  street: string,
  communities: readonly string[],
  { area, month, asOf }: { area: string | undefined; month: string; asOf: Date },
): Promise<Map<string, number>> {
  const ends = Array.from({ length: longestStreak }, (_, back) => {
    const { until } = instantsOf(calendarPeriod('month', addMonths(`${month}-01`, -back)))
    return new Date(Math.min(until.getTime() - 1, asOf.getTime())).toISOString()
  })
  const restricted = allOf(transaction, [area === undefined ? undefined : inArea(transaction, area)])
  const [rows, firsts] = await Promise.all([
    transaction<{ code: string; at: string }[]>`
      with log as (
        select i.community_code as code, s.to_status, s.at, lead(s.at) over own as next_at,
          case when bool_and(s.action = 'import') over (partition by i.number) then i.due_at
            when s.action = 'import' then coalesce((s.content ->> 'dueAt')::timestamptz, i.due_at)
            else s.due_at end as due_at
        from incident i join incident_step s using (street_code, number)
        where i.street_code = ${street} and s.at <= ${asOf} and i.community_code = any(${[...communities]}::text[])
          and ${restricted} and (i.closed_at is null or i.closed_at >= ${ends.at(-1)!})
        window own as (partition by i.number order by s.sequence)
      ), late as (
        select code, greatest(at, due_at) as since, coalesce(next_at, 'infinity') as until, due_at from log
        where ${isOpen(transaction, transaction`to_status`)} and due_at < coalesce(next_at, 'infinity')
      )
      select distinct code, e.at from late join unnest(${ends}::timestamptz[]) as e(at)
        on late.since <= e.at and late.until > e.at and late.due_at < e.at`,
    transaction<{ code: string; at: string }[]>`
      select community_code as code, min(reported_at) as at from incident
      where street_code = ${street} and community_code = any(${[...communities]}::text[]) and ${restricted}
      group by community_code`,
  ])
  const late = new Set(rows.map(({ code, at }) => `${code} ${Date.parse(at)}`))
  return new Map(
    firsts.map(({ code, at }) => {
      const begun = ends.filter((end) => Date.parse(at) <= Date.parse(end))
      const broken = begun.findIndex((end) => late.has(`${code} ${Date.parse(end)}`))
      return [code, broken === -1 ? begun.length : broken]
    }),
  )
}
