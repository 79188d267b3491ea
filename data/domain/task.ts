import { z } from 'zod'
import { AreaCode, StreetCode } from './area-code.ts'
import { Incident } from './incident.ts'
import { type IncidentStatus, closedStatus, IncidentStatus as Status, openStatuses } from './incident-status.ts'
import { taskNodes } from './incident-workflow/next-task.ts'
import { transitions } from './incident-workflow/transitions.ts'
import { Instant } from './instant.ts'
import type { Label } from './label.ts'
import { Position } from './position.ts'
import { PositionSource } from './position-source.ts'
import type { RoleName } from './role.ts'

/**
 * Where something has to be done: open cases, and those that are followed up, or closed and to be followed up. Of what a
 * file says to be closed nothing more is known: it is no task.
 */
export const taskStatuses = [...openStatuses, closedStatus, '75'] as const satisfies readonly IncidentStatus[]

/** Of the time that is left. `today`: it is over before the day ends, or has been. */
export const taskClocks = ['overdue', 'soon', 'today'] as const
export const TaskClock = z.enum(taskClocks)
export type TaskClock = z.infer<typeof TaskClock>

export const taskClockLabels: Record<TaskClock, Label> = {
  overdue: { zh: '已逾期', en: 'Overdue' },
  soon: { zh: '将到期', en: 'Due soon' },
  today: { zh: '今日应办', en: 'Due today' },
}

/** The statuses out of which somebody in a role leads a case: what waits for them. */
export function statusesFor(role: RoleName): IncidentStatus[] {
  return taskStatuses.filter((status) =>
    transitions.some(
      ({ from, to, by, action }) =>
        from !== 'any' &&
        from.includes(status) &&
        by.includes(role) &&
        ((to !== 'same' && !exceptional.has(action)) || action === 'visit'),
    ),
  )
}

/** Where a case that was given to named people waits for them alone: what leads it on is a step of its handlers. */
export const handlersStatuses = taskStatuses.filter((status) =>
  transitions.some(
    ({ from, to, rules }) => from !== 'any' && from.includes(status) && to !== 'same' && rules.includes('handler'),
  ),
)

/** Steps that are possible nearly everywhere, and for which no case waits. */
const exceptional: ReadonlySet<string> = new Set(['merge', 'void', 'return', 'suspend', 'archive'])

const Shown = Incident.pick({
  number: true,
  type: true,
  channel: true,
  status: true,
  risk: true,
  urgency: true,
  title: true,
  reportedAt: true,
})

/** A case in which something has to be done, and until when. */
export const Task = z.object({
  streetCode: StreetCode,
  /** Its grid, or the least area that is known. */
  areaCode: AreaCode,
  ...Shown.shape,
  node: z.enum(taskNodes).nullable(),
  startedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  /** 1 in time, 2 due soon, 3 overdue; null without a time. */
  state: z.enum(['1', '2', '3']).nullable(),
  unit: z.string(),
  /** Both null where the case has no place. */
  position: Position.nullable(),
  positionSource: PositionSource.nullable(),
  /** Of the last step: what the next one has to name. */
  sequence: z.int(),
})
export type Task = z.infer<typeof Task>

/** How many cases stand in a status, and how many of them each clock names. */
export const TaskCount = z.object({
  status: Status,
  all: z.int(),
  overdue: z.int(),
  soon: z.int(),
  today: z.int(),
})
export type TaskCount = z.infer<typeof TaskCount>

export const TaskList = z.object({
  /** The instant for which the states hold. */
  at: Instant,
  counts: z.array(TaskCount),
  /** Of what was asked for; `tasks` are some of them. */
  total: z.int(),
  tasks: z.array(Task),
})
export type TaskList = z.infer<typeof TaskList>
