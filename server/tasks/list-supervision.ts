import { streetOf } from '@minqing/data/domain/area-code'
import {
  oftenReturned,
  supervise,
  type SupervisedCase,
  type Supervision,
  type SupervisionList,
  supervisionLists,
  type SupervisionRecord,
} from '@minqing/data/domain/supervision'
import type { Task } from '@minqing/data/domain/task'
import type { Actor } from '../access/actor.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { areaOf, taskOf } from './list-tasks.ts'
import { selectTasks, withLastSteps } from './select-tasks.ts'

/** Those that are past their time longest, where a street has more. */
const mostCases = 2000

type Row = Parameters<typeof taskOf>[0] & SupervisionRecord & Task

export type SupervisionQuestion = {
  area: string | undefined
  list: SupervisionList | undefined
  limit: number
  offset: number
}

/**
 * The three lists of supervision of a street, from the log and the clocks.
 *
 * @throws ProblemError `bad_parameter` where no area is given and the actor works in several streets
 */
export async function listSupervision(
  readFrom: ReadSource,
  actor: Actor,
  { area: given, list, limit, offset }: SupervisionQuestion,
  now: Date,
): Promise<Supervision> {
  return readAs(readFrom, actor.scope, async (transaction) => {
    const area = await areaOf(transaction, actor, given)
    const street = streetOf(area)
    const found = transaction`
      select * from (${selectTasks(transaction, street, area)}) task
      where due_at < ${now} or returns >= ${oftenReturned} or reworks >= ${oftenReturned}
      order by due_at nulls last, number limit ${mostCases + 1}`
    const rows = await transaction<Row[]>`${withLastSteps(transaction, street, found)}`
    const cases = rows.slice(0, mostCases).flatMap((row) => supervised(row, now.getTime()))
    return {
      at: now.toISOString(),
      counts: supervisionLists.map((one) => ({ list: one, cases: cases.filter((each) => each.list === one).length })),
      cases: cases.filter((each) => list === undefined || each.list === list).slice(offset, offset + limit),
      isIncomplete: rows.length > mostCases,
    }
  })
}

function supervised(row: Row, now: number): SupervisedCase[] {
  const { urgings, yellowCards, redCards, returns, reworks, ...rest } = row
  const record = { urgings, yellowCards, redCards, returns, reworks }
  const found = supervise({ ...rest, ...record }, now)
  return found === null ? [] : [{ ...taskOf(rest, now), ...record, ...found }]
}
