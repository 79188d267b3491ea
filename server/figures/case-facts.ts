import { disputeTypes } from '@minqing/data/domain/incident-type'
import { closedStatuses, openStatuses } from '@minqing/data/domain/incident-status'
import { type ClockNode, defaultClockRules } from '@minqing/data/domain/incident-workflow/clocks'
import { inArea } from '../counts/incident-conditions.ts'
import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** Which cases, in which period, as known when. The end of the period is not in it. */
export type FigureQuestion = { area: string | undefined; from: Date; until: Date; asOf: Date }

/** When a closed case has to be visited for the first time (`follow_up` of clocks.ts). */
const firstVisit = "interval '168 hours'"

/**
 * `with … facts as (…)`: a row for each case of a street that the period concerns and that had a step by then, with what
 * its log says, and nothing that was recorded later. Columns that begin with `is_` and `in_` are what the figures are
 * counted by (figure-conditions.ts). Statuses are numbers: the last of some steps is the largest of
 * `sequence * 100 + status`.
 *
 * Steps of files (`import`) say no more than from where to where a case went: they count as what leads there, and as
 * nothing that happens at one place. Each step is read once and never joined again, whatever the planner knows of the
 * tables: windows over the steps of a case find the step that a later one is compared with.
 */
export function caseFacts(
  transaction: Transaction,
  street: string,
  { area, from, until, asOf }: FigureQuestion,
): Fragment {
  const end = new Date(Math.min(until.getTime() - 1, asOf.getTime()))
  const within = (time: string) =>
    transaction`${transaction.unsafe(time)} >= ${from} and ${transaction.unsafe(time)} < ${until}`
  const restricted = allOf(transaction, [area === undefined ? undefined : inArea(transaction, area)])
  const ofCase = transaction`
    partition by number order by sequence rows between unbounded preceding and unbounded following`
  // `serious`: what has happened in the period and was not withdrawn by then.
  return transaction`
    with serious as (
      select r.number, array_agg(r.content ->> 'kind')
        || coalesce(array_agg('petition_' || (r.content ->> 'level')) filter (where r.content ? 'level'), '{}')
        || coalesce(array_agg('petition_' || (r.content ->> 'petitionForm')) filter (where r.content ? 'petitionForm'), '{}')
        as serious
      from incident_step r
      where r.street_code = ${street} and r.action = 'record_serious_event' and r.at <= ${asOf}
        and ${within("(r.content ->> 'happenedAt')::timestamptz")}
        and not exists (
          select from incident_step w
          where w.street_code = r.street_code and w.number = r.number and w.at <= ${asOf}
            and w.action = 'withdraw_serious_event' and (w.content ->> 'step')::integer = r.sequence)
      group by r.number
    ), log as (
      select i.number, i.channel, coalesce(i.grid_code, i.community_code, i.street_code) as area_code, i.reported_at,
        i.type as given_type, i.due_at as given_due, s.sequence, s.from_status, s.to_status, s.at, s.action, s.unit,
        case when s.action = 'import' then (s.content ->> 'dueAt')::timestamptz else s.due_at end as due_at,
        case when s.action in ('report', 'classify') then s.content ->> 'type' end as type,
        case when s.action in ('finish', 'close', 'close_directly') then s.content ->> 'outcome'
          when s.action = 'close_unanswered' then 'withdrawn'
          -- Another round: the outcome of the one before is none.
          when s.to_status = '30' and s.from_status in ('70', '75') then '' end as outcome,
        case when s.action = 'rate' then s.content ->> 'rating' end as rating,
        s.to_status in ${listOf(transaction, closedStatuses)}
          and coalesce(s.from_status, '') not in ${listOf(transaction, [...closedStatuses, '15'])} as closes,
        s.action in ('record', 'mediate', 'ask_reporter', 'forward', 'finish') as acts,
        s.to_status = '50' and s.from_status = '40' as signs,
        s.to_status = '40' and coalesce(s.from_status, '') <> '40' as dispatches
      from incident i join incident_step s using (street_code, number)
      where i.street_code = ${street} and s.at <= ${asOf} and ${restricted}
        -- What was closed for good before the period, and due before it, is in no denominator.
        and (i.reported_at < ${until}
          and (i.closed_at is null or i.closed_at >= ${from}::timestamptz - ${transaction.unsafe(firstVisit)}
            or i.due_at >= ${from} or i.reported_at >= ${from})
          or i.number in (select number from serious))
    ), begun as (
      select *,
        min(sequence) filter (where dispatches and ${within('at')}) over own as dispatch,
        min(sequence) filter (where to_status = '60' and coalesce(from_status, '') <> '60' and ${within('at')})
          over own as submission,
        min(sequence) filter (where closes and ${within('at')}) over own as closing,
        min(sequence) filter (where closes and ${within(`at + ${firstVisit}`)}
          and at + ${transaction.unsafe(firstVisit)} <= ${asOf}) over own as visit_due
      from log window own as (${ofCase})
    ), answered as (
      select *, min(sequence) filter (where acts and sequence > dispatch) over own as answer, lead(at) over own as next_at
      from begun window own as (${ofCase})
    ), signed as (
      select *, max(sequence) filter (where signs and sequence > dispatch and sequence < coalesce(answer, sequence + 1))
        over own as signing
      from answered window own as (${ofCase})
    ), whole as (
      select number, ${same(transaction, [
        'channel',
        'area_code',
        'reported_at',
        'given_type',
        'given_due',
        'dispatch',
        'submission',
        'closing',
        'visit_due',
        'answer',
        'signing',
      ])},
        max(sequence * 100 + to_status::integer) % 100 as state,
        (max(sequence * 100 + to_status::integer) filter (where at <= ${end})) % 100 as state_at_end,
        ${lastOf(transaction, 'type')} as type, ${lastOf(transaction, 'outcome')} as outcome,
        ${lastOf(transaction, 'unit', transaction`unit <> ''`)} as unit,
        bool_or(action = 'import') as has_given, bool_and(action = 'import') as is_only_given,
        ${lastOf(transaction, 'due_at')} as due_at,
        ${lastOf(transaction, 'due_at', transaction`due_at is not null and at <= ${end}`)} as due_at_end,
        min(at) filter (where to_status not in ('00', '10', '15', '90', '99')
          and not (to_status = '80' and from_status in ('15', '80'))) as accepted_at,
        -- A file knows when a case was reported and closed, and of what lies between at most that it was accepted later.
        bool_or(from_status = '10' and to_status not in ('00', '10', '15', '90', '99')
          and (action <> 'import' or to_status = '20' and at > reported_at)) as is_acceptance_known,
        max(at) filter (where to_status = '10' and coalesce(from_status, '') <> '10') as waits_since,
        max(at) filter (where to_status = '30' and from_status in ('70', '75')) as round_at,
        max(at) filter (where closes) as closed_at,
        bool_or(action = 'extend') as is_extended,
        bool_or(to_status = '45' and sequence > dispatch) as is_returned,
        max(at) filter (where dispatches) as dispatched_at,
        min(at) filter (where sequence = signing) as signed_at,
        bool_or(sequence = signing and action = 'import') as is_signed_by_file,
        min(at) filter (where sequence = answer) as answered_at,
        coalesce(sum(coalesce(next_at, ${asOf}) - at) filter (where to_status = '55'
          and sequence > signing and (answer is null or sequence < answer)), interval '0') as suspended,
        bool_or(from_status = '60' and to_status = '50' and sequence > submission) as is_reworked,
        bool_or(from_status = '75' and to_status = '30' and sequence > closing) as is_relapsed,
        ${lastOf(transaction, 'rating', transaction`rating is not null and sequence > closing`)} as rating,
        min(at) filter (where sequence = visit_due) as visits_since,
        bool_or((action = 'visit' or action = 'import' and from_status = '75' and to_status = '80')
          and sequence > visit_due) as is_visited,
        min(at) filter (where action = 'visit' and sequence > visit_due) as visited_at
      from signed
      group by number
    ), known as (
      select whole.*, ${dueTime(transaction, 'due_at')} as due, ${dueTime(transaction, 'due_at_end')} as due_then,
        closed_at is not null and state in (${transaction.unsafe(numbers(closedStatuses))}) as is_closed,
        coalesce(serious, '{}') as serious
      from whole left join serious using (number) where state <> 0
    ), facts as (
      select number, channel, area_code, reported_at, coalesce(type, given_type) as type, coalesce(unit, '') as unit,
        lpad(state::text, 2, '0') as status, case when is_closed then closed_at end as closed_at, due as due_at,
        coalesce(type, given_type) in ${listOf(transaction, disputeTypes)} as is_dispute,
        ${within('reported_at')} as in_reported,
        state <> 90 as is_valid,
        ${within('accepted_at')} as in_accepted,
        is_closed, nullif(outcome, '') as outcome,
        accepted_at is not null and state <> 55 and ${within('due')} and due <= ${asOf} as in_due,
        closed_at <= due as is_on_time,
        is_extended, not is_only_given as is_recorded,
        state_at_end in (${transaction.unsafe(numbers(openStatuses))}) as is_open_at_end,
        due_then < ${end} as is_overdue_at_end,
        dispatch is not null as in_dispatched, is_returned,
        case
          -- A file does not say what was done between signing and the next status.
          when is_signed_by_file then 'unknown'
          when answer is not null then case when signing is null then 'unknown'
            when answered_at - signed_at - suspended <= ${limit(transaction, ['respond'])} then 'in_time' else 'late' end
          when state in (50, 55) then case when signing is null then 'unknown'
            when signed_at + suspended + ${limit(transaction, ['respond'])} < ${asOf} then 'late' else 'pending' end
          when state = 40 then case
            when dispatched_at + ${limit(transaction, ['sign', 'respond'])} < ${asOf} then 'late' else 'pending' end
          when state in (30, 45) then 'pending'
          else 'unknown' end as response,
        case
          when accepted_at is not null then case when not is_acceptance_known then 'unknown'
            when accepted_at - coalesce(waits_since, reported_at) <= ${limit(transaction, ['accept'])}
              then 'in_time' else 'late' end
          when state = 10 and coalesce(waits_since, reported_at) + ${limit(transaction, ['accept'])} < ${asOf} then 'late'
        end as acceptance,
        case when is_acceptance_known
          then greatest(accepted_at - coalesce(waits_since, reported_at), interval '0') end as acceptance_time,
        case when not is_signed_by_file then answered_at - signed_at - suspended end as response_time,
        case when is_closed and (is_acceptance_known or round_at is not null)
          then greatest(closed_at - coalesce(round_at, accepted_at), interval '0') end as resolution_time,
        submission is not null as in_submitted, is_reworked,
        closing is not null as in_closed, rating, is_relapsed,
        visit_due is not null as in_visits, coalesce(is_visited, false) as is_visited,
        is_visited and visited_at is null as is_visit_by_file,
        visited_at <= visits_since + ${transaction.unsafe(firstVisit)} as is_visited_in_time,
        visited_at - visits_since as visit_time, serious
      from known
    )`
}

