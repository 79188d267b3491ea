import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { rebuildLoop } from '@minqing/data/domain/incident-workflow/apply-step'
import type { IncidentLoop, WorkflowRole, WorkflowStep } from '@minqing/data/domain/incident-workflow/incident-loop'
import { stepContents, type StepAction, type StepContent } from '@minqing/data/domain/incident-workflow/step-actions'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Risk, Urgency } from '@minqing/data/domain/risk'
import type { Transaction } from '../store/connect.ts'

/** Steps that belong to two cases at once, or begin one: they are not taken of one case alone. */
export const notOfOneCase: readonly StepAction[] = [
  'import',
  'draft',
  'report',
  'merge',
  'unmerge',
  'absorb',
  'release',
  // With a row of its own for the name.
  'add_party',
]

type Row = { type: IncidentType; risk: Risk; urgency: Urgency; dueAt: string | null }
export type ReadLoop = { loop: IncidentLoop; steps: StepRow[] }
export type StepRow = {
  sequence: number
  action: StepAction
  actorId: string
  actorRole: WorkflowRole
  content: Record<string, unknown>
  toStatus: IncidentStatus
  /** Responsible after it; null as long as nobody is. */
  unit: string | null
  at: string
}

/**
 * How far an incident has come, as its steps say; its row stays locked until the transaction ends, so that of two who
 * take a step at once the second sees the first.
 *
 * @throws ProblemError `not_found`, also for what the actor may not see.
 */
export async function lockLoop(transaction: Transaction, street: string, number: string): Promise<IncidentLoop> {
  const { loop } = await readLoop(transaction, street, number, transaction`for update`)
  return loop
}

/**
 * The same for who has seen the case up to a step.
 *
 * @throws ProblemError `not_found`; `conflict` where somebody has taken another step since
 */
export async function lockAt(
  transaction: Transaction,
  street: string,
  number: string,
  sequence: number,
): Promise<IncidentLoop> {
  const loop = await lockLoop(transaction, street, number)
  if (loop.sequence === sequence) return loop
  throw new ProblemError(
    'conflict',
    {
      zh: `该事件已有新的办理记录（第 ${loop.sequence} 步）`,
      en: `The case has moved on: it is at step ${loop.sequence}`,
    },
    { parameter: 'sequence', remedy: { zh: '请刷新后再操作', en: 'Read it again before you act' } },
  )
}

/**
 * The same without a lock, with the steps that it is made of.
 *
 * @throws ProblemError `not_found`, also for what the actor may not see.
 */
export async function readLoop(
  transaction: Transaction,
  street: string,
  number: string,
  lock = transaction``,
): Promise<ReadLoop> {
  const [row] = await transaction<Row[]>`
    select type, risk, urgency, due_at from incident where street_code = ${street} and number = ${number} ${lock}`
  if (row === undefined) throw caseNotThere(street, number)
  const steps = await transaction<StepRow[]>`
    select sequence, action, actor_id, actor_role, content, to_status, unit, at from incident_step
    where street_code = ${street} and number = ${number} order by sequence`
  const loop = rebuildLoop(steps.map(toStep))
  // A later file may have changed the due time of a case that stayed where it was.
  const isOnlyGiven = steps.every(({ action }) => action === 'import')
  const given = isOnlyGiven && row.dueAt !== null ? { dueAt: Date.parse(row.dueAt), dueSetAt: loop.lastAt } : {}
  return { loop: { ...loop, type: row.type, risk: row.risk, urgency: row.urgency, ...given }, steps }
}

/**
 * The loop as it was known at an instant, from the log alone.
 *
 * @throws ProblemError `not_found` where there was no such case yet
 */
export async function readLoopAsOf(
  transaction: Transaction,
  street: string,
  number: string,
  asOf: Date,
): Promise<ReadLoop> {
  const steps = await transaction<StepRow[]>`
    select sequence, action, actor_id, actor_role, content, to_status, unit, at from incident_step
    where street_code = ${street} and number = ${number} and at <= ${asOf} order by sequence`
  if (steps.length === 0) throw caseNotThere(street, number)
  return { loop: rebuildLoop(steps.map(toStep)), steps }
}

/** Also for a case that the actor may not see. */
export function caseNotThere(street: string, number: string): ProblemError {
  return new ProblemError(
    'not_found',
    { zh: `街道 ${street} 没有编号为“${number}”的事件`, en: `Sub-district ${street} has no incident “${number}”` },
    { parameter: 'number', remedy: { zh: '请核对编号', en: 'Check the number' } },
  )
}

/** Where the case stands after an import is the step's status; its content has what else the file said. */
function toStep({ action, actorId, actorRole, content, toStatus, at }: StepRow): WorkflowStep {
  const recorded = action === 'import' ? { ...content, status: toStatus } : content
  return {
    ...contentOf(action, recorded),
    actor: { id: actorId, role: actorRole },
    at: Date.parse(at),
  }
}

/** What an action records, checked. The schema that an action names is the one of its content. */
export function contentOf(action: StepAction, recorded: unknown): StepContent {
  return { action, ...stepContents[action].parse(recorded) } as StepContent
}
