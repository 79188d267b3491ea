import type { IncidentStatus } from '../../domain/incident-status.ts'
import { applyStep } from '../../domain/incident-workflow/apply-step.ts'
import { defaultClockSettings, timeLimitsOf } from '../../domain/incident-workflow/clock-settings.ts'
import { resolveDue, type TimeLimits } from '../../domain/incident-workflow/clocks.ts'
import { emptyLoop, type IncidentLoop } from '../../domain/incident-workflow/incident-loop.ts'
import type { LifeStep } from './course.ts'

/** A step as the workflow has it, with the loop after it. */
export type TakenStep = LifeStep & {
  fromStatus: IncidentStatus | null
  toStatus: IncidentStatus
  unit: string
  /** Until when the case has to be resolved, or had to before the step that closes it. */
  dueAt: number | null
}

/** How far a case has come: its steps, the loop that they make, and until when it has to be resolved. */
export type Standing = { steps: TakenStep[]; loop: IncidentLoop; dueAt: number | null }

/** Those of a street that has set none. */
export const usualLimits: TimeLimits = timeLimitsOf(defaultClockSettings)

/**
 * What the workflow makes of steps. Nobody behind them has an account.
 *
 * @throws Error where it refuses one: then the script is wrong
 */
export function standingOf(life: readonly LifeStep[], limits: TimeLimits): Standing {
  let loop = emptyLoop
  let due: number | null = null
  const steps: TakenStep[] = []
  let dueAt: number | null = null
  for (const one of life) {
    const { role, content, at } = one
    const result = applyStep(loop, { ...content, actor: { id: '', role }, at })
    if (result.refusal !== undefined)
      throw new Error(`${content.action} at ${loop.status ?? 'the start'}: ${result.refusal.reason.en}`)
    const after: number | null = hasSameDue(loop, result.loop) ? due : resolveDue(result.loop, at, limits)
    const own = after ?? due
    steps.push({ ...one, fromStatus: result.from, toStatus: result.to, unit: result.loop.unit, dueAt: own })
    if (after !== null) dueAt = after
    due = after
    loop = result.loop
  }
  return { steps, loop, dueAt }
}

/** Whether nothing has changed by which the time to resolve a case is found; that of a suspended case moves on. */
function hasSameDue(before: IncidentLoop, after: IncidentLoop): boolean {
  return (
    isRunning(before) === isRunning(after) &&
    before.startedAt === after.startedAt &&
    before.dueAt === after.dueAt &&
    before.dueSetAt === after.dueSetAt &&
    before.type === after.type &&
    before.urgency === after.urgency &&
    before.holds === after.holds &&
    before.status !== '55'
  )
}

const isRunning = ({ closedAt, startedAt }: IncidentLoop) => startedAt !== null && closedAt === null
