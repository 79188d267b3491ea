import type { IncidentStatus } from './incident-status.ts'
import type { TimeLimits } from './incident-workflow/clocks.ts'
import type { IncidentLoop } from './incident-workflow/incident-loop.ts'
import { nextTask, type TaskNode } from './incident-workflow/next-task.ts'
import { taskStatuses } from './task.ts'

/** The row of `incident_task` of a case. Times in milliseconds since 1970. */
export type StoredTask = {
  status: IncidentStatus
  /** Null where no clock runs. */
  node: TaskNode | null
  startedAt: number | null
  soonAt: number | null
  dueAt: number | null
  unit: string
  handlers: readonly string[]
  urgings: number
  yellowCards: number
  redCards: number
  returns: number
  reworks: number
}

/**
 * What has to be done of a case after a step, as it is stored for lists and notices; null where nobody has to act.
 *
 * @param at of the step
 */
export function storedTask(loop: IncidentLoop, at: number, limits: TimeLimits): StoredTask | null {
  const task = nextTask(loop, at, limits)
  const { status } = loop
  if (status === null || (task === null && !taskStatuses.some((one) => one === status))) return null
  return {
    status,
    node: task?.node ?? null,
    startedAt: task?.startedAt ?? null,
    soonAt: task?.soonAt ?? null,
    dueAt: task?.dueAt ?? null,
    unit: task?.unit ?? loop.unit,
    // What another unit has to do waits for nobody in particular.
    handlers: task?.unit == null ? loop.handlers : [],
    urgings: loop.urgings,
    yellowCards: loop.cards.filter((card) => card === 'yellow').length,
    redCards: loop.cards.filter((card) => card === 'red').length,
    returns: loop.returns,
    reworks: loop.reworks,
  }
}
