import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import { dayLength, homeDayNumber, startOfHomeDay } from '@minqing/data/domain/local-time'
import { statusesFor, type Task, type TaskClock, type TaskCount, type TaskList } from '@minqing/data/domain/task'
import type { Actor } from '../access/actor.ts'
import { findStreet } from '../areas/find-street.ts'
import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { selectTasks, type Waiting, withLastSteps } from './select-tasks.ts'

export type TaskQuestion = {
  /** A street or a part of one; undefined: the one in which the actor works. */
  area: string | undefined
  statuses: readonly IncidentStatus[]
  clock: TaskClock | undefined
  /** What waits for the actor in their role alone. */
  isMine: boolean
  limit: number
  offset: number
}

/**
 * What has to be done in a street, the most urgent first, and how much there is of it.
 *
 * @throws ProblemError `bad_parameter` where no area is given and the actor works in several streets
 */
export async function listTasks(
  readFrom: ReadSource,
  actor: Actor,
  question: TaskQuestion,
  now: Date,
): Promise<TaskList> {
  return readAs(readFrom, actor.scope, async (transaction) => {
    const area = await areaOf(transaction, actor, question.area)
    const waiting = question.isMine ? waitingFor(actor) : undefined
    const counts = await countTasks(transaction, area, waiting, now)
    const tasks = await readTasks(transaction, area, waiting, question, now)
    const { statuses, clock } = question
    const total = counts
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
      .reduce((sum, count) => sum + count[clock ?? 'all'], 0)
    return { at: now.toISOString(), counts, total, tasks }
  })
}

/** @throws ProblemError `bad_parameter` */
export async function areaOf(transaction: Transaction, { scope }: Actor, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  // Who works in one part of a street has no other.
  const [own, ...others] = scope.areas
  if (own !== undefined && others.length === 0 && own !== 'all' && own.length >= codeLength.street) return own
  return findStreet(transaction, undefined, scope, 'area')
}

function waitingFor({ id, role }: Actor): Waiting {
  return { statuses: statusesFor(role), actorId: id }
}

async function countTasks(
  transaction: Transaction,
  area: string,
  waiting: Waiting | undefined,
  now: Date,
): Promise<TaskCount[]> {
  const named = (clock: TaskClock) => transaction`(count(*) filter (where ${within(transaction, clock, now)}))::integer`
  return transaction<TaskCount[]>`
    select status, count(*)::integer as all, ${named('overdue')} as overdue, ${named('soon')} as soon,
      ${named('today')} as today
    from (${selectTasks(transaction, streetOf(area), area, waiting)}) task
    group by status order by status`
}

type Row = Omit<Task, 'state' | 'unit' | 'sequence'> & { soonAt: string | null; unit: string | null; sequence: number }

async function readTasks(
  transaction: Transaction,
  area: string,
  waiting: Waiting | undefined,
  { statuses, clock, limit, offset }: TaskQuestion,
  now: Date,
): Promise<Task[]> {
  const street = streetOf(area)
  const chosen = allOf(transaction, [
    statuses.length === 0 ? undefined : transaction`status = any(${[...statuses]}::text[])`,
    clock && within(transaction, clock, now),
  ])
  const page = transaction`
    select * from (${selectTasks(transaction, street, area, waiting)}) task
    where ${chosen} order by due_at nulls last, number limit ${limit} offset ${offset}`
  const rows = await transaction<Row[]>`${withLastSteps(transaction, street, page)}`
  return rows.map((row) => taskOf(row, now.getTime()))
}

/** Due times that are over, nearly over, or over before the end of the day, in local time of China. */
function within(transaction: Transaction, clock: TaskClock, now: Date): Fragment {
  switch (clock) {
    case 'overdue':
      return transaction`due_at < ${now}`
    case 'soon':
      return transaction`due_at >= ${now} and soon_at <= ${now}`
    case 'today':
      return transaction`due_at < ${new Date(startOfHomeDay(homeDayNumber(now.getTime())) + dayLength)}`
  }
}

/** @param now milliseconds since 1970 */
export function taskOf(row: Row, now: number): Task {
  const { soonAt, dueAt, unit, ...task } = row
  const isSoon = soonAt !== null && Date.parse(soonAt) <= now
  const state = dueAt === null ? null : Date.parse(dueAt) < now ? '3' : isSoon ? '2' : '1'
  return { ...task, dueAt, state, unit: unit ?? '' }
}
