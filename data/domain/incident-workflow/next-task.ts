import type { Label } from '../label.ts'
import { dayLength } from '../local-time.ts'
import { type Clock, clockNodeLabels, clockNodes, clocksOf, type TimeLimits } from './clocks.ts'
import type { IncidentLoop } from './incident-loop.ts'

/**
 * What has to be done of a case: what a clock runs for, the end of a suspension, the duties of an agreement, and what a
 * meeting has decided.
 */
export const taskNodes = [...clockNodes, 'suspended', 'duty', 'decision'] as const
export type TaskNode = (typeof taskNodes)[number]

export const taskNodeLabels: Record<TaskNode, Label> = {
  ...clockNodeLabels,
  suspended: { zh: '缓办期满', en: 'End of the suspension' },
  duty: { zh: '协议履行', en: 'Duty of an agreement' },
  decision: { zh: '落实会商决定', en: 'Decision of a meeting' },
}

/**
 * Times in milliseconds since 1970; from `soonAt` a fifth of the time is left. `unit`: who has to do it, where that is not
 * the unit of the case.
 */
export type Task = { node: TaskNode; startedAt: number; soonAt: number; dueAt: number; unit: string | null }

/** Share of the time after which it is nearly over (domain: SLA clocks). */
const soonAfter = 0.8

/**
 * What of a case has to be done first; null where no clock runs. A clock that is paused is none, unless its time was over
 * before: of a suspended case it is the end of the suspension. What a meeting or an agreement has set comes first only as
 * long as no clock of the case is overdue.
 */
export function nextTask(loop: IncidentLoop, now: number, limits: TimeLimits): Task | null {
  const clocks = clocksOf(loop, now, limits)
    .filter(({ isPaused, state }) => !isPaused || state === '3')
    .map(taskOf)
  const first = clocks.toSorted(byDue)[0]
  if (first !== undefined && first.dueAt < now) return first
  const tasks = [...clocks, ...dutiesOf(loop), ...decisionsOf(loop), ...suspensionOf(loop), ...followUpOf(loop)]
  return tasks.toSorted(byDue)[0] ?? null
}

const byDue = (a: Task, b: Task) => a.dueAt - b.dueAt

function taskOf({ node, startedAt, soonAt, dueAt }: Clock): Task {
  return { node, startedAt, soonAt, dueAt, unit: null }
}

function dutiesOf({ status, agreements }: IncidentLoop): Task[] {
  if (status !== '75') return []
  const duties = agreements.flatMap((one) => one.duties).filter(({ state }) => state === 'open')
  return duties.map(({ agreedAt, dueAt }) => lasting('duty', agreedAt, dueAt))
}

function decisionsOf({ status, decisions }: IncidentLoop): Task[] {
  if (status === '70' || status === '80' || status === '90') return []
  const open = decisions.filter(({ state }) => state === 'open')
  return open.map(({ unit, decidedAt, dueAt }) => ({ ...lasting('decision', decidedAt, dueAt), unit }))
}

function suspensionOf({ status, suspendedUntil, holds }: IncidentLoop): Task[] {
  const from = holds.at(-1)?.from
  if (status !== '55' || suspendedUntil === null || from === undefined) return []
  return [lasting('suspended', from, suspendedUntil)]
}

/** A closed case is visited within a week: the follow-up begins, or it is archived. */
function followUpOf({ status, closedAt }: IncidentLoop): Task[] {
  return status === '70' && closedAt !== null ? [lasting('follow_up', closedAt, closedAt + 7 * dayLength)] : []
}

function lasting(node: TaskNode, startedAt: number, dueAt: number): Task {
  return { node, startedAt, soonAt: startedAt + (dueAt - startedAt) * soonAfter, dueAt, unit: null }
}
