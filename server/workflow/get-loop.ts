import { z } from '@hono/zod-openapi'
import { IncidentStatus } from '@minqing/data/domain/incident-status'
import { legalSteps } from '@minqing/data/domain/incident-workflow/apply-step'
import { clockNodeLabels, clockNodes, clocksOf } from '@minqing/data/domain/incident-workflow/clocks'
import { StepAction, stepActionLabels, stepContents } from '@minqing/data/domain/incident-workflow/step-actions'
import { Instant } from '@minqing/data/domain/instant'
import type { Actor } from '../access/actor.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { notOfOneCase, readLoop } from './read-loop.ts'
import { calendar } from './work-calendar.ts'

const Named = z.object({ zh: z.string(), en: z.string() })

/** Where a case stands, by which clocks, and what the asker may do next. Nothing in it is personal. */
export const LoopState = z.object({
  status: IncidentStatus,
  /** Of the last step: what the next one has to name. */
  sequence: z.int(),
  /** 1 community, 2 sub-district, 3 professional body. */
  level: z.int().min(1).max(3),
  unit: z.string(),
  jointUnits: z.array(z.string()),
  clocks: z.array(
    z.object({
      node: z.enum(clockNodes),
      label: Named,
      startedAt: Instant,
      /** Counts a pause that lasts until now. */
      dueAt: Instant,
      isPaused: z.boolean(),
      state: z.enum(['1', '2', '3']).openapi({ description: '1 in time, 2 due soon, 3 overdue' }),
    }),
  ),
  next: z.array(
    z.object({
      action: StepAction,
      label: Named,
      /** Null: it returns to where it was. */
      to: IncidentStatus.nullable(),
      /** Members of the content that have to be given. */
      needs: z.array(z.string()),
      /** JSON Schema of what the step records besides actor, time and opinion. */
      content: z.record(z.string(), z.unknown()),
    }),
  ),
  log: z.array(
    z.object({
      sequence: z.int(),
      action: StepAction,
      label: Named,
      status: IncidentStatus,
      unit: z.string().nullable(),
      at: Instant,
      role: z.string(),
    }),
  ),
})
export type LoopState = z.output<typeof LoopState>

/**
 * Reads the loop of a case under the areas of who asks, as those read it who may write in it.
 *
 * @throws ProblemError `not_found`
 */
export async function getLoop(
  readFrom: ReadSource,
  actor: Actor,
  street: string,
  number: string,
  now: Date,
): Promise<LoopState> {
  const scope = { role: 'writer', areas: actor.scope.areas } as const
  const { loop, steps } = await readAs(readFrom, scope, (transaction) => readLoop(transaction, street, number))
  const instant = (time: number) => new Date(time).toISOString()
  const { status, sequence, level, unit, jointUnits } = loop
  return {
    status: status ?? '00',
    sequence,
    level,
    unit,
    jointUnits: [...jointUnits],
    clocks: clocksOf(loop, now.getTime(), calendar).map(({ node, startedAt, dueAt, isPaused, state }) => ({
      node,
      label: clockNodeLabels[node],
      startedAt: instant(startedAt),
      dueAt: instant(dueAt),
      isPaused,
      state,
    })),
    next: legalSteps(loop, { id: actor.id, role: actor.role }, now.getTime())
      .filter(({ action }) => !notOfOneCase.includes(action))
      .map(({ action, label, to, needs }) => ({
        action,
        label,
        to,
        needs: [...needs],
        content: z.toJSONSchema(stepContents[action], { io: 'input' }) as Record<string, unknown>,
      })),
    log: steps.map(({ sequence: own, action, toStatus, unit: responsible, at, actorRole }) => ({
      sequence: own,
      action,
      label: stepActionLabels[action],
      status: toStatus,
      unit: responsible,
      at: new Date(at).toISOString(),
      role: actorRole,
    })),
  }
}
