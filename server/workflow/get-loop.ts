import { z } from 'zod'
import { legalSteps } from '@minqing/data/domain/incident-workflow/apply-step'
import { clockNodeLabels, clocksOf } from '@minqing/data/domain/incident-workflow/clocks'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { type StepAction, stepActionLabels, stepContents } from '@minqing/data/domain/incident-workflow/step-actions'
import type { Actor } from '../access/actor.ts'
import { readTimeLimits } from '../clocks/read-limits.ts'
import { readAs, type ReadSource } from '../store/scope.ts'
import { notOfOneCase, readLoop, readLoopAsOf } from './read-loop.ts'

/** Steps with more than the case itself. */
const withOwnRequest: readonly StepAction[] = ['merge', 'unmerge', 'add_party']

/**
 * Reads the loop of a case under the areas of who asks, as those read it who may write in it; with `asOf` as it was known
 * then, with the time limits of then.
 *
 * @throws ProblemError `not_found`
 */
export async function getLoop(
  readFrom: ReadSource,
  actor: Actor,
  street: string,
  number: string,
  now: Date,
  asOf?: Date,
): Promise<LoopState> {
  const scope = { role: 'writer', areas: actor.scope.areas } as const
  const [{ loop, steps }, limits] = await readAs(readFrom, scope, (transaction) =>
    Promise.all([
      asOf === undefined ? readLoop(transaction, street, number) : readLoopAsOf(transaction, street, number, asOf),
      readTimeLimits(transaction, street, asOf),
    ]),
  )
  const at = (asOf ?? now).getTime()
  // What was is not changed.
  const legal = asOf === undefined ? legalSteps(loop, { id: actor.id, role: actor.role }, at) : []
  const instant = (time: number) => new Date(time).toISOString()
  const { status, sequence, level, unit, jointUnits } = loop
  return {
    status: status ?? '00',
    sequence,
    level,
    unit,
    jointUnits: [...jointUnits],
    clocks: clocksOf(loop, at, limits).map(({ node, startedAt, dueAt, isPaused, state }) => ({
      node,
      label: clockNodeLabels[node],
      startedAt: instant(startedAt),
      dueAt: instant(dueAt),
      isPaused,
      state,
    })),
    next: legal
      .filter(({ action }) => !notOfOneCase.includes(action))
      .map(({ action, label, to, needs }) => ({
        action,
        label,
        to,
        needs: [...needs],
        content: z.toJSONSchema(stepContents[action], { io: 'input' }) as Record<string, unknown>,
      })),
    also: legal.map(({ action }) => action).filter((action) => withOwnRequest.includes(action)),
    mergedInto: loop.mergedInto,
    duplicates: loop.absorbed.map((one) => one.number),
    decisions: loop.decisions.map(({ id, unit: own, dueAt, state }) => ({
      decision: id,
      unit: own,
      dueAt: instant(dueAt),
      state,
    })),
    seriousEvents: loop.seriousEvents.map((event) => ({ ...event, happenedAt: instant(event.happenedAt) })),
    agreements: loop.agreements.map(({ id, form, parties, duties }) => ({
      agreement: id,
      form,
      parties: [...parties],
      duties: duties.map(({ id: duty, party, dueAt, state }) => ({ duty, party, dueAt: instant(dueAt), state })),
    })),
    log: steps.map(({ sequence: own, action, toStatus, unit: responsible, at, actorRole, content }) => ({
      sequence: own,
      action,
      label: stepActionLabels[action],
      status: toStatus,
      unit: responsible,
      at: new Date(at).toISOString(),
      role: actorRole,
      content,
    })),
  }
}
