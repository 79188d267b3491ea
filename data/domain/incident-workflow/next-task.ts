import type { Label } from '../label.ts'
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

/** Times in milliseconds since 1970; from `soonAt` a fifth of the time is left. */
export type Task = { node: TaskNode; startedAt: number; soonAt: number; dueAt: number }

/** Share of the time after which it is nearly over (domain: SLA clocks). */
const soonAfter = 0.8

/**
 * What of a case has to be done first; null where no clock runs. A clock that is paused is none, unless its time was over
 * before: of a suspended case it is the end of the suspension.
 */
export function nextTask(loop: IncidentLoop, now: number, limits: TimeLimits): Task | null {
  const clocks = clocksOf(loop, now, limits)
  const tasks = [
    ...clocks.filter(({ isPaused, state }) => !isPaused || state === '3').map(taskOf),
    ...dutiesOf(loop),
    ...decisionsOf(loop),
    ...suspensionOf(loop),
  ]
  return tasks.toSorted((a, b) => a.dueAt - b.dueAt)[0] ?? null
}

function taskOf({ node, startedAt, soonAt, dueAt }: Clock): Task {
  return { node, startedAt, soonAt, dueAt }
}

function dutiesOf({ status, agreements, lastAt }: IncidentLoop): Task[] {
  if (status !== '75') return []
  const duties = agreements.flatMap((one) => one.duties).filter(({ state }) => state === 'open')
  return duties.map(({ dueAt }) => lasting('duty', Math.min(lastAt, dueAt), dueAt))
}

function decisionsOf({ status, decisions, lastAt }: IncidentLoop): Task[] {
  if (status === '70' || status === '80' || status === '90') return []
  const open = decisions.filter(({ state }) => state === 'open')
  return open.map(({ dueAt }) => lasting('decision', Math.min(lastAt, dueAt), dueAt))
}

function suspensionOf({ status, suspendedUntil, holds }: IncidentLoop): Task[] {
  const from = holds.at(-1)?.from
  if (status !== '55' || suspendedUntil === null || from === undefined) return []
  return [lasting('suspended', from, suspendedUntil)]
}

function lasting(node: TaskNode, startedAt: number, dueAt: number): Task {
  return { node, startedAt, soonAt: startedAt + (dueAt - startedAt) * soonAfter, dueAt }
}