/** Columns that are the same in all steps of a case: grouped by, they would be sorted by. */
function same(transaction: Transaction, columns: readonly string[]): Fragment {
  return transaction.unsafe(columns.map((column) => `min(${column}) as ${column}`).join(', '))
}

/**
 * Until when the case had to be resolved. A later file may change that without a step; what the log says of a case that
 * has steps of its own goes before.
 */
function dueTime(transaction: Transaction, column: 'due_at' | 'due_at_end'): Fragment {
  const logged = transaction.unsafe(column)
  return transaction`
    case when is_only_given then given_due when has_given then coalesce(${logged}, given_due) else ${logged} end`
}

/** The last value that the steps of a case have. */
function lastOf(transaction: Transaction, column: string, where?: Fragment): Fragment {
  const value = transaction.unsafe(column)
  return transaction`
    (array_agg(${value} order by sequence desc) filter (where ${where ?? transaction`${value} is not null`}))[1]`
}

/** Of the clocks of every category and urgency. */
function limit(transaction: Transaction, nodes: readonly ClockNode[]): Fragment {
  const hours = { minute: 1 / 60, hour: 1, day: 24 }
  const sum = nodes.reduce((total, node) => {
    const rule = defaultClockRules.find((one) => one.node === node && one.category === null && one.urgency === null)
    if (rule?.basis !== 'natural') throw new Error(`the time limit of ${node} is no length of time`)
    return total + rule.amount * hours[rule.unit]
  }, 0)
  return transaction.unsafe(`interval '${sum} hours'`)
}

function listOf(transaction: Transaction, codes: readonly string[]): Fragment {
  return transaction.unsafe(`(${codes.map((code) => `'${code}'`).join(', ')})`)
}

function numbers(statuses: readonly string[]): string {
  return statuses.map(Number).join(', ')
}
